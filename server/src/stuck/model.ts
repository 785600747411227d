/** What the detector says, and what it is given. */
import type { Case } from '@minqing/shared/workflow';
import type { Calendars, Policies } from '../cases/index.ts';
import type { Clock } from '../clock.ts';
import type { Host } from '../hosts/index.ts';
import type { Log } from '../log.ts';
import type { Directory } from '../people/index.ts';
import type { Store, Tx } from '../store/index.ts';

/** What can be wrong with a case that stands still. */
export const STUCK_KINDS = {
  history: '经过',
  body: '内容',
  row: '列表',
  timers: '时限',
  nobody: '无人能办',
  cards: '卡片',
  lease: '发送',
} as const;
export type StuckKind = keyof typeof STUCK_KINDS;

export interface Finding {
  /** The case; the outbox row where there is none. */
  subject: string;
  caseId: string | null;
  areaId: string;
  kind: StuckKind;
  /** What is wrong, in words. */
  what: string;
  /** What would put it right, in words. */
  repair: string;
  /** False when only people can put it right. */
  fixable: boolean;
  /** Business time. */
  since: number;
}

export interface CheckDeps {
  store: Store;
  clock: Clock;
  directory: Directory;
  calendars: Calendars;
  policies: Policies;
  /** Host organisations this deployment speaks to. */
  hosts: { has(hostId: string): boolean };
}

export interface StuckDeps extends CheckDeps {
  log: Log;
  hosts: ReadonlyMap<string, Host>;
  /** Writes what other parts keep beside a case, once the case was written anew. */
  rewriteBeside(tx: Tx, c: Case): Promise<void>;
  /** Called after COMMIT: wakes the workers. */
  wake(): void;
}

import { chinaIso, type Clock } from './clock.ts';
import type { EventBus } from './events.ts';
import type { Kept } from './keeping.ts';

/** What one call named: enough to follow a card, a notice or a to-do through the log without its words. */
export interface LogRefs {
  outTrackId?: string;
  taskId?: string;
  sourceId?: string;
  /** SHA-256 of a work notice's message, hex: equal for equal messages. */
  digest?: string;
}

export interface LogEntry {
  seq: number;
  /** Business time, ISO 8601. */
  time: string;
  /** Machine time, epoch milliseconds. */
  machineTime: number;
  /** `in`: the app called the messenger. `out`: the messenger called the app. */
  direction: 'in' | 'out';
  /** What was done, in words. */
  operation: string;
  /** The same for programs: `card.update`; faults are aimed by it. */
  api: string;
  method: string;
  path: string;
  recipients: string[];
  personIds: string[];
  /** `ok`, `refused` (by a rule), `failed` (the other side), `lost` (no answer was delivered). */
  verdict: 'ok' | 'refused' | 'failed' | 'lost';
  status: number;
  code: string;
  /** The fault that struck, or empty. */
  fault: string;
  note: string;
  ms: number;
  refs: LogRefs;
}

export type NewLogEntry = Omit<LogEntry, 'seq' | 'time' | 'machineTime'>;

export interface Log extends Kept {
  add(entry: NewLogEntry): LogEntry;
  /** Entries with a higher number, oldest first, at most `limit`. */
  after(seq: number, limit: number): LogEntry[];
  reset(): void;
}

const KEPT = 100_000;
/** How many of them outlive the process. */
const KEPT_ON_DISK = 2000;

/** The last hundred thousand calls in both directions. Numbers go on over a reset, so a reader never sees one twice. */
export function createLog(clock: Clock, bus: EventBus): Log {
  let entries: LogEntry[] = [];
  let seq = 0;
  return {
    add(entry) {
      seq += 1;
      const full: LogEntry = { seq, time: chinaIso(clock.now()), machineTime: clock.machineNow(), ...entry };
      entries.push(full);
      if (entries.length > KEPT * 1.1) {
        entries = entries.slice(-KEPT);
      }
      bus.emit({ type: 'log', entry: full });
      return full;
    },
    after(last, limit) {
      const start = entries.findIndex((entry) => entry.seq > last);
      return start < 0 ? [] : entries.slice(start, start + limit);
    },
    reset() {
      entries = [];
    },
    dump: () => ({ entries: entries.slice(-KEPT_ON_DISK), seq }),
    load(state) {
      ({ entries, seq } = state as { entries: LogEntry[]; seq: number });
    },
  };
}

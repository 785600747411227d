/** The product without messenger, sockets and workers: cases are filed and moved through `perform` at a moment the test sets. */
import { readFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActionName, Actor, Case } from '@minqing/shared/workflow';
import type { Role } from '@minqing/shared/words';
import { createApp, type App } from '../../server/src/app.ts';
import { loadConfig } from '../../server/src/config.ts';
import { silentLog } from '../../server/src/log.ts';
import { createPhoneVault, importRoster } from '../../server/src/people/index.ts';
import { digestOf, uuidv7 } from '../../server/src/store/index.ts';
import { TestClock } from './people.ts';

const DEMO = new URL('../../scripts/demo/', import.meta.url);
const csv = (name: string): string => readFileSync(new URL(`${name}.csv`, DEMO), 'utf8');

export interface Office {
  app: App;
  clock: TestClock;
  /** The id of an area or unit by its name. */
  area(name: string): string;
  unit(name: string): string;
  /** The n-th holder of a role in a unit (or in an area, for inspectors and leaders). */
  holder(role: Role, at: string, nth?: number): Actor;
  /** Files a report a minute after the last; answers the case's id. */
  filed(author: Actor, content: Report): Promise<string>;
  did(actor: Actor, caseId: string, action: ActionName, input?: object): Promise<Case>;
  /** Orders events and lets everything that follows the ledger take them. */
  follow(): Promise<void>;
  close(): Promise<void>;
}

export interface Report {
  title: string;
  situation?: string;
  categoryId?: string;
  place?: { text: string; areaId: string | null; latitude?: number; longitude?: number };
  openness?: 'staff' | 'members' | 'public';
  anonymous?: boolean;
  /** Whoever receives it; by the place where it is left out. */
  committeeId?: string;
}

/** Opens the demo's province on an empty database. */
export async function openOffice(databaseUrl: string): Promise<Office> {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-office-'));
  const config = loadConfig({
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    FILES_DIR: join(folder, 'files'),
    MINIAPP_DIR: folder,
    WORKERS: 'off',
  });
  const clock = new TestClock();
  const app = await createApp({ config, log: silentLog, version: 'test', clock });
  const roster = await importRoster(
    { store: app.store, clock, vault: createPhoneVault(config.dataKey, config.indexKey) },
    { areas: csv('areas'), units: csv('units'), people: csv('roster') },
    { hostId: config.dingtalk.hostId, dryRun: false, complete: false },
  );
  if (roster.errors.length > 0) {
    throw new Error(`the demo roster has errors: ${JSON.stringify(roster.errors.slice(0, 3))}`);
  }
  await app.directory.refresh();
  const grants = await app.store.read((db) =>
    db.selectFrom('role_grant').selectAll().orderBy('person_id').execute(),
  );
  const found = <T>(what: string, value: T | undefined): T => {
    if (value === undefined) {
      throw new Error(`the demo has no ${what}`);
    }
    return value;
  };
  const area = (name: string): string => found(name, app.directory.areas().find((a) => a.name === name)?.id);
  const unit = (name: string): string => found(name, app.directory.units().find((u) => u.name === name)?.id);
  const act = (actor: Actor, caseId: string, action: ActionName, input: object) => {
    const key = uuidv7();
    return app.cases.perform(actor, caseId, action, input, {
      door: 'cli',
      principal: 'test',
      key,
      digest: digestOf({ key }),
    });
  };
  return {
    app,
    clock,
    area,
    unit,
    holder(role, at, nth = 0) {
      const byArea = role === 'inspector' || role === 'leader';
      const those = grants.filter((g) =>
        byArea ? g.role === role && g.area_id === area(at) : g.role === role && g.unit_id === unit(at),
      );
      const grant = found(`${role} at ${at}`, those[nth]);
      return {
        kind: 'person',
        personId: grant.person_id,
        grants: [{ role, unitId: grant.unit_id, areaId: grant.area_id }],
      };
    },
    async filed(author, { openness = 'staff', anonymous = false, ...content }) {
      clock.business += 60_000;
      const caseId = uuidv7();
      const place = content.place ?? { text: '迎宾大道', areaId: area('金东区') };
      await act(author, caseId, 'submit', {
        categoryId: 'other',
        ...content,
        situation: content.situation ?? content.title,
        place,
        disclosure: { anonymous, openness, phoneToUnit: false },
      });
      return caseId;
    },
    did: async (actor, caseId, action, input = {}) => (await act(actor, caseId, action, input)).case,
    async follow() {
      await app.sequencer.runOnce();
      for (const follower of app.followers) {
        await follower.runOnce();
      }
    },
    async close() {
      await app.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

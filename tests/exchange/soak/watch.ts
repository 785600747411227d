/** Where every case stands on both sides, read from the two databases a few times a second: nobody has to ask the servers. */
import { DatabaseSync } from 'node:sqlite';
import { number, openTables, text, type Tables } from '../../chaos/tables.ts';

const TICK_MS = 60;

export interface Look {
  /** Our state; null while the case is not known. */
  here: string | null;
  round: number;
  /** Its state in the platform's words. */
  there: string | null;
  /** An extension waits for the office there. */
  asksTime: boolean;
}

export interface Watch {
  /** As it stands a moment from now. */
  look(caseId: string): Promise<Look>;
  /** Lets go of both databases while one is exchanged. */
  without(work: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

const NOWHERE: Look = { here: null, round: 0, there: null, asksTime: false };

export function startWatch(databaseUrl: string, thereFile: string): Watch {
  let wanted = new Map<string, ((look: Look) => void)[]>();
  let ours: Tables | null = null;
  let busy = Promise.resolve();
  let failures = 0;

  async function tick(): Promise<void> {
    if (wanted.size === 0) {
      return;
    }
    const asked = wanted;
    wanted = new Map();
    const looks = new Map<string, Look>();
    const list = [...asked.keys()].map((id) => `'${id}'`).join(',');
    try {
      ours ??= await openTables(databaseUrl);
      for (const row of await ours.all(`SELECT id, state, round FROM cases WHERE id IN (${list})`)) {
        looks.set(text(row['id']), { ...NOWHERE, here: text(row['state']), round: number(row['round']) });
      }
      const theirs = new DatabaseSync(thereFile, { readOnly: true, timeout: 2_000 });
      try {
        for (const row of theirs
          .prepare(
            `SELECT case_id, state, json_extract(view, '$.extension') AS extension FROM matter WHERE case_id IN (${list})`,
          )
          .all()) {
          const id = text(row['case_id']);
          looks.set(id, {
            ...(looks.get(id) ?? NOWHERE),
            there: text(row['state']),
            asksTime: row['extension'] !== null,
          });
        }
      } finally {
        theirs.close();
      }
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures > 100) {
        throw error;
      }
      asked.forEach((resolvers, id) => wanted.set(id, [...resolvers, ...(wanted.get(id) ?? [])]));
      return;
    }
    asked.forEach((resolvers, id) => resolvers.forEach((resolve) => resolve(looks.get(id) ?? NOWHERE)));
  }

  let held = false;
  const timer = setInterval(() => {
    busy = busy.then(() => (held ? undefined : tick()));
  }, TICK_MS);

  async function letGo(): Promise<void> {
    held = true;
    await busy;
    await ours?.close();
    ours = null;
  }

  return {
    look: (caseId) =>
      new Promise((resolve) => {
        wanted.set(caseId, [...(wanted.get(caseId) ?? []), resolve]);
      }),
    async without(work) {
      await letGo();
      await work();
      held = false;
    },
    async close() {
      clearInterval(timer);
      await letGo();
    },
  };
}

/** Which generation of the figures is read. Another may be made beside it and then takes its place at once. */
import { ledgerPosition } from '../ledger/index.ts';
import { upsert, type Reader, type Tx } from '../store/index.ts';

/** Raised whenever the same case would count otherwise: at the next start everything is counted anew. */
export const RULES = 1;

const LIVE = 'statistics:live';
const BUILT_BY = 'statistics:rules';
const WANTED = 'statistics:rebuild';

/** The follower of a generation, as its position is called. */
export const followerName = (gen: number): string => `statistics:${gen}`;

async function numberIn(db: Reader, name: string): Promise<number | null> {
  const row = await db.selectFrom('setting').select('value_json').where('name', '=', name).executeTakeFirst();
  return row ? Number(JSON.parse(row.value_json)) : null;
}

const keep = (tx: Tx, name: string, value: number): Promise<void> =>
  upsert(tx, 'setting', { name, value_json: JSON.stringify(value) }, { key: ['name'] });

/** The generation that is read; 1 before any was made anew. */
export const liveGeneration = async (db: Reader): Promise<number> => (await numberIn(db, LIVE)) ?? 1;

/** Up to where the generation counts. */
export const countedUpTo = (db: Reader, gen: number): Promise<number> =>
  ledgerPosition(db, followerName(gen));

/** From now on this one is read; it was made by the rules of this build. */
export async function takeOver(tx: Tx, gen: number): Promise<void> {
  await keep(tx, LIVE, gen);
  await keep(tx, BUILT_BY, RULES);
}

/** Whether what is read was made by other rules, or somebody asked for it to be made anew. */
export async function isRebuildDue(db: Reader): Promise<boolean> {
  const [rules, wanted] = [await numberIn(db, BUILT_BY), await numberIn(db, WANTED)];
  return rules !== RULES || (wanted ?? 0) > 0;
}

/** Asks for everything to be counted anew: a calendar, a go-live date or the roll changed what lies behind. */
export const wantRebuild = async (tx: Tx): Promise<void> =>
  keep(tx, WANTED, ((await numberIn(tx, WANTED)) ?? 0) + 1);

/** How often it was asked for. */
export const rebuildsWanted = async (db: Reader): Promise<number> => (await numberIn(db, WANTED)) ?? 0;

/** Forgets the wish, unless there is a newer one. */
export async function rebuildDone(tx: Tx, wanted: number): Promise<void> {
  await tx
    .updateTable('setting')
    .set({ value_json: '0' })
    .where('name', '=', WANTED)
    .where('value_json', '=', JSON.stringify(wanted))
    .execute();
}

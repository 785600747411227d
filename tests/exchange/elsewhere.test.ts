/** What a connected platform handles: in nobody's own queue here, told by the platform's name to whoever works, counted as listed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  LateGroupPage,
  LateItemPage,
  LateSummary,
  QueuesView,
} from '../../shared/src/contract/index.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import type { Citizen } from '../support/town.ts';
import { connect, type Connected, type View } from './rig.ts';

const DAY = 24 * 3_600_000;
const PLATFORM = '三服务小管家（永康）';
const INSPECTOR = 'inspector:330700';

interface Row {
  id: string;
  next: string;
}

describe.each(STORES)('a case that is handled on the connected platform, on $name', (store) => {
  let database: TestDatabase;
  let both: Connected;
  let atUnit: string;
  let undispatched: string;
  let office: Citizen;
  let handler: Citizen;
  let inspector: Citizen;
  beforeAll(async () => {
    database = await store.create();
    both = await connect({ databaseUrl: database.databaseUrl });
    [office, handler, inspector] = await Promise.all([
      both.town.person('yongkang-dispatcher'),
      both.town.person('yongkang-gongan'),
      both.town.person('zheng-weiping'),
    ]);
    atUnit = await both.accepted();
    undispatched = await both.accepted({ title: '望春小学门口接送车辆占道' });
    await both.standsThere(atUnit, 'DJS');
    await both.clerk(atUnit, 'receive');
    await both.clerk(atUnit, 'dispatch', { lead: 'YK-GA', co: ['YK-ZF'], days: 3 });
    await both.standsHere(atUnit, 'dispatched');
  });
  afterAll(async () => {
    await both?.close();
    await database?.drop();
  });

  /** Every queue of a person's first desk but the member's: its count, and its rows. */
  async function deskOf(who: Citizen): Promise<Map<string, { count: number; rows: Row[] }>> {
    const { desks } = (await who.call('GET', '/queues')).body as unknown as QueuesView;
    const desk = desks.find((one) => one.role !== 'member')!;
    const found = new Map<string, { count: number; rows: Row[] }>();
    for (const { id, count } of desk.queues) {
      const { body } = await who.call('GET', `/cases?desk=${desk.id}&queue=${id}&limit=50`);
      found.set(id, { count, rows: (body as unknown as { items: Row[] }).items });
    }
    return found;
  }
  const idsIn = (desk: Map<string, { rows: Row[] }>, queue: string): string[] =>
    (desk.get(queue)?.rows ?? []).map((row) => row.id);

  it('stands with the office and the unit in a list of its own, and every count is its list', async () => {
    const [theirs, unit] = [await deskOf(office), await deskOf(handler)];
    for (const [queue, { count, rows }] of [...theirs, ...unit]) {
      expect([queue, count]).toEqual([queue, rows.length]);
    }
    expect(idsIn(theirs, 'elsewhere').toSorted()).toEqual([atUnit, undispatched].toSorted());
    expect(idsIn(unit, 'elsewhere')).toEqual([atUnit]);
    for (const queue of ['dispatch', 'redispatch', 'unsigned', 'handling', 'today', 'soon', 'late']) {
      expect([queue, idsIn(theirs, queue)]).toEqual([queue, []]);
    }
    for (const queue of ['sign', 'handling', 'soon', 'late', 'opinion', 'rework']) {
      expect([queue, idsIn(unit, queue)]).toEqual([queue, []]);
    }
    expect(
      theirs
        .get('elsewhere')
        ?.rows.map((row) => row.next)
        .toSorted(),
    ).toEqual([`由${PLATFORM}办理`, `等${PLATFORM}交办`]);
    const view = (await handler.call('GET', `/cases/${atUnit}`)).body as unknown as View;
    expect(view.headline.join('')).toBe(`由${PLATFORM}办理`);
    const acts = view.actions.map((one) => one.action);
    expect(acts.filter((one) => /^(sign|reply|opinion|transferBack|ask|progress)$/.test(one))).toEqual([]);
  });

  it('says nothing of a platform to the member', async () => {
    const list = await both.member.call('GET', '/cases?desk=member&queue=open');
    const view = await both.member.call('GET', `/cases/${atUnit}`);
    expect(JSON.stringify([list.body, view.body])).not.toMatch(/小管家|平台/);
  });

  it('is watched under the platform’s name once late; an urge goes there and to nobody here', async () => {
    await both.town.advance(6 * DAY);
    const get = async <T>(path: string): Promise<T> =>
      (await inspector.call('GET', path)).body as unknown as T;
    const group = await both.town.until('the groups name the platform', async () => {
      const { items } = await get<LateGroupPage>(`/late/groups?desk=${INSPECTOR}&by=unit`);
      return items.find((one) => one.name === PLATFORM);
    });
    expect(group).toMatchObject({ late: 2, unitMoves: 0, running: 2 });
    const { items } = await get<LateItemPage>(
      `/late/items?desk=${INSPECTOR}&by=unit&key=${encodeURIComponent(group.key)}`,
    );
    expect(items.map((one) => one.moveText).toSorted()).toEqual([`等${PLATFORM}交办`, `等${PLATFORM}签收`]);
    expect(items.map((one) => one.unit)).toEqual([false, false]);
    const summary = await get<LateSummary>(`/late?desk=${INSPECTOR}`);
    expect(summary.movers).toContainEqual({ id: 'platform', label: '对接平台', count: 2 });
    const handlers = summary.movers.find((one) => one.id === 'handler')?.count ?? 0;
    expect(handlers).toBe(0);

    const wish = { desk: INSPECTOR, caseIds: [atUnit], groups: [], by: 'unit', text: '请尽快签收' };
    const preview = (await inspector.call('POST', '/urges/preview', wish)).body as unknown as {
      sentence: string;
    };
    expect(preview.sentence).toContain(PLATFORM);
    expect((await inspector.call('POST', '/urges', wish)).status).toBe(200);
    await both.town.until('the urge is there', async () => {
      const { log } = await both.desk<{ log: { type: string }[] }>('GET', `/matters/${atUnit}`);
      return log.some((one) => one.type === 'case.urged');
    });
    const chat = await both.town.chat('yongkang-gongan');
    expect(chat.filter((one) => JSON.stringify(one).includes('催办'))).toEqual([]);
  });
});

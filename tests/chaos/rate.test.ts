import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  DEMO_AGENT_ID,
  DEMO_CLIENT_ID,
  DEMO_CLIENT_SECRET,
  type ChatItem,
  type LogEntry,
} from '../../scripts/messenger/src/index.ts';
import { queueRow } from '../../server/src/notices/queue.ts';
import { openStore, type Store } from '../../server/src/store/index.ts';
import { freePort } from '../support/mariadb.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { report, WHO } from '../support/town.ts';
import type { ServerProcess } from './server-process.ts';
import { openWorld, type World } from './world.ts';

/** What the platform takes in any second, of each call. The server is set to stay under it. */
const PLATFORM_RATE = 20;
const NOTICES = 500;
const clock = { machineNow: () => Date.now(), businessNow: () => Date.now(), onJump: () => () => undefined };

let database: TestDatabase;
let world: World;
let store: Store;
let servers: ServerProcess[] = [];
let accounts: { id: string; person_id: string; user_id: string }[] = [];
let member = '';

beforeAll(async () => {
  database = await STORES.find((each) => each.name === 'mariadb')!.create();
  world = await openWorld({
    databaseUrl: database.databaseUrl,
    messenger: { callsPerSecond: PLATFORM_RATE },
  });
  store = await openStore({ url: database.databaseUrl });
  accounts = await store.read((db) =>
    db
      .selectFrom('account')
      .select(['id', 'person_id', 'user_id'])
      .where('active', '=', 1)
      .orderBy('id')
      .execute(),
  );
  const port = await freePort();
  servers = [
    await world.start(),
    await world.start({ PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` }),
  ];
  member = await world.signOn(WHO.member);
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.kill()));
  await store?.close();
  await world?.close();
  await database?.drop();
});

const log = async (api: string, after = 0): Promise<LogEntry[]> =>
  (await world.control<{ items: LogEntry[] }>('GET', `/log?after=${after}&limit=10000`)).items.filter(
    (line) => line.api === api,
  );
const lastSeq = async (): Promise<number> =>
  (await world.control<{ items: LogEntry[] }>('GET', '/log?after=0&limit=10000')).items.at(-1)?.seq ?? 0;
const chat = async (personId: string): Promise<ChatItem[]> =>
  (await world.control<{ items: ChatItem[] }>('GET', `/people/${personId}/chat`)).items;

async function until<T>(what: string, probe: () => Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + 90_000;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) {
      return found;
    }
    if (Date.now() > end) {
      throw new Error(`waited in vain: ${what}`);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
}

/** A message with its own words; equal words are equal bytes. */
const message = (words: string): string =>
  JSON.stringify({
    msgtype: 'oa',
    oa: {
      message_url: 'https://example.cn/',
      head: { bgcolor: 'FF1F5FE0', text: '民情一点通' },
      body: { title: words },
    },
  });

/** Leaves notices in the outbox, all in one transaction, as one decision does. */
const queue = (notices: { to: (typeof accounts)[number]; words: string }[]): Promise<void> =>
  store.transact(async (tx) => {
    for (const { to, words } of notices) {
      await queueRow(
        tx,
        { clock },
        {
          kind: 'notice',
          notice: 'progressed',
          caseId: null,
          personId: to.person_id,
          accountId: to.id,
          hostId: 'dingtalk',
          cardId: null,
          payload: message(words),
        },
      );
    }
  });

const rowsLike = (words: string) =>
  store.read((db) => db.selectFrom('outbox').selectAll().where('payload', 'like', `%${words}%`).execute());
const allDone = async (words: string): Promise<boolean> => {
  const { left } = await store.read((db) =>
    db
      .selectFrom('outbox')
      .select((eb) => eb.fn.countAll<number>().as('left'))
      .where('payload', 'like', `%${words}%`)
      .where('status', '<>', 'done')
      .executeTakeFirstOrThrow(),
  );
  return Number(left) === 0;
};

async function submit(change: object = {}): Promise<string> {
  const caseId = randomUUID();
  const answer = await fetch(`${world.url}/api/cases/${caseId}/actions/submit`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${member}`,
      'idempotency-key': randomUUID(),
      'content-type': 'application/json',
    },
    body: JSON.stringify(report(change)),
  });
  expect(answer.status).toBe(200);
  return caseId;
}

/** The most calls that any second of the messenger's own clock has seen. */
function mostInASecond(lines: readonly LogEntry[]): number {
  const times = lines.map((line) => line.machineTime).toSorted((a, b) => a - b);
  return Math.max(0, ...times.map((at) => times.filter((other) => other >= at && other < at + 1_000).length));
}

const someone = (index: number): (typeof accounts)[number] => accounts[index % accounts.length]!;

describe('two servers on one database and one platform', () => {
  it(`send ${NOTICES} notices and never more a second than the platform takes`, async () => {
    await until(
      'both are connected',
      async () => (await world.control<{ connections: number }>('GET', '/stream')).connections === 2,
    );
    const since = await lastSeq();
    await queue(Array.from({ length: NOTICES }, (_, n) => ({ to: someone(n), words: `限速 ${n}` })));
    await until('all are sent', () => allDone('限速'));

    const sends = await log('notice.send', since);
    expect(
      sends.filter((line) => line.code !== '').map((line) => `${line.machineTime} ${line.code}`),
    ).toEqual([]);
    expect(sends).toHaveLength(NOTICES);
    expect(mostInASecond(sends)).toBeLessThanOrEqual(PLATFORM_RATE);
    const every = await world.control<{ items: LogEntry[] }>('GET', `/log?after=${since}&limit=10000`);
    expect(every.items.filter((line) => /QpsLimit|90006/.test(line.code))).toEqual([]);
    // What became of them is asked at leisure; the next tests need not wait for that.
    await store.transact((tx) => tx.updateTable('outbox').set({ checked: 1 }).execute());
  });

  it('send the same words to 100 people in one call', async () => {
    const since = await lastSeq();
    await queue(accounts.slice(0, 100).map((to) => ({ to, words: '一百人' })));
    await until('they are sent', () => allDone('一百人'));
    const sends = await log('notice.send', since);
    expect(sends).toHaveLength(1);
    expect(new Set(sends[0]?.personIds).size).toBe(100);
  });

  it('try again after the platform says too fast, later each time, and deliver once', async () => {
    const since = await lastSeq();
    await world.control('POST', '/faults', { kind: 'throttle', operations: ['notice.send'], count: 2 });
    await queue([{ to: someone(0), words: '稍后再来' }]);
    await until('it is sent', () => allDone('稍后再来'));
    const sends = await log('notice.send', since);
    expect(sends.map((line) => line.code)).toEqual(['90006', '90006', '']);
    const [first = 0, second = 0, third = 0] = sends.map((line) => line.machineTime);
    expect(second - first).toBeGreaterThanOrEqual(750);
    expect(third - second).toBeGreaterThan(1_000);
    const person = sends[2]?.personIds[0] ?? '';
    expect((await chat(person)).filter((item) => item.title === '稍后再来')).toHaveLength(1);
  });

  it('try a card again when the newer API says too fast', async () => {
    const since = await lastSeq();
    await world.control('POST', '/faults', {
      kind: 'throttle',
      operations: ['card.createAndDeliver'],
      count: 1,
    });
    await submit({ title: '卡片稍后再来' });
    const held = await until('the card is there', async () =>
      (await chat(WHO.reviewer)).find((item) => item.kind === 'card' && item.title === '卡片稍后再来'),
    );
    const lines = await log('card.createAndDeliver', since);
    expect(
      lines.filter((line) => line.code === 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi'),
    ).toHaveLength(1);
    expect((await chat(WHO.reviewer)).filter((item) => item.title === held.title)).toHaveLength(1);
  });

  it('show a card without the citizen’s words when the content review refuses them', async () => {
    await world.control('POST', '/faults', { kind: 'unsafeContent', words: ['臭水沟'] });
    const caseId = await submit({ title: '门口的臭水沟没人管' });
    const { number } = await store.read((db) =>
      db.selectFrom('cases').select('number').where('id', '=', caseId).executeTakeFirstOrThrow(),
    );
    const card = await until('the card is there', async () =>
      (await chat(WHO.reviewer)).find((item) => item.kind === 'card' && item.title === `民情 ${number}`),
    );
    expect(card.buttons.some((button) => button.actionId === 'accept' && button.enabled)).toBe(true);
    expect(JSON.stringify(await chat(WHO.reviewer))).not.toContain('臭水沟');
    await world.control('DELETE', '/faults');
  });
});

describe('a card the platform cannot deliver to somebody', () => {
  it('becomes a notice whose button opens the case', async () => {
    await Promise.all(servers.map((server) => server.kill()));
    await world.letLeasesLapse();
    servers = [await world.start({ DINGTALK_ROBOT_CODE: 'another-robot' })];
    const since = await lastSeq();
    const caseId = await submit({ title: '卡片送不到' });
    const notice = await until('the notice is there', async () =>
      (await chat(WHO.reviewer)).find(
        (item) => item.kind === 'actionCard' && item.text.includes('卡片送不到'),
      ),
    );
    expect(decodeURIComponent(decodeURIComponent(notice.buttons[0]?.url ?? ''))).toContain(`#/s/${caseId}`);
    expect(
      (await chat(WHO.reviewer)).filter((item) => item.kind === 'card' && item.title === '卡片送不到'),
    ).toEqual([]);
    const cards = await store.read((db) =>
      db.selectFrom('card').select('out_track_id').where('case_id', '=', caseId).execute(),
    );
    const mine = new Set(cards.map((card) => card.out_track_id));
    const tries = (await log('card.createAndDeliver', since)).filter((line) =>
      mine.has(line.refs.outTrackId ?? ''),
    );
    expect(tries.every((line) => line.note.includes('没有投放'))).toBe(true);
    const dead = await store.read((db) =>
      db
        .selectFrom('outbox')
        .select(['kind', 'status'])
        .where('case_id', '=', caseId)
        .where('kind', '=', 'card')
        .execute(),
    );
    expect(new Set(dead.map((row) => row.status))).toEqual(new Set(['dead']));
  });
});

describe('a notice that a quota refuses in silence', () => {
  it('becomes a dead letter with its reason', async () => {
    await useUpTheMinute();
    await queue([{ to: someone(1), words: '配额用完' }]);
    const dead = await until('it is a dead letter', async () =>
      (await rowsLike('配额用完')).find((row) => row.status === 'dead'),
    );
    // The platform had answered errcode 0 and given a task.
    expect(dead.task_id).not.toBeNull();
    expect(dead.last_error).toContain('143103');
    expect(await (await fetch(`${world.url}/metrics`)).text()).toMatch(/minqing_outbox_dead [1-9]/);
  });
});

/** Sends, as the application itself, to more people than the platform reaches for it in a minute. */
async function useUpTheMinute(): Promise<void> {
  const json = { 'content-type': 'application/json' };
  const signed = await fetch(`${world.messengerUrl}/v1.0/oauth2/accessToken`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ appKey: DEMO_CLIENT_ID, appSecret: DEMO_CLIENT_SECRET }),
  });
  const { accessToken } = (await signed.json()) as { accessToken: string };
  const people = accounts
    .slice(0, 100)
    .map((account) => account.user_id)
    .join(',');
  for (let sent = 0; sent < 50;) {
    const answer = await fetch(
      `${world.messengerUrl}/topapi/message/corpconversation/asyncsend_v2?access_token=${accessToken}`,
      {
        method: 'POST',
        headers: json,
        body: JSON.stringify({
          agent_id: DEMO_AGENT_ID,
          userid_list: people,
          msg: { msgtype: 'text', text: { content: `填满 ${sent}` } },
        }),
      },
    );
    const { errcode } = (await answer.json()) as { errcode: number };
    sent += errcode === 0 ? 1 : 0;
    expect([0, 90_006]).toContain(errcode);
  }
}

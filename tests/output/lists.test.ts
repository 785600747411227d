/** Every list of 管理 as a workbook: there is one beside each list, with the list's rows under the list's filters. */
import { randomUUID } from 'node:crypto';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  AdminToken,
  AreaItem,
  CalendarView,
  CategoriesAdmin,
  DispatchAdmin,
  exchangeChecks,
  exchangeCodes,
  exchangeLetters,
  ExchangeOverview,
  HostOriginsView,
  LinkItem,
  PersonItem,
  PhrasesAdmin,
  PolicyView,
  ReasonsAdmin,
  StatisticsSettings,
  StuckItem,
  SubstitutionView,
  SyncDetail,
  SyncOverview,
  TextItem,
  UnitItem,
  WebhookDelivery,
  WebhookView,
} from '@minqing/shared/contract';
import type { z } from 'zod';
import { callsOf, TABLES, type Call } from '../authorization/admin.calls.ts';
import { operationsOf, type Operation } from '../authorization/openapi.ts';
import type { Tx } from '../../server/src/store/index.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTale, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';
import { allConverted, fetched, unzipped, type Got } from './files.ts';

const AREA = '330700';
const CODE = 'SFW-JJ';

/** Lists that leave in no workbook, and why. */
const WITHOUT: Record<string, string> = {
  adminDepartments: 'what a field offers to choose from',
  adminUnit: 'one thing',
  adminPerson: 'one thing',
  getDelivery: 'one thing',
  getWebhookDelivery: 'one thing',
  impactOfStoppingUnit: 'what a change would do',
  impactOfLeaving: 'what a change would do',
  impactOfGrant: 'what a change would do',
  deliverySummary: 'the figures over a list that has one',
  ledgerCheck: 'one thing',
};

type Items<T> = { items: readonly T[] };
type Check = z.output<typeof exchangeChecks>;
type Codes = z.output<typeof exchangeCodes>;
type Letters = z.output<typeof exchangeLetters>;
const each =
  <T>(of: (item: T) => unknown) =>
  ({ items }: Items<T>): unknown[] =>
    items.map(of);
const many =
  <T>(of: (item: T) => unknown[]) =>
  ({ items }: Items<T>): unknown[] =>
    items.flatMap(of);

/** What stands in the first column, by hand from what the list answers. */
const FIRST: Record<string, (answer: never) => unknown[]> = {
  adminAreas: each((area: AreaItem) => area.id),
  adminUnits: each((unit: UnitItem) => unit.name),
  adminPeople: each((person: PersonItem) => person.name),
  adminSubstitutions: each((one: SubstitutionView) => one.person.name),
  links: many((link: LinkItem) => link.sides.map(() => link.atText)),
  contactRuns: ({ runs }: SyncOverview) => runs.map((run) => run.atText),
  contactRun: ({ groups }: SyncDetail) => groups.flatMap(({ label, items }) => items.map(() => label)),
  adminCalendar: ({ months }: CalendarView) => months.flatMap(({ days }) => days.map((day) => day.date)),
  adminPolicies: ({ rows }: PolicyView) => rows.map((row) => row.label),
  adminCategories: ({ items }: CategoriesAdmin) => items.map((one) => one.name),
  adminReasons: ({ items }: ReasonsAdmin) => items.flatMap((one) => one.reasons.map(() => one.label)),
  adminPhrases: ({ items }: PhrasesAdmin) => items.map((one) => one.unit?.name ?? '所有单位'),
  adminDispatchEntries: ({ items }: DispatchAdmin) => items.map((one) => one.category),
  adminTexts: many((one: TextItem) => one.fields.map(() => one.name)),
  statisticsSettings: ({ liveFrom }: StatisticsSettings) => [liveFrom ?? '不限'],
  exchangeOverview: ({ partners }: ExchangeOverview) => partners.map((one) => one.name),
  exchangeLetters: ({ items }: Letters) => items.map((letter) => letter.atText),
  exchangeCodes: ({ items }: Codes) => items.map(({ code }) => code),
  exchangeChecks: ({ items }: Check) => items.map((check) => check.atText),
  hostOrigins: many((host: HostOriginsView) => host.origins.map(() => host.vendorLabel)),
  listStuck: each((item: StuckItem) => item.number),
  adminTokens: each((token: AdminToken) => token.person.name),
  listWebhooks: each((hook: WebhookView) => hook.name),
  listWebhookDeliveries: each((one: WebhookDelivery) => one.seq),
};

describe.each(STORES.slice(0, 1))('the lists of 管理 as workbooks, on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  let operations: Operation[];
  let calls: Record<string, Call>;
  let partnerId = '';
  const books = new Map<string, Got>();

  beforeAll(async () => {
    database = await store.create();
    town = await openTown({ databaseUrl: database.databaseUrl, workers: false });
    tale = await openTale(town);
    operations = await operationsOf(town, /^\/api\/(admin|audit|deliveries)(\/|$)/);
    calls = await callsOf(tale);
    const admin = await tale.as('admin');
    const body = { name: '三服务小管家', baseUrl: 'https://sfw.example.cn', suite: 'hmac-sha256' };
    const added = await admin.call('POST', '/admin/exchange/partners', body);
    partnerId = (added.body as unknown as { partners: { id: string }[] }).partners[0]?.id ?? '';
    await admin.call('PUT', '/admin/exchange/codes', {
      partnerId,
      kind: 'unit',
      code: CODE,
      name: '交警支队',
      ours: tale.units.police,
    });
    await admin.call('POST', '/substitutions', {
      personId: await tale.personId('handler'),
      substituteId: await tale.personId('handler2'),
      fromDate: '2026-07-06',
      toDate: '2026-07-08',
    });
    const setting = { areaId: AREA, seen: null };
    await admin.call('PUT', `/admin/phrases/${randomUUID()}`, { ...setting, value: { text: '-感谢关心' } });
    await admin.call('PUT', `/admin/dispatch-entries/${randomUUID()}`, {
      ...setting,
      value: { categoryId: 'city', unitId: tale.units.works, basis: '三定方案' },
    });
    await admin.call('PUT', `/admin/origins/${calls['changeHostOrigins']?.values?.['hostId']}`, {
      origins: ['https://front.example.cn'],
      version: 0,
    });
    const caseId = await tale.filed();
    await town.app.store.transact((tx) => filled(tx, caseId));
  }, 120_000);
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  /** More people than a page of the list holds, and what only happens when something went wrong. */
  async function filled(tx: Tx, caseId: string): Promise<void> {
    const at = town.app.clock.businessNow();
    const blank = {
      title: '',
      active: 1 as const,
      settings_json: '{}',
      phone_cipher: null,
      phone_index: null,
    };
    const people = Array.from({ length: 60 }, (_, i) => ({
      id: randomUUID(),
      name: `=新人${i}`,
      ...blank,
      created_at: at,
    }));
    await tx.insertInto('person').values(people).execute();
    const fault = { case_id: null, area_id: AREA, repair: '补发卡片', fixable: 1 as const, told_at: null };
    await tx
      .insertInto('stuck')
      .values({ subject: randomUUID(), kind: 'cards', what: '+没有卡片', since: at, found_at: at, ...fault })
      .execute();
    await tx
      .insertInto('exchange_out')
      .values({
        partner_id: partnerId,
        case_id: caseId,
        seq: 1,
        type: 'case.handed',
        body_json: '{}',
        status: 'dead',
        attempts: 9,
        next_at: 0,
        error_code: 'schema',
        error_text: '@对方不认',
        created_at: at,
        sent_at: 0,
        id: randomUUID(),
      })
      .execute();
    const findings = JSON.stringify([]);
    const counts = { days: 7, cases: 3, differing: 0, repaired: 0, error: '', findings_json: findings };
    await tx
      .insertInto('exchange_check')
      .values({ id: randomUUID(), partner_id: partnerId, at, ...counts })
      .execute();
  }

  const queryOf = (id: string): Record<string, string> => ({
    ...(id.startsWith('exchange') ? { partnerId, kind: 'unit' } : {}),
    ...(id === 'exchangeOverview' ? {} : calls[id]?.values),
  });
  const pathOf = (
    path: string,
    values: Record<string, string>,
    more: Record<string, string> = {},
  ): string => {
    const rest = { ...values };
    const filled = path.replace(/^\/api/, '').replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
      const value = rest[name] ?? '';
      delete rest[name];
      return value;
    });
    return `${filled}?${new URLSearchParams({ ...rest, ...more }).toString()}`;
  };
  const operation = (id: string): Operation => operations.find((one) => one.id === id) as Operation;
  const read = async (path: string): Promise<never> =>
    (await (await tale.as('admin')).call('GET', path)).body as never;
  /** The list to its end, as a screen pages through it. */
  async function listed(id: string, filter: Record<string, string> = {}): Promise<unknown[]> {
    const rows: unknown[] = [];
    const first = FIRST[id] ?? (() => []);
    for (let after: Record<string, string> = {}; ;) {
      const answer = await read(pathOf(operation(id).path, { ...queryOf(id), ...filter }, after));
      rows.push(...first(answer));
      const next = (answer as { after?: string | null }).after;
      if (!next) {
        return rows;
      }
      after = { after: next };
    }
  }
  async function taken(id: string, filter: Record<string, string> = {}): Promise<Got> {
    const path = pathOf(`${operation(id).path}/table`, { ...queryOf(id), ...filter });
    return fetched(town, await tale.as('admin'), path);
  }
  const column = async ({ bytes }: Got): Promise<unknown[]> =>
    ((await readXlsxFile(bytes))[0]?.data ?? []).slice(1).map((row) => row[0]);
  /** As a cell holds it. */
  const kept = (value: unknown): unknown =>
    value === '' ? null : typeof value === 'string' && value.startsWith('=') ? `'${value}` : value;

  it('beside every list stands its workbook', () => {
    const paths = new Set(operations.map((one) => one.path));
    const lists = operations.filter((one) => one.method === 'GET' && one.lists);
    expect(lists.length).toBeGreaterThan(25);
    const missing = lists.filter(({ id, path }) => !WITHOUT[id] && !paths.has(`${path}/table`));
    expect(missing.map(({ id }) => id)).toEqual([]);
    expect(Object.keys(FIRST).toSorted()).toEqual([...TABLES].toSorted());
  });

  it.each(Object.keys(FIRST))('%s: the rows of the list, and who took it is recorded', async (id) => {
    const got = await taken(id);
    expect([got.status, got.type]).toEqual([200, expect.stringContaining('spreadsheetml.sheet')]);
    books.set(id, got);
    const rows = await listed(id);
    expect(await column(got)).toEqual(rows.map(kept));
    const [last] = await town.app.store.read((db) =>
      db
        .selectFrom('audit')
        .select(['person_id', 'data_json'])
        .where('kind', '=', 'list.exported')
        .orderBy('id', 'desc')
        .limit(1)
        .execute(),
    );
    expect(last?.person_id).toBe(await tale.personId('admin'));
    expect(got.name).toContain((JSON.parse(last?.data_json ?? '{}') as { list: string }).list);
  });

  it('what was made for it stands in each of them', async () => {
    const empty = [];
    for (const [id, got] of books) {
      if ((await column(got)).length === 0) {
        empty.push(id);
      }
    }
    // The contacts are as they were when the town opened.
    expect(empty).toEqual(['contactRun']);
  });

  it.each<[string, Record<string, string>]>([
    ['adminPeople', { q: '=新人1' }],
    ['adminPeople', { role: 'dispatcher' }],
    ['adminPeople', { state: 'left' }],
    ['adminUnits', { state: 'lacking' }],
    ['adminUnits', { areaId: AREA, type: 'committee' }],
    ['adminSubstitutions', { state: 'over' }],
    ['links', { state: 'decided' }],
    ['adminTokens', { state: 'over' }],
    ['adminCalendar', { areaId: AREA, year: '2025' }],
    ['exchangeCodes', { kind: 'category' }],
  ])('%s under %j is the same list', async (id, filter) => {
    const rows = await listed(id, filter);
    expect(await column(await taken(id, filter))).toEqual(rows.map(kept));
    expect(rows).not.toEqual(await listed(id));
  });

  it('no secret leaves: of tokens, webhooks and platforms only what their lists tell', async () => {
    const secrets = await town.app.store.read(async (db) => {
      const tokens = await db.selectFrom('access_token').select('secret_hash as secret').execute();
      const hooks = await db.selectFrom('webhook').select('secret_cipher as secret').execute();
      return [...tokens, ...hooks].map(({ secret }) => secret);
    });
    expect(secrets.length).toBeGreaterThan(1);
    for (const [id, { bytes }] of books) {
      const text = [...unzipped(bytes).values()].map(String).join();
      expect([id, secrets.filter((secret) => text.includes(secret))]).toEqual([id, []]);
    }
  });

  it('LibreOffice opens every one of them without a word and finds the same heads', async () => {
    const { files, said } = allConverted(
      [...books].map(([id, { bytes }]) => [id, bytes]),
      'xlsx',
      'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1',
    );
    expect(said).toBe('');
    for (const [id, { bytes }] of books) {
      const [head] = (await readXlsxFile(bytes))[0]?.data ?? [];
      expect(files.get(id)?.toString('utf8').split('\n')[0], id).toBe(head?.join(','));
    }
  }, 120_000);
});

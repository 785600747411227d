/** What the endpoints of 管理 are asked about: a city's own things, and for each endpoint input that concerns them. */
import { proposeByPhone } from '../../server/src/people/links/propose.ts';
import { uuidv7 } from '../../server/src/store/index.ts';
import type { Tale } from '../support/tale.ts';

const CITY = '330700';
const COUNTY = '330702';
const OTHER_COUNTY = '330703';
const SHEET = '单位名称,简称,类型,地区\n金华市水务局,水务局,部门,金华市\n';

/**
 * The other area's administrator: refused; answered without anything of this area; or told the line by which somebody is
 * found wherever they are when their phone number is known, and nothing of their roles.
 */
export type Outsider = 'refused' | 'nothing' | 'line';
export interface Call {
  outsider: Outsider;
  /** Of the path and the query. */
  values?: Record<string, string>;
  /** JSON, or the bytes of a file. */
  body?: object | string;
}

/** Lists that leave as workbooks too: asked with what the list is asked with. */
export const TABLES = [
  'adminAreas',
  'adminUnits',
  'adminPeople',
  'adminSubstitutions',
  'links',
  'contactRuns',
  'contactRun',
  'adminCalendar',
  'adminPolicies',
  'adminCategories',
  'adminReasons',
  'adminPhrases',
  'adminDispatchEntries',
  'adminTexts',
  'statisticsSettings',
  'exchangeOverview',
  'exchangeLetters',
  'exchangeCodes',
  'exchangeChecks',
  'hostOrigins',
  'listStuck',
  'adminTokens',
  'listWebhooks',
  'listWebhookDeliveries',
] as const;

/** The city's own things, and for every endpoint input that concerns them. */
export async function callsOf(tale: Tale): Promise<Record<string, Call>> {
  const admin = await tale.as('admin');
  const city = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await admin.call(method, path, body);
    if (answer.status !== 200) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body as unknown as T;
  };
  await city('POST', '/admin/grants', {
    personId: await tale.personId('countyReviewer'),
    role: 'admin',
    areaId: COUNTY,
    fromDate: '2026-07-06',
  });
  await tale.atPolice();
  const personId = await tale.personId('handler');
  const memberId = await tale.personId('member');
  const person = await city<{ grants: { id: string; role: string }[] }>('GET', `/admin/people/${personId}`);
  const member = await city<{ memberships: { id: string }[] }>('GET', `/admin/people/${memberId}`);
  const [host] = (await city<{ hosts: { id: string }[] }>('GET', '/admin/contacts')).hosts;
  const run = await city<{ id: string }>('POST', '/admin/contacts/runs', { hostId: host?.id });
  const listed = await city<{ items: { id: string }[] }>('GET', '/deliveries');
  const areaId = CITY;
  const seen = null;
  const save = (path: string, value: object): Promise<unknown> =>
    city('PUT', `/admin/${path}`, { areaId, seen, value });
  await save('reasons/return', { reasons: ['请补充具体地点'] });
  const reasons = await city<{ items: { id: string; seen: string | null }[]; changes: { id: string }[] }>(
    'GET',
    `/admin/reasons?areaId=${CITY}`,
  );
  const figures = await city<{ seen: string; points: { points: object }[] }>(
    'GET',
    `/admin/statistics?areaId=${CITY}`,
  );
  const draft = await city<{ draft: { id: string; revision: number } }>('PUT', '/admin/policies/draft', {
    areaId,
    revision: 0,
    document: { rows: [], rules: { dispatcherCheck: null, headApproval: null, visitPercent: 10 } },
  });
  const texts = await city<{ items: { id: string; fields: { key: string; words: string }[] }[] }>(
    'GET',
    `/admin/texts?areaId=${CITY}`,
  );
  const text = texts.items[0];
  const words = Object.fromEntries((text?.fields ?? []).map((field) => [field.key, field.words]));
  const category = (await city<{ items: { id: string }[] }>('GET', `/admin/categories?areaId=${CITY}`))
    .items[0]?.id as string;

  const hook = {
    name: '市大数据局',
    url: 'https://hooks.example.cn/in',
    events: ['accept'],
    level: 'outline',
    basis: '',
  };
  const added = await city<{ webhook: { id: string; version: number } }>('POST', '/admin/webhooks', {
    areaId,
    ...hook,
  });
  const webhookId = added.webhook.id;
  await city('POST', `/admin/webhooks/${webhookId}/test`, {});
  const sent = await city<{ items: { id: string }[] }>('GET', `/admin/webhooks/${webhookId}/deliveries`);
  const messageId = sent.items[0]?.id ?? '';
  const wish = { name: '看板', scopes: ['cases:read'], days: 7 };
  const token = await (await tale.as('handler')).call('POST', '/tokens', wish);
  const tokenId = (token.body as unknown as { token: { id: string } }).token.id;

  const unitId = tale.units.police;
  // Contacts bring names and titles of whom they know; this one they do not know.
  const fresh = await city<{ id: string }>('POST', '/admin/people', { name: '金小英', userId: 'jin-1' });
  const role = { role: 'handler', unitId, fromDate: '2026-07-06' };
  await city('POST', '/admin/grants', { personId: fresh.id, ...role });
  const linkId = await proposedLink(tale, fresh.id);
  const grantId = person.grants.find((one) => one.role === 'handler')?.id ?? '';
  const deliveryId = listed.items[0]?.id ?? '';
  const unit = { name: '金华市水务局', shortName: '水务局', type: 'department', areaId };
  const change = { kind: 'day', date: '2026-08-03', to: 'off', reason: '停电' };
  const policy = { rows: [], rules: { dispatcherCheck: null, headApproval: null, visitPercent: 20 } };
  const refused = (values: Record<string, string>, body?: object): Call => ({
    outsider: 'refused',
    values,
    ...(body ? { body } : {}),
  });
  const nothing = (values: Record<string, string> = {}, body?: object | string): Call => ({
    outsider: 'nothing',
    values,
    ...(body ? { body } : {}),
  });
  const setting = (itemId: string, value: object): Call => refused({ itemId }, { areaId, seen, value });
  const cleared = (itemId: string, was = 'x'): Call => refused({ itemId, areaId, seen: was });
  const lines: Record<string, Call> = {
    adminAreas: nothing(),
    addArea: refused({}, { code: '330798', name: '金华新区', tier: 'county', parentId: CITY, prefix: 'XQ' }),
    changeArea: refused({ areaId: OTHER_COUNTY }, { name: '金东区', prefix: 'JD' }),
    removeArea: refused({ areaId: OTHER_COUNTY }),
    adminUnits: nothing(),
    addUnit: refused({}, unit),
    adminUnit: refused({ unitId }),
    changeUnit: refused({ unitId }, { ...unit, name: '金华市公安局交警支队', headApproval: 'yes' }),
    impactOfStoppingUnit: refused({ unitId }),
    stopUnit: refused({ unitId }, { seen: 0 }),
    resumeUnit: refused({ unitId }, {}),
    adminDepartments: nothing({ q: '婺城' }),
    linkDepartment: refused({}, { hostId: host?.id, departmentId: '1', unitId }),
    adminPeople: nothing(),
    adminPerson: { outsider: 'line', values: { personId } },
    addPerson: nothing({}, { name: '徐海燕', userId: 'new-1' }),
    changePerson: refused({ personId: fresh.id }, { name: '金小英', title: '民警', phone: '' }),
    impactOfLeaving: nothing({ personId }),
    endAllGrants: refused({ personId }, { seen: 0 }),
    changeMembership: refused({ membershipId: member.memberships[0]?.id ?? '' }, { sector: '教育' }),
    giveGrant: refused({}, { personId: memberId, ...role }),
    impactOfGrant: refused({ grantId }),
    endGrant: refused({ grantId }, { seen: 0 }),
    links: nothing(),
    confirmLink: refused({ linkId }, {}),
    refuseLink: refused({ linkId }, {}),
    undoLink: refused({ linkId }, {}),
    adminSubstitutions: nothing(),
    contactRuns: refused({}),
    hostOrigins: refused({}),
    changeHostOrigins: refused({ hostId: host?.id ?? '' }, { origins: [], version: 0 }),
    readContacts: refused({}, { hostId: host?.id }),
    contactRun: refused({ runId: run.id }),
    applyContacts: refused({ runId: run.id }, {}),
    importTemplate: nothing({ template: 'units.csv' }),
    checkImport: nothing({}, SHEET),
    applyImport: { outsider: 'refused', values: { plan: 'x' }, body: SHEET },
    adminCalendar: refused({ areaId }),
    previewCalendarChange: refused({}, { areaId, change }),
    changeCalendar: refused({}, { areaId, change }),
    statisticsSettings: refused({ areaId }),
    saveStatisticsSettings: refused(
      {},
      { areaId, seen: figures.seen, liveFrom: null, leastRanked: 20, points: null, monthly: null },
    ),
    previewPoints: refused({}, { areaId, rules: { points: figures.points[0]?.points, yearlyCap: 50 } }),
    adminPolicies: refused({ areaId }),
    savePolicyDraft: refused({}, { areaId, revision: draft.draft.revision, document: policy }),
    discardPolicyDraft: refused({ areaId, revision: String(draft.draft.revision) }),
    publishPolicy: refused({}, { areaId, versionId: draft.draft.id, revision: draft.draft.revision }),
    adminCategories: refused({ areaId }),
    categoryUses: refused({ areaId, itemId: category }),
    adminTexts: refused({ areaId }),
    previewText: refused({ itemId: text?.id ?? '' }, { areaId, words }),
    adminReasons: refused({ areaId }),
    adminPhrases: refused({ areaId }),
    adminDispatchEntries: refused({ areaId }),
    saveCategory: setting(category, { name: '交通', questions: [], notice: null, active: true }),
    clearCategory: cleared(category),
    saveCategoryOrder: setting('order', { ids: [category] }),
    clearCategoryOrder: cleared('order'),
    saveReasons: setting('transferBack', { reasons: ['不归本单位'] }),
    clearReasons: cleared('return', reasons.items.find((one) => one.id === 'return')?.seen ?? ''),
    savePhrase: setting(uuidv7(), { text: '感谢您的关心。' }),
    clearPhrase: cleared(uuidv7()),
    saveDispatch: setting(uuidv7(), { categoryId: category, unitId, basis: '三定方案' }),
    clearDispatch: cleared(uuidv7()),
    saveText: setting(text?.id ?? '', { words }),
    clearText: cleared(text?.id ?? ''),
    undoCatalogueChange: refused({ changeId: reasons.changes[0]?.id ?? '' }, {}),
    listDeliveries: nothing(),
    deliverySummary: nothing(),
    getDelivery: refused({ deliveryId }),
    resendDeliveries: refused({}, { ids: [deliveryId] }),
    redirectDelivery: refused({ deliveryId }, { to: 'head' }),
    recordDeliveryCall: refused(
      { deliveryId },
      { spokeTo: '值班员', at: new Date(tale.town.app.clock.businessNow()).toISOString() },
    ),
    adminTokens: nothing(),
    adminRevokeToken: refused({ tokenId }, { reason: '离岗' }),
    listWebhooks: nothing(),
    addWebhook: refused({}, { areaId, ...hook }),
    changeWebhook: refused({ webhookId }, { seen: added.webhook.version, ...hook }),
    switchWebhook: refused({ webhookId }, { active: true }),
    renewWebhookSecret: refused({ webhookId }, {}),
    testWebhook: refused({ webhookId }, {}),
    replayWebhook: refused({ webhookId }, { fromSeq: 1, toSeq: 1 }),
    listWebhookDeliveries: refused({ webhookId }),
    getWebhookDelivery: refused({ webhookId, deliveryId: messageId }),
    resendWebhookDelivery: refused({ webhookId, deliveryId: messageId }, {}),
    removeWebhook: refused({ webhookId }),
    listStuck: nothing(),
    adminAttention: nothing(),
    checkStuck: nothing({}, {}),
    repairStuck: nothing({}, {}),
    listAudit: nothing(),
    auditTable: nothing(),
    ledgerCheck: nothing(),
    checkLedger: nothing({}, {}),
  };
  for (const id of TABLES) {
    const line = lines[id];
    if (line) {
      lines[`${id}Table`] = line;
    }
  }
  return lines;
}

/** Somebody of the city who may be the same person in another organisation. */
async function proposedLink(tale: Tale, personId: string): Promise<string> {
  const { store, clock } = tale.town.app;
  const number = { phone_cipher: null, phone_index: 'the-same-number' };
  const twin = { id: uuidv7(), name: '金小英', title: '', active: 1 as const, settings_json: '{}' };
  return store.transact(async (tx) => {
    await tx.updateTable('person').set(number).where('id', '=', personId).execute();
    await tx
      .insertInto('person')
      .values({ ...twin, ...number, created_at: clock.businessNow() })
      .execute();
    await tx
      .insertInto('account')
      .values({
        id: uuidv7(),
        host_id: 'zhezhengding',
        user_id: 'GE_jin',
        union_id: '79000001',
        person_id: twin.id,
        active: 1,
        last_seen_at: null,
        synced_at: 0,
      })
      .execute();
    await proposeByPhone(tx, twin.id, number.phone_index, clock.businessNow());
    const link = await tx.selectFrom('person_link').select('id').executeTakeFirstOrThrow();
    return link.id;
  });
}

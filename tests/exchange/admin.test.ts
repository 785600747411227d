/** 平台对接 as an administrator sets it up: platforms, codes with what waits for them, switching off; and who may not. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CodeReplayed,
  ExchangeCodes,
  ExchangeLetter,
  ExchangeOverview,
} from '../../shared/src/contract/index.ts';
import { COUNTY, connect, type Connected, type View } from './rig.ts';

let both: Connected;
beforeAll(async () => {
  both = await connect();
});
afterAll(() => both?.close());

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
async function ask<T>(method: Method, path: string, body?: object): Promise<T> {
  const answer = await both.admin.call(method, `/admin/exchange${path}`, body);
  expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
  return answer.body as unknown as T;
}
const refused = async (method: Method, path: string, body?: object) => {
  const { status, body: told } = await both.admin.call(method, `/admin/exchange${path}`, body);
  return { status, title: told['title'], errors: told['errors'] };
};
const overview = (): Promise<ExchangeOverview> => ask('GET', '');
const codes = (kind = 'unit'): Promise<ExchangeCodes> =>
  ask('GET', `/codes?partnerId=${both.partnerId}&kind=${kind}`);
const codeRef = (code: string, more: object = {}) => ({
  partnerId: both.partnerId,
  kind: 'unit',
  code,
  ...more,
});
const platform = (change: object = {}) => ({
  name: `平台 ${randomUUID().slice(0, 8)}`,
  baseUrl: 'http://127.0.0.1:9/sfw/v1',
  suite: 'hmac-sha256',
  allow: [],
  sharePhone: false,
  sealHistory: true,
  active: true,
  ...change,
});

describe('codes', () => {
  it('stand with those first that hold messages back, and let them go on from their place once matched', async () => {
    const caseId = await both.accepted();
    await both.standsThere(caseId, 'DJS');
    const before = await codes();
    expect(before.items.every((one) => one.ours !== '' && one.waiting === 0)).toBe(true);
    await both.clerk(caseId, 'receive');
    await both.clerk(caseId, 'dispatch', { lead: 'YK-XX', days: 3 });
    await both.clerk(caseId, 'sign');
    await both.clerk(caseId, 'progress', { text: '看过现场' });
    const waiting = await both.town.until('three messages wait for one code', async () => {
      const found = (await codes()).items[0];
      return found?.waiting === 3 ? found : null;
    });
    expect(waiting).toEqual({ code: 'YK-XX', name: '', ours: '', oursName: '', waiting: 3 });
    const { items } = await ask<{ items: ExchangeLetter[] }>('GET', `/letters?partnerId=${both.partnerId}`);
    expect(items).toMatchObject([{ what: '交办', behind: 2, missing: { kind: 'unit', code: 'YK-XX' } }]);

    expect(
      await refused('DELETE', `/codes?${new URLSearchParams(codeRef('YK-XX')).toString()}`),
    ).toMatchObject({
      status: 409,
      title: '有 3 条消息在等这个代码，请先对应好',
    });
    const early = await ask<CodeReplayed>('POST', '/codes/replay', codeRef('YK-XX'));
    expect(early).toMatchObject({ done: 0, left: 1 });
    const ours = before.candidates.find((one) => one.name === '永康市公安局')?.id;
    const bad = await refused('PUT', '/codes', codeRef('YK-XX', { name: '', ours: 'nobody' }));
    expect(bad).toMatchObject({ status: 400, errors: [{ path: 'ours', message: '请从名单里选单位' }] });
    await ask('PUT', '/codes', codeRef('YK-XX', { name: '公安局（旧）', ours }));
    const outcome = await ask<CodeReplayed>('POST', '/codes/replay', codeRef('YK-XX'));
    expect(outcome).toEqual({ done: 1, left: 0, sentence: '1 件民情的消息已接着处理' });
    const view = await both.standsHere(caseId, 'handling');
    expect(view.timeline.map((one) => one.action).slice(0, 3)).toEqual(['progress', 'sign', 'dispatch']);
    expect((await codes()).items.find((one) => one.code === 'YK-XX')).toMatchObject({
      name: '公安局（旧）',
      oursName: '永康市公安局',
      waiting: 0,
    });
  });

  it('that are written wrong are forgotten, and what they were is in the audit', async () => {
    await ask('PUT', '/codes', codeRef('WRONG', { name: '写错的', ours: '' }));
    const query = new URLSearchParams(codeRef('WRONG')).toString();
    const after = await ask<ExchangeCodes>('DELETE', `/codes?${query}`);
    expect(after.items.map((one) => one.code)).not.toContain('WRONG');
    expect(await refused('DELETE', `/codes?${query}`)).toMatchObject({ status: 404 });
    const entry = await both.town.app.store.read((db) =>
      db
        .selectFrom('audit')
        .select('data_json')
        .where('kind', '=', 'exchange.code')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirstOrThrow(),
    );
    expect(JSON.parse(entry.data_json)).toMatchObject({ before: { name: '写错的', ours: '' }, after: null });
  });

  it('of states stand beside ours, and units nobody can name there are told', async () => {
    const states = await codes('state');
    expect(states.items.find((one) => one.code === 'DQS')).toMatchObject({
      name: '待签收',
      oursName: '待签收',
    });
    expect(states.unnamed).toEqual([]);
    const units = await codes();
    const nameOf = (id: string) => units.candidates.find((one) => one.id === id)?.name;
    expect(units.unnamed.length).toBeGreaterThan(0);
    expect(units.unnamed.map(nameOf)).not.toContain('永康市公安局');
    const categories = await codes('category');
    const [first] = categories.candidates;
    await ask('PUT', '/codes', { ...codeRef('JT-01'), kind: 'category', name: '交通', ours: first?.id });
    expect((await codes('category')).unnamed).not.toContain(first?.id);
  });
});

describe('a platform', () => {
  it('is added and changed with plain words for what is wrong', async () => {
    expect(await refused('POST', '/partners', platform({ name: ' ' }))).toMatchObject({
      status: 400,
      errors: [{ path: 'name', message: '请写平台名称' }],
    });
    expect(await refused('POST', '/partners', platform({ baseUrl: '对方网址' }))).toMatchObject({
      errors: [{ path: 'baseUrl', message: '请写完整网址' }],
    });
    expect(
      await refused('POST', '/partners', platform({ baseUrl: 'ftp://x.cn', allow: ['10.0.0.0/99'] })),
    ).toMatchObject({
      errors: [
        { path: 'baseUrl', message: '请用 https 网址' },
        { path: 'allow.0', message: '「10.0.0.0/99」不是地址或网段' },
      ],
    });
    const added = await ask<ExchangeOverview>('POST', '/partners', platform({ name: '另一个平台' }));
    const one = added.partners.find((partner) => partner.name === '另一个平台');
    expect(one).toMatchObject({ sentence: '还没有密钥，不能收发', keys: [] });
    expect(await refused('POST', '/partners', platform({ name: '另一个平台' }))).toMatchObject({
      errors: [{ path: 'name', message: '已有同名的平台，换个名字以便分清' }],
    });
    const change = { ...platform({ name: '改了名的平台', allow: ['10.1.0.0/16'] }), seen: one?.seen };
    const changed = await ask<ExchangeOverview>('PUT', `/partners/${one?.id}`, change);
    expect(changed.partners.find((partner) => partner.id === one?.id)).toMatchObject({
      name: '改了名的平台',
      allow: ['10.1.0.0/16'],
    });
    const stale = await refused('PUT', `/partners/${one?.id}`, { ...change, name: '又改名' });
    expect(stale).toMatchObject({ status: 409, title: '这个平台刚被别人改过，请看过现在的设置再改' });
    const without = { areaId: COUNTY, partnerId: one?.id };
    expect(await refused('PUT', '/areas', without)).toMatchObject({
      errors: [{ path: 'partnerId', message: '这个平台已停用或没有密钥，先设好再切换' }],
    });
  });

  it('says before it is switched off what stands still, and after it nothing new is handed over', async () => {
    const caseId = await both.accepted();
    await both.standsThere(caseId, 'DJS');
    const own = (await overview()).partners.find((one) => one.id === both.partnerId)!;
    const { running, sentence } = await ask<{ running: number; sentence: string }>(
      'GET',
      `/partners/${both.partnerId}/off`,
    );
    expect(running).toBeGreaterThan(0);
    expect(sentence).toBe(
      `停用后与三服务小管家（永康）不再收发消息；永康市以后受理的民情改在本系统交办、答复；三服务小管家（永康）在办的 ${running} 件停在原处，要发的消息留着，重新启用后接着收发。`,
    );
    const { name, baseUrl, suite, allow, sharePhone, sealHistory, seen } = own;
    const value = { name, baseUrl, suite, allow, sharePhone, sealHistory };
    const off = await ask<ExchangeOverview>('PUT', `/partners/${own.id}`, { ...value, active: false, seen });
    const now = off.partners.find((one) => one.id === own.id)!;
    expect(now.sentence).toBe('已停用');
    const here = await both.accepted();
    const office = await both.town.person('yongkang-dispatcher');
    const { body } = await office.call('GET', `/cases/${here}`);
    expect((body as unknown as { actions: { action: string }[] }).actions.map((a) => a.action)).toContain(
      'dispatch',
    );
    await ask('PUT', `/partners/${own.id}`, { ...value, active: true, seen: now.seen });
    await both.clerk(caseId, 'receive');
    await both.clerk(caseId, 'dispatch', { lead: 'YK-GA', days: 3 });
    await both.standsHere(caseId, 'dispatched');
  });
});

describe('an area that is switched over', () => {
  it('finishes on either side what was accepted there, and only then everything is in one place', async () => {
    const dispatcher = await both.town.person('yongkang-dispatcher');
    const may = async (caseId: string): Promise<boolean> => {
      const { body } = await dispatcher.call('GET', `/cases/${caseId}`);
      return (body as unknown as View).actions.some(({ action }) => action === 'dispatch');
    };
    const there = await both.accepted();
    await both.standsThere(there, 'DJS');
    const preview = await ask<{ sentence: string }>('POST', '/areas/preview', {
      areaId: COUNTY,
      partnerId: null,
    });
    expect(preview.sentence).toContain('在原处办完');
    await ask('PUT', '/areas', { areaId: COUNTY, partnerId: null });
    const here = await both.accepted();
    expect([await may(there), await may(here)]).toEqual([false, true]);
    await ask('PUT', '/areas', { areaId: COUNTY, partnerId: both.partnerId });
    expect([await may(there), await may(here)]).toEqual([false, true]);
    const police = await both.town.app.store.read((db) =>
      db
        .selectFrom('unit')
        .select('id')
        .where('area_id', '=', COUNTY)
        .where('name', 'like', '%公安%')
        .executeTakeFirstOrThrow(),
    );
    await dispatcher.act(here, 'dispatch', { leadUnitId: police.id });
    await both.standsHere(here, 'dispatched');
    await expect(both.desk('GET', `/matters/${here}`)).rejects.toThrow('404');
    await both.clerk(there, 'receive');
    await both.clerk(there, 'dispatch', { lead: 'YK-GA', days: 3 });
    await both.clerk(there, 'sign');
    await both.clerk(there, 'reply', { class: 'solved', text: '已把单一配时改为四个时段' });
    await both.standsHere(there, 'replied');
  });
});

describe('who does not look after the connection', () => {
  it('as an administrator of another area sees no platform and changes nothing of it', async () => {
    const person = await both.town.app.store.read((db) =>
      db.selectFrom('person').select('id').where('name', '=', '袁玉兰').executeTakeFirstOrThrow(),
    );
    const grant = { personId: person.id, role: 'admin', areaId: '330702', fromDate: '2026-07-06' };
    expect((await both.admin.call('POST', '/admin/grants', grant)).status).toBe(200);
    const other = await both.town.person('yongkang-jiaoyu');
    const seen = await other.call('GET', '/admin/exchange');
    expect(seen.body).toMatchObject({ partners: [] });
    expect(JSON.stringify(seen.body)).not.toContain('永康');
    const id = both.partnerId;
    const answers = await Promise.all([
      other.call('PUT', `/admin/exchange/partners/${id}`, { ...platform(), seen: 'x' }),
      other.call('GET', `/admin/exchange/partners/${id}/off`),
      other.call('POST', `/admin/exchange/partners/${id}/keys`, { overlapHours: 0 }),
      other.call('POST', `/admin/exchange/partners/${id}/keys/revoke`, { keyId: both.keyId }),
      other.call('PUT', '/admin/exchange/areas', { areaId: COUNTY, partnerId: null }),
      other.call('GET', `/admin/exchange/codes?partnerId=${id}&kind=unit`),
      other.call('PUT', '/admin/exchange/codes', codeRef('YK-GA', { name: '', ours: '' })),
      other.call('POST', '/admin/exchange/codes/replay', codeRef('YK-GA')),
      other.call('GET', `/admin/exchange/letters?partnerId=${id}`),
      other.call('POST', '/admin/exchange/checks', { partnerId: id }),
    ]);
    expect(answers.map((one) => one.status)).toEqual(answers.map(() => 403));
  });

  it.each<[string, Method, string, () => object | undefined]>([
    ['reads the overview', 'GET', '', () => undefined],
    ['adds a platform', 'POST', '/partners', () => platform()],
    ['changes one', 'PUT', `/partners/:id`, () => ({ ...platform(), seen: 'x' })],
    ['looks what switching it off means', 'GET', '/partners/:id/off', () => undefined],
    ['makes a key', 'POST', '/partners/:id/keys', () => ({ overlapHours: 0 })],
    ['revokes a key', 'POST', '/partners/:id/keys/revoke', () => ({ keyId: both.keyId })],
    ['looks what a switch means', 'POST', '/areas/preview', () => ({ areaId: COUNTY, partnerId: null })],
    ['switches an area', 'PUT', '/areas', () => ({ areaId: COUNTY, partnerId: null })],
    ['reads codes', 'GET', '/codes?partnerId=:id&kind=unit', () => undefined],
    ['matches a code', 'PUT', '/codes', () => codeRef('YK-GA', { name: '', ours: '' })],
    ['forgets a code', 'DELETE', '/codes?partnerId=:id&kind=unit&code=YK-GA', () => undefined],
    ['replays a code', 'POST', '/codes/replay', () => codeRef('YK-GA')],
    ['reads letters', 'GET', '/letters?partnerId=:id', () => undefined],
    ['retries one', 'POST', '/letters/retry', () => ({ partnerId: both.partnerId, way: 'in', id: 'x' })],
    ['compares', 'POST', '/checks', () => ({ partnerId: both.partnerId })],
  ])('is refused when somebody %s', async (_what, method, path, body) => {
    const dispatcher = await both.town.person('yongkang-dispatcher');
    for (const citizen of [both.member, both.reviewer, dispatcher]) {
      const to = `/admin/exchange${path.replace(':id', both.partnerId)}`;
      expect((await citizen.call(method, to, body())).status).toBe(403);
    }
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  DEMO_APP_SECRET,
  DEMO_CLIENT_SECRET,
  startMessenger,
  type RunningMessenger,
} from '../../scripts/messenger/src/index.ts';
import { hostChecks } from '../../server/src/app.hosts.ts';
import { systemClock } from '../../server/src/clock.ts';
import { loadConfig } from '../../server/src/config.ts';
import { examine, serverChecks, summaryOf, type Report } from '../../server/src/doctor/index.ts';
import { writeOrigins } from '../../server/src/origins/index.ts';
import { openStore } from '../../server/src/store/index.ts';
import { DIRECTORY as GOV_DIRECTORY, codeOfPerson } from './zhezhengding.rig.ts';

let messenger: RunningMessenger;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-doctor-'));
  // Tokens follow business time, which is this machine's here.
  messenger = await startMessenger({
    port: 0,
    startAt: new Date().toISOString(),
    directory: GOV_DIRECTORY,
    callsPerSecond: 10_000,
  });
});
afterEach(async () => {
  await messenger.stop();
  rmSync(folder, { recursive: true, force: true });
});

const fault = async (body: object): Promise<void> => {
  const answer = await fetch(`${messenger.url}/control/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.ok).toBe(true);
};
const permit = async (granted: string[]): Promise<void> => {
  const answer = await fetch(`${messenger.url}/control/permissions`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ granted }),
  });
  expect(answer.ok).toBe(true);
};

function configOf(change: Record<string, string> = {}) {
  return loadConfig({
    NODE_ENV: 'test',
    DATABASE_URL: `sqlite:${join(folder, 'minqing.sqlite')}`,
    FILES_DIR: join(folder, 'files'),
    HOSTS: 'dingtalk,zhezhengding',
    DINGTALK_API_BASE: messenger.url,
    DINGTALK_OAPI_BASE: messenger.url,
    DINGTALK_CARD_TEMPLATES: '{"duty":"d","rate":"r","counts":"c"}',
    ZHEZHENGDING_API_BASE: messenger.url,
    ZHEZHENGDING_LOGIN_BASE: messenger.url,
    ...change,
  });
}

interface Asked {
  change?: Record<string, string>;
  sendTo?: Record<string, string>;
  /** How far this machine's clock is wrong. Milliseconds. */
  skewMs?: number;
}

/** The report of one messenger, by the titles of its checks. */
async function ask(vendor: 'dingtalk' | 'zhezhengding', { change, sendTo = {}, skewMs = 0 }: Asked = {}) {
  const clock = { ...systemClock, machineNow: () => Date.now() + skewMs };
  const groups = hostChecks({ config: configOf(change), clock }).filter(({ id }) => id === vendor);
  const lines: string[] = [];
  const reports = await examine(
    groups.map(({ id, title, checks }) => ({ title, checks, sendTo: sendTo[id] ?? null })),
    (line) => lines.push(line),
  );
  const text = lines.join('\n');
  expect(text).not.toContain(DEMO_CLIENT_SECRET);
  expect(text).not.toContain(DEMO_APP_SECRET);
  return { of: (title: string) => find(reports, title), ok: summaryOf(reports).ok, text, reports };
}

function find(reports: readonly Report[], title: string) {
  const found = reports.flatMap((report) => report.findings).find((one) => one.title === title);
  if (!found) {
    throw new Error(`no check ${title}`);
  }
  return found;
}

describe('doctor on DingTalk', () => {
  it('finds nothing wrong where nothing is', async () => {
    const { ok, text, of, reports } = await ask('dingtalk');
    expect(reports[0]?.findings.filter((one) => one.state === 'bad')).toEqual([]);
    expect(ok).toBe(true);
    expect(text).toContain('钉钉（dingtalk）');
    expect(of('读部门').says).toMatch(/读到 \d+ 个部门/);
    expect(of('Stream 网关').state).toBe('good');
    expect(of('试发一条工作通知')).toMatchObject({ state: 'left' });
  });

  it('sends a trial message to oneself when asked', async () => {
    const { of } = await ask('dingtalk', { sendTo: { dingtalk: 'jh0003' } });
    expect(of('试发一条工作通知')).toMatchObject({ state: 'good' });
    const chat = (await (await fetch(`${messenger.url}/control/people/wei/chat`)).json()) as {
      items: { title: string }[];
    };
    expect(chat.items).toHaveLength(1);
  });

  it('a wrong secret stops what depends on it', async () => {
    const { of, ok } = await ask('dingtalk', { change: { DINGTALK_CLIENT_SECRET: 'wrong' } });
    expect(ok).toBe(false);
    expect(of('应用凭证')).toMatchObject({ state: 'bad', says: 'Client ID 与 Client Secret 不配对' });
    expect(of('应用凭证').todo).toContain('DINGTALK_CLIENT_SECRET');
    expect(of('读部门')).toMatchObject({ state: 'left', says: '先解决上面的问题' });
  });

  it.each([
    ['读部门', 'qyapi_get_department_list'],
    ['读部门里的人', 'qyapi_get_department_member'],
    ['读一个人的详情', 'qyapi_get_member'],
    ['待办', 'Todo.Todo.Read'],
  ])('「%s」 without its permission names it', async (title, missing) => {
    const all = [
      'qyapi_base',
      'qyapi_get_department_list',
      'qyapi_get_department_member',
      'qyapi_get_member',
      'Card.Instance.Write',
      'Todo.Todo.Write',
      'Todo.Todo.Read',
    ];
    await permit(all.filter((one) => one !== missing));
    const found = (await ask('dingtalk')).of(title);
    expect(found).toMatchObject({ state: 'bad' });
    expect(`${found.says}${found.todo}`).toContain(missing);
  });

  it.each([
    ['another AgentId', { DINGTALK_AGENT_ID: '1' }, 'AgentId', 'DINGTALK_AGENT_ID'],
    ['another organisation', { DINGTALK_CORP_ID: 'dingother' }, 'CorpId', 'DINGTALK_CORP_ID'],
    ['templates left out', { DINGTALK_CARD_TEMPLATES: '{}' }, '卡片模板', 'DINGTALK_CARD_TEMPLATES'],
  ])('%s is told', async (_what, change, title, variable) => {
    const found = (await ask('dingtalk', { change: change as Record<string, string> })).of(title);
    expect(['bad', 'note']).toContain(found.state);
    expect(found.todo).toContain(variable);
  });
});

describe('doctor on 浙政钉', () => {
  it('finds nothing wrong where nothing is, and sends to oneself when asked', async () => {
    const lin = codeOfPerson('lin');
    const { reports, of } = await ask('zhezhengding', { sendTo: { zhezhengding: lin } });
    expect(reports[0]?.findings.filter((one) => one.state === 'bad')).toEqual([]);
    expect(of('通讯录范围').says).toMatch(/看得到 \d+ 个组织/);
    expect(of('试发一条工作通知').says).toContain(lin);
    const chat = (await (await fetch(`${messenger.url}/control/people/lin/chat`)).json()) as {
      items: unknown[];
    };
    expect(chat.items).toHaveLength(1);
  });

  it.each([
    ['a wrong secret', { ZHEZHENGDING_APP_SECRET: 'wrong' }, '应用凭证与签名', 'ZHEZHENGDING_APP_SECRET'],
    ['a wrong key', { ZHEZHENGDING_APP_KEY: 'nobody' }, '应用凭证与签名', 'ZHEZHENGDING_APP_KEY'],
    ['another tenant', { ZHEZHENGDING_TENANT_ID: '7' }, '通讯录范围', 'ZHEZHENGDING_TENANT_ID'],
  ])('%s is told with the variable', async (_what, change, title, variable) => {
    const found = (await ask('zhezhengding', { change: change as Record<string, string> })).of(title);
    expect(found).toMatchObject({ state: 'bad' });
    expect(found.todo).toContain(variable);
  });

  it('an organisation that was not granted is asked for', async () => {
    await fault({
      kind: 'error',
      level: 'business',
      code: 'NO_PERMISSION',
      message: '无权限',
      operations: ['zzd.contacts'],
    });
    const found = (await ask('zhezhengding')).of('通讯录范围');
    expect(found).toMatchObject({ state: 'bad' });
    expect(found.todo).toContain('权限与授权');
  });
});

describe.each(['dingtalk', 'zhezhengding'] as const)('doctor and the way to %s', (vendor) => {
  const bases = (url: string) => ({
    DINGTALK_API_BASE: url,
    DINGTALK_OAPI_BASE: url,
    ZHEZHENGDING_API_BASE: url,
  });

  it('a clock that is off is said in minutes, and nothing else is asked', async () => {
    const { of, ok, reports } = await ask(vendor, { skewMs: -12 * 60_000 });
    expect(ok).toBe(false);
    expect(of('网络、证书、时钟').says).toBe('本机时钟比平台慢约 12 分钟');
    expect(reports[0]?.findings.slice(1).every((one) => one.state === 'left')).toBe(true);
  });

  it('no network is told as such', async () => {
    const refused = await ask(vendor, { change: bases('http://127.0.0.1:9') });
    expect(refused.of('网络、证书、时钟')).toMatchObject({ state: 'bad' });
    expect(refused.of('网络、证书、时钟').says).toMatch(/没有在这个端口上|连不上/);
    const nowhere = await ask(vendor, { change: bases('https://nowhere.invalid') });
    expect(nowhere.of('网络、证书、时钟').says).toMatch(/解析不到|连不上/);
  });

  it('a proxy’s page in place of the platform is recognised', async () => {
    await fault({ kind: 'error', html: true });
    const found = (await ask(vendor)).reports[0]?.findings.find((one) => one.state === 'bad');
    expect(found?.says).toContain('不是平台');
  });

  it('throttling is no fault of the configuration', async () => {
    await fault({ kind: 'throttle' });
    const { ok, text } = await ask(vendor);
    expect(text).toContain('限流');
    expect(ok).toBe(true);
  });
});

describe('doctor on our own side', () => {
  const find_ = async (change: Record<string, string>, send?: typeof fetch) => {
    const checks = serverChecks({ config: configOf(change), ...(send ? { fetch: send } : {}) });
    const reports = await examine([{ title: '服务器', checks }]);
    return (title: string) => find(reports, title);
  };

  it('a database that is not there, files that cannot be written, a service that is not running', async () => {
    writeFileSync(join(folder, 'a-file'), '');
    const of = await find_({
      DATABASE_URL: 'mysql://nobody:secret-word@127.0.0.1:9/minqing',
      FILES_DIR: join(folder, 'a-file', 'files'),
      PUBLIC_URL: 'http://127.0.0.1:9',
    });
    expect(of('数据库')).toMatchObject({ state: 'bad' });
    expect(of('数据库').says).not.toContain('secret-word');
    expect(of('附件存放')).toMatchObject({ state: 'bad' });
    expect(of('附件存放').todo).toContain('FILES_DIR');
    expect(of('对外地址')).toMatchObject({ state: 'note' });
    expect(of('别处的前端')).toMatchObject({ state: 'left' });
  });

  it('a front elsewhere that was forgotten, or that the server refuses', async () => {
    const front = 'https://front.example.gov.cn';
    const elsewhere = { ZHEZHENGDING_APP_URL: `${front}/minqing/` };
    const store = await openStore({ url: configOf().databaseUrl });
    await store.migrate();
    expect((await find_(elsewhere))('别处的前端')).toMatchObject({
      state: 'bad',
      says: `${front} 还没有登记`,
    });
    await store.transact((tx) =>
      writeOrigins(tx, {
        hostId: 'zhezhengding',
        origins: [front],
        version: 0,
        personId: null,
        areaId: '',
        at: 0,
      }),
    );
    await store.close();
    const refusing: typeof fetch = async () => new Response('{"hosts":[]}', { status: 200 });
    const of = await find_(elsewhere, refusing);
    expect(of('别处的前端')).toMatchObject({ state: 'bad', says: `服务器不许 ${front} 调用` });
    const letting: typeof fetch = async () =>
      new Response(null, { status: 204, headers: { 'access-control-allow-origin': front } });
    expect((await find_(elsewhere, letting))('别处的前端')).toMatchObject({ state: 'good' });
  });
});

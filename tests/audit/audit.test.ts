import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditItem, AuditPage, LedgerCheckView } from '@minqing/shared/contract';
import { sql } from 'kysely';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KINDS } from '../../server/src/audit/kinds.ts';
import { appendAudit } from '../../server/src/ledger/index.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTale, type Part, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';

describe('kinds of audit entries', () => {
  it('are all named in words a person reads', () => {
    const folder = new URL('../../server/src/', import.meta.url).pathname;
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('audit/'),
    );
    const written = new Set<string>();
    for (const file of files) {
      const text = readFileSync(join(folder, file), 'utf8');
      for (const [, call = ''] of text.matchAll(/appendAudit\(([\s\S]{0,600}?)\n\s*\}?\)/g)) {
        for (const [, kind = ''] of call.matchAll(/kind:[^,\n]*?'([\w.]+)'/g)) {
          written.add(kind);
        }
      }
    }
    expect(written.size).toBeGreaterThan(6);
    expect([...written].filter((kind) => !KINDS.has(kind))).toEqual([]);
  });
});

describe.each(STORES)('the audit log on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  beforeAll(async () => {
    database = await store.create();
    town = await openTown({ databaseUrl: database.databaseUrl, workers: false });
    tale = await openTale(town);
  });
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  const call = async (part: Part, method: string, path: string) => (await tale.as(part)).call(method, path);
  const list = async (query = '', part: Part = 'admin'): Promise<AuditPage> => {
    const { status, body } = await call(part, 'GET', `/audit?${query}`);
    expect(status, JSON.stringify(body)).toBe(200);
    return body as unknown as AuditPage;
  };
  const q = encodeURIComponent;
  const personOf = async (userId: string): Promise<string> => {
    const row = await town.app.store.read((db) =>
      db.selectFrom('account').select('person_id').where('user_id', '=', userId).executeTakeFirstOrThrow(),
    );
    return row.person_id;
  };
  const write = async (entry: {
    kind: string;
    subject: string;
    areaId?: string;
    data?: object;
    at?: number;
  }): Promise<void> => {
    const now = town.app.clock.businessNow();
    const whole = { at: now, personId: await personOf('jh0073'), data: {}, ...entry };
    await town.app.store.transact(async (tx) => {
      await appendAudit(tx, whole as Parameters<typeof appendAudit>[1]);
    });
  };

  it('is for administrators only, each for their areas', async () => {
    await tale.as('handler');
    for (const part of [
      'member',
      'reviewer',
      'dispatcher',
      'handler',
      'head',
      'inspector',
      'leader',
    ] as const) {
      for (const [method, path] of [
        ['GET', '/audit'],
        ['GET', '/audit/table'],
        ['GET', '/audit/verification'],
        ['POST', '/audit/verification'],
      ] as const) {
        expect([part, path, (await call(part, method, path)).status]).toEqual([part, path, 403]);
      }
    }
    await write({ kind: 'unit.changed', subject: 'here', areaId: '330702' });
    const person_id = await personOf('jh0002');
    await town.app.store.transact(async (tx) => {
      await tx
        .insertInto('role_grant')
        .values({
          id: 'county',
          person_id,
          role: 'admin',
          unit_id: null,
          area_id: '330702',
          from_at: 0,
          to_at: null,
        })
        .execute();
    });
    const seen = await list('', 'reviewer');
    expect(seen.items.map((i) => i.subject)).toEqual(['here']);
    await town.app.store.transact((tx) => tx.deleteFrom('role_grant').where('id', '=', 'county').execute());
    expect((await list(`kind=unit.changed`)).items.map((i) => i.subject)).toContain('here');
  });

  it('is found by kind, group, person, subject and time', async () => {
    const caseId = await tale.atPolice();
    const { number } = await tale.read(caseId);
    await call('reviewer', 'GET', `/cases/${caseId}`);
    const ons = await list('group=signOn');
    expect(ons.items.length).toBeGreaterThan(3);
    expect(ons.items.every((i) => i.label === '登录' && i.group === 'signOn')).toBe(true);
    expect((await list(`person=${q('方敏')}`)).items.every((i) => i.who === '方敏')).toBe(true);
    const phones = await list(`kind=readPhone&subject=${q(number)}`);
    expect(phones.items).toMatchObject([{ who: '方敏', subject: number, label: '看了委员的手机号' }]);
    expect((await list(`person=${q('查无此人')}`)).items).toEqual([]);
    expect((await list('from=2020-01-01&to=2020-01-31')).items).toEqual([]);
    expect((await list('period=day')).items.length).toBeGreaterThan(0);
    expect((await call('admin', 'GET', '/audit?from=x')).status).toBe(400);
    expect((await call('admin', 'GET', '/audit?after=x')).status).toBe(400);
  });

  it('tells what changed in words', async () => {
    const before = { name: '交警', shortName: '交警', areaId: '330700' };
    await write({
      kind: 'unit.changed',
      subject: 'u1',
      data: { before, after: { ...before, shortName: '交警支队' } },
    });
    const [item] = (await list('kind=unit.changed')).items;
    expect(item?.details).toEqual([{ label: '简称', value: '交警 → 交警支队' }]);
  });

  it('names a delivery by what was sent to whom, an anonymous author never', async () => {
    const hidden = { anonymous: true, openness: 'staff', phoneToUnit: false };
    const caseId = await tale.filed({ disclosure: hidden });
    const rows = await town.app.store.read((db) =>
      db
        .selectFrom('outbox')
        .select('id')
        .where('case_id', '=', caseId)
        .where('notice', '=', 'received')
        .execute(),
    );
    await write({ kind: 'delivery.called', subject: rows[0]?.id ?? '' });
    const [item] = (await list('kind=delivery.called')).items;
    expect(item?.subject).toBe('「已收到民情」发给匿名委员');
  });

  it('pages without overlap, and says where each stands in the ledger', async () => {
    for (let i = 0; i < 45; i += 1) {
      await write({ kind: 'unit.added', subject: `unit ${i}` });
    }
    await town.app.sequencer.runOnce();
    const all: AuditItem[] = [];
    let after: string | null = '';
    while (after !== null) {
      const page: AuditPage = await list(`kind=unit.added${after ? `&after=${after}` : ''}`);
      all.push(...page.items);
      after = page.after;
    }
    expect(all.map((i) => i.subject)).toEqual(Array.from({ length: 45 }, (_, i) => `unit ${44 - i}`));
    expect(all.every((i) => i.seq !== null)).toBe(true);
  });

  it('goes into a spreadsheet whole, in pieces, without a formula', async () => {
    const bad = '=HYPERLINK("http://x","y")';
    await write({ kind: 'unit.added', subject: bad, data: { reason: '@SUM(1)\n"两行"' } });
    const { status, headers, rows } = await table('kind=unit.added');
    expect(status).toBe(200);
    expect(headers.get('content-disposition')).toContain(encodeURIComponent('操作审计.xlsx'));
    expect(rows[0]?.slice(0, 2)).toEqual(['台账序号', '时间']);
    expect(rows).toHaveLength(47);
    expect(rows.flat()).toContain(`'${bad}`);
    expect(rows.flat().filter((cell) => typeof cell === 'string' && /^[=+@-]/.test(cell))).toEqual([]);
    expect((await list('kind=audit.exported')).items[0]).toMatchObject({ who: '贾子涵', group: 'reading' });
  });

  /** The raw answer: it is no JSON. */
  async function table(query: string) {
    const { code } = await town.control<{ code: string }>('POST', '/people/admin-01/code');
    const signed = await fetch(`${town.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify({ hostId: town.app.config.dingtalk.hostId, code, mode: 'bearer' }),
    });
    const { token } = (await signed.json()) as { token: string };
    const answer = await fetch(`${town.url}/api/audit/table?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const rows = (await readXlsxFile(Buffer.from(await answer.arrayBuffer())))[0]?.data ?? [];
    return { status: answer.status, headers: answer.headers, rows };
  }

  it('is checked on request, and what is wrong is located to the event', async () => {
    const verification = async (): Promise<LedgerCheckView> =>
      (await call('admin', 'GET', '/audit/verification')).body as unknown as LedgerCheckView;
    expect((await verification()).state).toBe('none');
    const caseId = await tale.atPolice();
    await town.app.sequencer.runOnce();
    const { status, body } = await call('admin', 'POST', '/audit/verification');
    expect([status, (body as unknown as LedgerCheckView).state]).toEqual([200, 'running']);
    await town.app.ledgerCheck.idle();
    const whole = await verification();
    expect(whole).toMatchObject({ state: 'whole', headline: '台账完整，没有被改动', findings: [], more: 0 });
    expect(whole.lastSeq).toBeGreaterThan(50);
    await town.app.store.transact(async (tx) => {
      await sql`update event set person_id = 'someone' where case_id = ${caseId} and version = 2`.execute(tx);
    });
    await call('admin', 'POST', '/audit/verification');
    await town.app.ledgerCheck.idle();
    const broken = await verification();
    expect(broken).toMatchObject({ state: 'broken', more: 0 });
    expect(broken.findings[0]?.title).toMatch(/^JH-2026-\d{6} 第 2 步「受理」：被修改$/);
    expect((await list('kind=ledger.checked')).items).toHaveLength(2);
  });
});

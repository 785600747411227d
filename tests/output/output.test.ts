import { createHash, randomUUID } from 'node:crypto';
import readXlsxFile from 'read-excel-file/node';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CasePrint } from '@minqing/shared/contract';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTale, SOLVED, type Part, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';
import { converted, fetched, unzipped, type Got } from './files.ts';

const FORMULA = '=1+1，点我';
const AUTHOR = '林淑芬';
const PHONE = '19905790001';

describe.each(STORES)('what leaves as a file, on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  let answered = '';
  let anonymous = '';
  let photo: Buffer;
  beforeAll(async () => {
    database = await store.create();
    town = await openTown({ databaseUrl: database.databaseUrl, workers: false });
    tale = await openTale(town);
    const member = await tale.as('member');
    photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#88aacc' } })
      .jpeg()
      .toBuffer();
    const fileId = randomUUID();
    const keyed = (): Record<string, string> => ({ ...member.headers, 'idempotency-key': randomUUID() });
    await member.call('POST', '/files', {
      id: fileId,
      name: '路口.jpg',
      bytes: photo.length,
      type: 'image/jpeg',
    });
    await fetch(`${town.url}/api/files/${fileId}`, {
      method: 'PATCH',
      headers: { ...keyed(), 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
      body: new Uint8Array(photo),
    });
    answered = await tale.atPolice([tale.units.enforcement], { fileIds: [fileId] });
    await tale.did('handler', answered, 'sign');
    await tale.did('handler', answered, 'progress', { text: '今天<b>测了</b>早高峰', visible: true });
    await tale.did('handler', answered, 'reply', SOLVED);
    await tale.did('member', answered, 'rate', { stars: 5, reasons: ['答复很快'] });
    anonymous = await tale.atPolice([], {
      title: FORMULA,
      disclosure: { anonymous: true, openness: 'staff', phoneToUnit: false },
    });
    for (let i = 0; i < 3; i += 1) {
      await tale.filed({ title: `第 ${i} 件` });
    }
  }, 120_000);
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  const get = async (part: Part, path: string): Promise<Got> => fetched(town, await tale.as(part), path);
  const deskOf = async (part: Part): Promise<string> => {
    const { body } = await (await tale.as(part)).call('GET', '/queues');
    return (body as unknown as { desks: { id: string }[] }).desks.at(-1)?.id ?? '';
  };
  const list = async (part: Part, queue: string): Promise<Got> =>
    get(part, `/exports/cases?${new URLSearchParams({ desk: await deskOf(part), queue }).toString()}`);
  const rowsOf = async ({ bytes }: Got, sheet = 1): Promise<unknown[][]> =>
    (await readXlsxFile(bytes))[sheet - 1]?.data ?? [];
  const audited = async (kind: string): Promise<{ subject: string }[]> =>
    town.app.store.read((db) => db.selectFrom('audit').select('subject').where('kind', '=', kind).execute());

  it('a list is a workbook of the same cases, with its columns and what they mean', async () => {
    const got = await list('member', 'all');
    expect(got.status).toBe(200);
    expect(got.name).toMatch(/^民情清单-\d{4}-\d\d-\d\d\.xlsx$/);
    const rows = await rowsOf(got);
    const { body } = await (await tale.as('member')).call('GET', '/cases?desk=member&queue=all');
    const items = (body as unknown as { items: { number: string; title: string }[] }).items;
    expect(rows[0]?.slice(0, 3)).toEqual(['编号', '标题', '状态']);
    expect(rows.slice(1).map((row) => row[0])).toEqual(items.map((item) => item.number));
    const done = rows.find((row) => row[0] === items.find((item) => item.title.startsWith('迎宾'))?.number);
    expect(done?.[17]).toBe('已解决');
    expect(done?.[19]).toBe(5);
    expect(done?.[8]).toBeInstanceOf(Date);
    expect((await rowsOf(got, 2)).flat()).toContain('截至');
  });

  it('what begins like a formula stays text', async () => {
    const rows = await rowsOf(await list('dispatcher', 'unsigned'));
    expect(rows.flat()).toContain(`'${FORMULA}`);
    const sheet = unzipped((await list('dispatcher', 'unsigned')).bytes).get('xl/worksheets/sheet1.xml');
    expect(sheet?.toString('utf8')).not.toContain('<f>');
  });

  it('nobody gets more than the list shows: no hidden name, no phone number, no other desk', async () => {
    const rows = JSON.stringify(await rowsOf(await list('dispatcher', 'unsigned')));
    expect(rows).toContain('匿名委员');
    expect(rows).not.toContain(PHONE);
    const desk = encodeURIComponent(await deskOf('dispatcher'));
    expect((await get('handler', `/exports/cases?desk=${desk}`)).status).toBe(403);
    expect((await get('member2', `/exports/cases?desk=${desk}`)).status).toBe(403);
  });

  it('who took a list is recorded', async () => {
    const before = (await audited('cases.exported')).length;
    await list('inspector', 'late');
    expect((await audited('cases.exported')).length).toBe(before + 1);
  });

  it('figures leave as a workbook and as 通报, for those who may read them, and LibreOffice opens both', async () => {
    await town.app.sequencer.runOnce();
    await Promise.all(town.app.followers.map((each) => each.runOnce()));
    const desk = encodeURIComponent(await deskOf('inspector'));
    const book = await get('inspector', `/exports/figures?desk=${desk}&period=year`);
    expect(book.status).toBe(200);
    const rows = await rowsOf(book);
    const { body } = await (
      await tale.as('inspector')
    ).call('GET', `/statistics/figures?desk=${desk}&period=year`);
    const { figures } = body as unknown as { figures: { name: string; text: string }[] };
    expect(rows.slice(1, figures.length + 1).map((row) => [row[0], row[1]])).toEqual(
      figures.map(({ name, text }) => [name, text]),
    );
    const word = await get('inspector', `/exports/circular?desk=${desk}&period=month`);
    expect(word.name).toMatch(/^金华市民情办理情况通报-.+\.docx$/);
    const { file, said } = converted(word.bytes, 'docx', 'txt:Text (encoded):UTF8');
    expect(said).toBe('');
    expect(file.toString('utf8')).toContain('承办单位按期答复情况');
    for (const what of ['figures', 'circular']) {
      expect((await get('member', `/exports/${what}?desk=${desk}`)).status).toBe(403);
    }
    const names = (await readXlsxFile(book.bytes)).map(({ sheet }) => sheet);
    expect(names).toEqual(
      expect.arrayContaining([
        '总体',
        '各环节用时',
        '承办单位',
        '类别',
        '从上报到满意',
        '在办多久',
        '在等谁',
      ]),
    );
  }, 120_000);

  it('the list that a figure opens leaves whole, as of the figure, to whoever may read the figure', async () => {
    const desk = encodeURIComponent(await deskOf('inspector'));
    const ask = `desk=${desk}&period=year`;
    const inspector = await tale.as('inspector');
    type Standing = { seq: number; counting: number; asOf: string; figures: { id: string; part: number }[] };
    const { body } = await inspector.call('GET', `/statistics/figures?${ask}`);
    const { seq, counting, asOf, figures } = body as unknown as Standing;
    const query = `${ask}&figure=dispatched&seq=${seq}&counting=${counting}&asOf=${encodeURIComponent(asOf)}`;
    await tale.atPolice();
    await town.app.sequencer.runOnce();
    const got = await get('inspector', `/statistics/cases/table?${query}`);
    expect(got.status).toBe(200);
    const rows = (await rowsOf(got)).slice(1);
    expect(rows).toHaveLength(figures.find(({ id }) => id === 'dispatched')?.part ?? 0);
    const listed = await inspector.call('GET', `/statistics/cases?${query}`);
    const { items, total } = listed.body as unknown as { items: { number: string }[]; total: number };
    expect(rows.map((row) => row[0])).toEqual(items.map((item) => item.number));
    expect((await rowsOf(got, 2))[1]?.slice(1, 2)).toEqual([total]);
    expect((await get('member', `/statistics/cases/table?${query}`)).status).toBe(403);
  });

  it('what each member reported leaves to the committee alone', async () => {
    const desk = encodeURIComponent(await deskOf('reviewer'));
    const rows = await rowsOf(await get('reviewer', `/statistics/members/table?desk=${desk}&period=year`));
    expect(rows.find((row) => row[0] === AUTHOR)?.[2]).toBeGreaterThan(0);
    const other = encodeURIComponent(await deskOf('inspector'));
    for (const part of ['inspector', 'member', 'handler'] as const) {
      const path = `/statistics/members/table?desk=${part === 'inspector' ? other : desk}&period=year`;
      expect((await get(part, path)).status, part).toBe(403);
    }
  });

  it('the sheet of a case tells it whole, for those who work on it', async () => {
    const { body } = await (await tale.as('dispatcher')).call('GET', `/cases/${answered}/print`);
    const print = body as unknown as CasePrint;
    expect(print.sentence).toMatch(/^已办结。市公安局交警支队用 .+答复，委员评价 5 星。$/);
    expect(print.history.map((line) => line.who)).toEqual(
      expect.arrayContaining([`${AUTHOR}委员`, '方敏', '陈洁', '周凯']),
    );
    expect(print.history).toHaveLength((await tale.history(answered)).length);
    expect(print.stages.map((stage) => stage.label)).toEqual(['审核', '交办', '签收', '答复', '评价']);
    expect(JSON.stringify(print)).not.toMatch(/今天 |昨天|您/);
    expect(print.replies[0]?.text).toBe(SOLVED.text);
    expect(print.photos).toHaveLength(1);
    const { hash } = await town.app.store.read((db) =>
      db
        .selectFrom('event')
        .select('hash')
        .where('case_id', '=', answered)
        .orderBy('version', 'desc')
        .executeTakeFirstOrThrow(),
    );
    expect(print.check.replaceAll(' ', '')).toBe(hash.slice(0, 16));
    const readings = (await audited('case.printed')).filter((line) => line.subject === answered);
    await (await tale.as('dispatcher')).call('GET', `/cases/${answered}/print`);
    expect((await audited('case.printed')).filter((line) => line.subject === answered)).toEqual(readings);
    expect(readings).toHaveLength(1);
  });

  it.each<Part>(['member', 'member2', 'otherHandler', 'countyDispatcher', 'admin'])(
    '%s prints and packs nothing of it',
    async (part) => {
      for (const what of ['print', 'archive']) {
        expect((await get(part, `/cases/${answered}/${what}`)).status, what).toBeGreaterThanOrEqual(403);
      }
    },
  );

  it.each<Part>(['handler', 'dispatcher', 'inspector'])(
    'an anonymous author stays unnamed on paper for %s',
    async (part) => {
      const { bytes, status } = await get(part, `/cases/${anonymous}/print`);
      expect(status).toBe(200);
      expect(bytes.toString('utf8')).not.toContain(AUTHOR);
      for (const [path, content] of unzipped((await get(part, `/cases/${anonymous}/archive`)).bytes)) {
        expect(content.toString('utf8'), path).not.toContain(AUTHOR);
      }
    },
  );

  it('the archive holds the sheet, the history with its hashes, and the files as they are stored', async () => {
    const got = await get('handler', `/cases/${answered}/archive`);
    expect(got).toMatchObject({ status: 200, type: 'application/zip' });
    const parts = unzipped(got.bytes);
    expect([...parts.keys()]).toEqual(['办理单.html', '办理经过.json', '清单.txt', '附件/01-路口.jpg']);
    const page = parts.get('办理单.html')?.toString('utf8') ?? '';
    expect(page).toContain(`src="${encodeURI('附件/01-路口.jpg')}"`);
    expect(page).toContain('今天&lt;b&gt;测了&lt;/b&gt;早高峰');
    expect(page).not.toMatch(/<b>测了|<script|https?:\/\/(?!www\.w3\.org)/);
    const history = JSON.parse(parts.get('办理经过.json')?.toString('utf8') ?? '{}') as {
      events: { version: number; hash: string; previousHash: string }[];
    };
    const events = history.events;
    expect(events.slice(1).map((e) => e.previousHash)).toEqual(events.slice(0, -1).map((e) => e.hash));
    const file = parts.get('附件/01-路口.jpg') as Buffer;
    expect(parts.get('清单.txt')?.toString('utf8')).toContain(
      createHash('sha256').update(file).digest('hex'),
    );
    expect((await audited('case.archived')).some((line) => line.subject === answered)).toBe(true);
  });

  const TEXT = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1';

  it('LibreOffice opens the list without a word and reads the same rows', async () => {
    const got = await list('member', 'all');
    const { file, said } = converted(got.bytes, 'xlsx', TEXT);
    expect(said).toBe('');
    const lines = file.toString('utf8').trim().split('\n');
    expect(lines).toHaveLength((await rowsOf(got)).length);
    expect(lines[0]).toMatch(/^编号,标题,状态/);
    expect(file.toString('utf8')).toContain(`'${FORMULA}`);
  }, 120_000);

  it('the lists of late cases, deliveries and the audit log leave whole, open without a word and hold no formula', async () => {
    const desk = encodeURIComponent(await deskOf('inspector'));
    for (const [part, path, name, most] of [
      ['inspector', `/late/table?desk=${desk}`, '超期明细', 0],
      ['admin', '/deliveries/table', '投递记录', 10],
      ['admin', '/audit/table', '操作审计', 5],
    ] as const) {
      const got = await get(part, path);
      expect([path, got.status, got.name]).toEqual([path, 200, expect.stringContaining(name)]);
      const rows = await rowsOf(got);
      expect(rows.length).toBeGreaterThan(most);
      expect(rows.flat().filter((cell) => typeof cell === 'string' && /^[=+@-]/.test(cell))).toEqual([]);
      const { file, said } = converted(got.bytes, 'xlsx', TEXT);
      expect(said).toBe('');
      expect(file.toString('utf8').split('\n')[0]).toBe((rows[0] as string[]).join(','));
    }
    const sent = (await rowsOf(await get('admin', '/deliveries/table'))).slice(1);
    expect(sent.some((row) => row[2] === `'${FORMULA}` && row[4] === '市公安局交警支队')).toBe(true);
    expect((await audited('deliveries.exported')).length).toBeGreaterThan(0);
  }, 120_000);
});

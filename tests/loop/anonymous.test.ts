import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../server/src/store/index.ts';
import { CAST, openTale, SOLVED, type Part, type Tale } from '../support/tale.ts';
import { openTown, report, type Town } from '../support/town.ts';

const HIDDEN = { disclosure: { anonymous: true, openness: 'staff', phoneToUnit: false } };

describe('files beside a hidden name', () => {
  let town: Town;
  let tale: Tale;
  beforeAll(async () => {
    town = await openTown();
    tale = await openTale(town);
  });
  afterAll(() => town?.stop());

  /** A file of the person's that has come whole. */
  async function upload(part: Part, type: string): Promise<string> {
    const { store } = town.app;
    const me = (await (await tale.as(part)).call('GET', '/me')).body as unknown as { person: { id: string } };
    const id = uuidv7();
    await store.transact((tx) =>
      tx
        .insertInto('file')
        .values({
          id,
          person_id: me.person.id,
          name: 'a',
          declared_type: type,
          type,
          kind: 'document',
          bytes: 1,
          received: 1,
          state: 'ready',
          problem: null,
          storage_key: null,
          thumb_key: null,
          sha256: null,
          created_at: 0,
          updated_at: 0,
        })
        .execute(),
    );
    return id;
  }

  it('a PDF may name its author: not with the report, not with what is added later', async () => {
    const pdf = await upload('member', 'application/pdf');
    const caseId = uuidv7();
    const refused = await tale.does('member', caseId, 'submit', report({ ...HIDDEN, fileIds: [pdf] }));
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([
      400,
      expect.stringContaining('PDF 和旧版 Office 文件里可能留着作者姓名'),
    ]);
    await tale.did('member', caseId, 'submit', report(HIDDEN));
    const later = await tale.does('member', caseId, 'supplement', { text: '见附件', fileIds: [pdf] });
    expect([later.status, JSON.stringify(later.body)]).toEqual([400, expect.stringContaining('匿名反映')]);
    await tale.did('member', caseId, 'supplement', { text: '就在路口东侧' });
  });

  it('goes with an open report, and the unit may answer a hidden author with one', async () => {
    const pdf = await upload('member', 'application/pdf');
    await tale.did('member', uuidv7(), 'submit', report({ fileIds: [pdf] }));
    const caseId = await tale.atPolice([], HIDDEN);
    const plan = await upload('handler', 'application/pdf');
    const answered = await tale.did('handler', caseId, 'reply', { ...SOLVED, fileIds: [plan] });
    expect(answered.replies.at(-1)?.fileIds).toEqual([plan]);
    const author = await town.person(CAST.member);
    expect(JSON.stringify((await author.call('GET', `/cases/${caseId}`)).body)).toContain(plan);
  });
});

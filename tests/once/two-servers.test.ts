import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../server/src/store/index.ts';
import { anotherServer, bearer, type Another } from '../support/again.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { CAST, openTale, SOLVED, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';

const TIMES = Array.from({ length: 10 }, (_, i) => i);

describe.each(STORES.filter((s) => s.name === 'mariadb'))('two servers side by side on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  let second: Another;
  beforeAll(async () => {
    database = await store.create();
    town = await openTown({ databaseUrl: database.databaseUrl });
    second = await anotherServer(town);
    tale = await openTale(town);
  });
  afterAll(async () => {
    await second?.stop();
    await town?.stop();
    await database?.drop();
  });

  it('ten presses at once sign once, whichever server they reach', async () => {
    const caseId = await tale.atPolice();
    const card = await tale.card('handler', caseId, /新交办，请签收/);
    await tale.quiet();
    await Promise.all(TIMES.map(() => tale.press('handler', card, 'sign', { rev: '3' })));
    expect(await tale.count(caseId, 'sign')).toBe(1);
    await tale.until('the card stands signed', async () => /请答复/.test(await tale.face('handler', card)));
  });

  it('one request at both servers at once replies once and answers both', async () => {
    const caseId = await tale.atPolice();
    const session = await bearer(town, CAST.handler);
    const headers = {
      ...session,
      'idempotency-key': uuidv7(),
      'content-type': 'application/json',
    };
    const send = (i: number): Promise<Response> =>
      fetch(`${i % 2 ? town.url : second.url}/api/cases/${caseId}/actions/reply`, {
        method: 'POST',
        headers,
        body: JSON.stringify(SOLVED),
      });
    const answers = await Promise.all(TIMES.map(send));
    expect(answers.map((a) => a.status)).toEqual(TIMES.map(() => 200));
    expect(await tale.count(caseId, 'reply')).toBe(1);
  });

  it('ten different requests for the dispatch let one win; the others are told what happened', async () => {
    const caseId = await tale.accepted();
    const { version } = await tale.read(caseId);
    const tokens = [await bearer(town, CAST.dispatcher), await bearer(town, CAST.dispatcher2)];
    const answers = await Promise.all(
      TIMES.map(async (i) => {
        const answer = await fetch(`${i % 2 ? town.url : second.url}/api/cases/${caseId}/actions/dispatch`, {
          method: 'POST',
          headers: {
            ...tokens[i % 2],
            'idempotency-key': uuidv7(),
            'content-type': 'application/json',
          },
          body: JSON.stringify({
            leadUnitId: i % 3 ? tale.units.police : tale.units.works,
            coUnitIds: [],
            seenVersion: version,
          }),
        });
        return answer.status;
      }),
    );
    expect(answers.toSorted()).toEqual([200, ...TIMES.slice(1).map(() => 409)]);
    expect(await tale.count(caseId, 'dispatch')).toBe(1);
    expect((await tale.read(caseId)).assignments).toHaveLength(1);
  });

  it('each notice and each card reaches its person once', async () => {
    const ids = await Promise.all(TIMES.slice(0, 4).map(() => tale.atPolice()));
    await Promise.all(ids.map((id) => tale.did('handler', id, 'progress', { text: `看过现场 ${id}` })));
    await tale.quiet();
    const items = await town.chat(CAST.member);
    for (const id of ids) {
      const { number } = await tale.read(id);
      expect(
        items.filter((i) => i.kind !== 'card' && JSON.stringify(i).includes(`${number}·4`)),
      ).toHaveLength(1);
      const rows = await town.app.store.read((db) =>
        db.selectFrom('card').select('out_track_id').where('case_id', '=', id).execute(),
      );
      const shown = (await town.chat(CAST.handler)).filter((i) =>
        rows.some((r) => r.out_track_id === i.outTrackId),
      );
      expect(shown).toHaveLength(1);
    }
  });
});

import type { StuckPage, StuckRepaired } from '@minqing/shared/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAllStuck, findStuck, type Finding } from '../../server/src/stuck/index.ts';
import { verifyLedger } from '../../server/src/ledger/index.ts';
import { openStages, STAGES, type Stage } from '../support/stages.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTale, SOLVED, type Part, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';

describe.each(STORES)('cases that stand still, on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  let stages: Record<Stage, string>;
  beforeAll(async () => {
    database = await store.create();
    town = await openTown({ databaseUrl: database.databaseUrl, workers: false });
    tale = await openTale(town);
    stages = await openStages(tale);
    await send();
  });
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  const send = async (): Promise<void> => {
    while ((await town.app.notices.outbox.runOnce()) > 0) {
      // until nothing is ready
    }
  };
  /** Damages as somebody with the database password would. */
  const damage = (...statements: string[]): Promise<void> =>
    town.app.store.transact(async (tx) => {
      for (const statement of statements) {
        await sql.raw(statement).execute(tx);
      }
    });
  const all = async (): Promise<Finding[]> => {
    const found: Finding[] = [];
    await findAllStuck(town.app.stuck.deps, (finding) => void found.push(finding));
    return found;
  };
  const one = (caseId: string): Promise<Finding[]> => findStuck(town.app.stuck.deps, caseId);
  const kinds = (findings: readonly Finding[]): string[] => findings.map((f) => f.kind).toSorted();
  const call = async (part: Part, method: string, path: string, body?: object) =>
    (await tale.as(part)).call(method, path, body);
  const repair = async (caseId: string): Promise<string[]> => {
    const { done } = await town.app.stuck.repairSubject({ subject: caseId, case_id: caseId });
    return done;
  };
  /** Damaged, found by the full check, repaired, sound, and repairing again does nothing. */
  async function heals(caseId: string, expected: string[]): Promise<string[]> {
    const found = (await all()).filter((f) => f.caseId === caseId);
    expect(kinds(found)).toEqual(expected);
    const before = await tale.history(caseId);
    const done = await repair(caseId);
    expect(done.length).toBeGreaterThan(0);
    expect(await one(caseId)).toEqual([]);
    expect(await repair(caseId)).toEqual([]);
    expect(await tale.history(caseId)).toEqual(before);
    return found.map((f) => f.what);
  }
  const personOf = async (userId: string): Promise<string> =>
    (
      await town.app.store.read((db) =>
        db.selectFrom('account').select('person_id').where('user_id', '=', userId).executeTakeFirstOrThrow(),
      )
    ).person_id;

  it('are none while nothing was damaged, at every stage and after every timer', async () => {
    expect(await all()).toEqual([]);
    for (const stage of STAGES) {
      expect([stage, await one(stages[stage])]).toEqual([stage, []]);
    }
    await town.advance(3 * 3_600_000);
    while ((await town.app.timers.runOnce()) > 0) {
      // until none is due
    }
    await send();
    expect(await all()).toEqual([]);
  });

  it('timers that are missing, wrong, or too many', async () => {
    const id = stages.handling;
    await damage(`delete from timer where case_id = '${id}' and step = 'due'`);
    expect(await heals(id, ['timers'])).toEqual([expect.stringContaining('到期')]);
    await damage(`update timer set fire_at = fire_at + 1 where case_id = '${id}'`);
    await heals(id, ['timers']);
    await damage(
      `insert into timer (case_id, clock_id, step, fire_at, clock_version, lease_until, fence) values ('${id}', 'review#1', 'due', 1, 1, 0, 0)`,
    );
    expect(await heals(id, ['timers'])).toEqual([expect.stringContaining('多出 1 个')]);
    await damage(
      `insert into timer (case_id, clock_id, step, fire_at, clock_version, lease_until, fence) values ('no-such-case', 'review#1', 'due', 1, 1, 0, 0)`,
    );
    expect((await all()).map((f) => f.subject)).toEqual(['no-such-case']);
    await repair('no-such-case');
    expect(await all()).toEqual([]);
  });

  it('but not reminders that a change of the calendar left where they were', async () => {
    const id = stages.handling;
    await damage(
      `update timer set fire_at = fire_at - 60000 where case_id = '${id}' and step <> 'due'`,
      `update cases set amber_at = amber_at - 60000 where id = '${id}'`,
    );
    expect(kinds(await one(id))).toEqual(['row', 'timers']);
    await damage(
      `insert into calendar_change (id, area_id, at, person_id, words, sweeps, sweep_at, lease_until, fence) values ('c1', '330700', ${town.app.clock.businessNow()}, 'p', '', 0, 0, 0, 0)`,
    );
    expect(await one(id)).toEqual([]);
    await damage("delete from calendar_change where id = 'c1'");
    await heals(id, ['row', 'timers']);
  });

  it('columns, authors and assignments that are not what the history says', async () => {
    const id = stages.dispatched;
    await damage(`update cases set state = 'closed', due_at = 1 where id = '${id}'`);
    expect((await heals(id, ['row']))[0]).toContain('状态、时限');
    const row = await town.app.store.read((db) =>
      db.selectFrom('cases').select(['state', 'number']).where('id', '=', id).executeTakeFirstOrThrow(),
    );
    expect(row.state).toBe('dispatched');
    await damage(`update cases set number = 'XX-1', version = 99 where id = '${id}'`);
    await heals(id, ['row']);
    await damage(
      `delete from assignment where case_id = '${id}'`,
      `delete from case_author where case_id = '${id}'`,
    );
    expect((await heals(id, ['row']))[0]).toMatch(/承办单位|提出人/);
    expect((await call('handler', 'GET', `/cases/${id}`)).status).toBe(200);
  });

  it('a body that is not what the history tells, or is none', async () => {
    const id = stages.accepted;
    await damage(
      `update cases set body_json = replace(body_json, '"state":"accepted"', '"state":"replied"') where id = '${id}'`,
    );
    await heals(id, ['body']);
    await damage(`update cases set body_json = '{' where id = '${id}'`);
    await heals(id, ['body']);
    expect((await tale.read(id)).state).toBe('accepted');
  });

  it('cards that a holder does not have, that nothing delivers, or that stand for nothing', async () => {
    const id = stages.handling;
    const handler = await personOf('jh0004');
    await damage(`delete from card where case_id = '${id}' and person_id = '${handler}' and live = 1`);
    expect(await heals(id, ['cards'])).toEqual(['周凯没有卡片']);
    await send();
    await tale.card('handler', id, /请答复/);
    await damage(
      `update card set delivered = 0 where case_id = '${id}' and live = 1 and purpose = 'cohandle'`,
      `delete from outbox where case_id = '${id}' and kind = 'card'`,
    );
    expect((await heals(id, ['cards']))[0]).toContain('没有发出');
    await damage(`update card set live = 1 where case_id = '${id}' and purpose = 'review'`);
    expect((await heals(id, ['cards']))[0]).toContain('办完的卡片还亮着');
    await send();
    expect(await all()).toEqual([]);
  });

  it('rows held for ever, or begun again and again without an end', async () => {
    const id = await tale.filed();
    const far = 9_000_000_000_000_000;
    await damage(`update outbox set lease_until = ${far}, lease_owner = 'x' where case_id = '${id}'`);
    await town.app.notices.outbox.runOnce();
    await heals(id, ['lease']);
    await send();
    await tale.card('reviewer', id, /新民情/);
    await damage(`update timer set lease_until = ${far} where case_id = '${id}'`);
    await heals(id, ['lease']);
    const other = await tale.filed();
    await damage(`update outbox set attempts = 99 where case_id = '${other}' and kind = 'card'`);
    await heals(other, ['lease']);
    const { items } = (await call('admin', 'GET', `/deliveries?state=dead&case=${other}`))
      .body as unknown as {
      items: { noticeLabel: string }[];
    };
    expect(items.length).toBeGreaterThan(0);
    await send();
  });

  it('a notice without a case that is held for ever', async () => {
    const [row] = await town.app.store.read((db) =>
      db.selectFrom('outbox').select('id').where('case_id', '=', stages.replied).limit(1).execute(),
    );
    await damage(
      `update outbox set case_id = null, status = 'waiting', lease_until = 9000000000000000 where id = '${row?.id}'`,
    );
    expect((await all()).map((f) => [f.subject, f.kind])).toEqual([[row?.id, 'lease']]);
    await town.app.stuck.repairSubject({ subject: row?.id ?? '', case_id: null });
    expect(await all()).toEqual([]);
    await send();
  });

  it('a duty nobody can do: the inspectors are told once, and it stays until somebody can', async () => {
    const id = stages.dispatched;
    const people = await town.app.store.read((db) =>
      db
        .selectFrom('role_grant')
        .innerJoin('account', 'account.person_id', 'role_grant.person_id')
        .select('account.id')
        .where('unit_id', '=', tale.units.police)
        .execute(),
    );
    const set = (active: 0 | 1) =>
      damage(
        `update account set active = ${active} where id in (${people.map((p) => `'${p.id}'`).join(',')})`,
      );
    await set(0);
    const found = (await one(id)).filter((f) => f.kind === 'nobody');
    expect(found).toMatchObject([{ what: expect.stringContaining('都没有可用的账号'), fixable: true }]);
    expect((await repair(id)).join()).toContain('告知了');
    await send();
    const notices = await tale.notices('inspector', /没有人能办理民情/);
    expect(notices).toHaveLength(1);
    expect(await repair(id)).toEqual([]);
    expect((await one(id)).filter((f) => f.kind === 'nobody')).toMatchObject([{ fixable: false }]);
    await set(1);
    await repair(id);
    expect(await one(id)).toEqual([]);
    await send();
  });

  it('a history with a hole is told, and left alone', async () => {
    const id = await tale.accepted();
    await send();
    await damage(`update event set version = 50 where case_id = '${id}' and version = 1`);
    const found = await one(id);
    expect(found).toMatchObject([{ kind: 'history', fixable: false }]);
    expect(await repair(id)).toEqual([]);
    await damage(`update event set version = 1 where case_id = '${id}' and version = 50`);
    expect(await one(id)).toEqual([]);
  });

  it('are found by the job where something changed, and everywhere once it was asked', async () => {
    const { job } = town.app.stuck;
    await job.tick();
    await damage(`delete from timer where case_id = '${stages.replied}'`);
    const fresh = await tale.accepted();
    await damage(`delete from timer where case_id = '${fresh}'`);
    await job.tick();
    const listed = async (): Promise<(string | null)[]> =>
      ((await call('admin', 'GET', '/admin/stuck')).body as unknown as StuckPage).items.map((i) => i.caseId);
    expect(await listed()).toContain(fresh);
    await town.advance(1_000);
    expect((await call('admin', 'POST', '/admin/stuck/check')).status).toBe(200);
    await town.until('everything was looked at', async () => {
      await job.tick();
      return (await listed()).includes(stages.replied);
    });
    expect((await call('admin', 'GET', '/admin/attention')).body).toMatchObject({ stuck: 2 });
    const { body } = await call('admin', 'POST', '/admin/stuck/repair');
    expect(body as unknown as StuckRepaired).toMatchObject({ repaired: 2, left: 0, more: false });
    expect(await listed()).toEqual([]);
    const audits = await town.app.store.read((db) =>
      db
        .selectFrom('audit')
        .select(['person_id', 'data_json'])
        .where('kind', '=', 'case.repaired')
        .where('subject', '=', fresh)
        .execute(),
    );
    expect(audits).toHaveLength(1);
    expect(audits[0]?.person_id).toBe(await personOf('jh0073'));
  });

  it('are for administrators only, each for their areas', async () => {
    const id = await tale.filed();
    await damage(`delete from timer where case_id = '${id}'`);
    await town.app.stuck.job.tick();
    const paths = [
      ['GET', '/admin/stuck'],
      ['GET', '/admin/attention'],
      ['POST', '/admin/stuck/check'],
      ['POST', '/admin/stuck/repair'],
    ] as const;
    for (const part of [
      'member',
      'reviewer',
      'dispatcher',
      'handler',
      'head',
      'inspector',
      'leader',
    ] as const) {
      for (const [method, path] of paths) {
        expect([part, path, (await call(part, method, path)).status]).toEqual([part, path, 403]);
      }
    }
    const person_id = await personOf('jh0002');
    await town.app.store.transact((tx) =>
      tx
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
        .execute(),
    );
    expect((await call('reviewer', 'GET', '/admin/attention')).body).toEqual({ deadLetters: 0, stuck: 0 });
    expect((await call('reviewer', 'POST', '/admin/stuck/repair', { subjects: [id] })).status).toBe(404);
    expect((await call('reviewer', 'POST', '/admin/stuck/repair')).body).toMatchObject({
      repaired: 0,
      lines: [],
    });
    expect(kinds(await one(id))).toEqual(['timers']);
    await damage("delete from role_grant where id = 'county'");
    expect((await call('admin', 'POST', '/admin/stuck/repair', { subjects: [id] })).status).toBe(200);
    expect(await one(id)).toEqual([]);
    // What is not accepted yet has no title here.
    expect(JSON.stringify((await call('admin', 'GET', '/admin/stuck')).body)).not.toContain('迎宾大道');
  });

  it('are repaired beside people who act on them, and nothing is lost', { timeout: 60_000 }, async () => {
    const id = await tale.atPolice();
    await send();
    await damage(
      `delete from timer where case_id = '${id}'`,
      `update cases set due_at = 1 where id = '${id}'`,
    );
    const acts = Promise.all(
      Array.from({ length: 8 }, (_, i) => tale.does('handler', id, 'progress', { text: `第 ${i} 次进展` })),
    );
    const repairs = Promise.all(Array.from({ length: 4 }, () => repair(id)));
    const answers = await acts;
    await repairs;
    // So many at once on one case: some are told to try again, but none is half done.
    const kept = answers.filter((a) => a.status === 200).length;
    expect(answers.filter((a) => a.status !== 200 && a.status !== 409)).toEqual([]);
    expect(kept).toBeGreaterThan(0);
    expect(await tale.count(id, 'progress')).toBe(kept);
    await repair(id);
    await send();
    expect(await one(id)).toEqual([]);
    await tale.did('handler', id, 'reply', SOLVED);
    await town.app.sequencer.runOnce();
    const { findings } = await verifyLedger(town.app.store, () => undefined);
    expect(findings).toBe(0);
  });
});

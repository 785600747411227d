import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STORES } from '../../../tests/support/stores.ts';
import type { TestDatabase } from '../../../tests/support/stores.ts';
import { openStore } from '../store/index.ts';
import type { Store } from '../store/index.ts';
import { appendAudit } from './append.ts';
import { addCase } from './made.test-support.ts';
import { createSequencer } from './sequencer.ts';
import { verifyLedger } from './verify.ts';

function runVerifier(url: string): Promise<{ code: number | null; output: string }> {
  const program = fileURLToPath(new URL('./verify.cli.ts', import.meta.url));
  const child = spawn(process.execPath, [program], { env: { ...process.env, DATABASE_URL: url } });
  let output = '';
  child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString('utf8')));
  child.stderr.on('data', (bytes: Buffer) => (output += bytes.toString('utf8')));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

describe.each(STORES)('the verifier on $name', (kind) => {
  let database: TestDatabase;
  let store: Store;

  /** Tampers as somebody with the database password would. */
  const tamper = (...statements: string[]): Promise<void> =>
    store.transact(async (tx) => {
      for (const statement of statements) {
        await sql.raw(statement).execute(tx);
      }
    });

  const findings = async (): Promise<string[]> => {
    const found: string[] = [];
    await verifyLedger(store, ({ kind: what, place }) => found.push(`${what} ${place}`));
    return found.sort();
  };

  beforeEach(async () => {
    database = await kind.create();
    store = await openStore({ url: database.databaseUrl });
    await store.migrate();
    await addCase(store, 'ca', 4);
    await addCase(store, 'cb', 2);
    await store.transact((tx) =>
      appendAudit(
        tx,
        { at: 5, kind: 'signOn', personId: 'p1', subject: 'p1', data: { host: '金华' } },
        { id: 'audit1', recordedAt: Date.now() },
      ),
    );
    await createSequencer(store).runOnce();
  });

  afterEach(async () => {
    await store.close();
    await database.drop();
  });

  it('finds nothing in a sound history, and says how long it is', async () => {
    const result = await verifyLedger(store, (finding) => expect(finding).toBeUndefined());
    expect(result).toMatchObject({ events: 6, audits: 1, sealed: 7, findings: 0 });
    expect(result.chainHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('finds nothing wrong with events that are on their way', async () => {
    await addCase(store, 'cc', 2);
    expect(await findings()).toEqual([]);
  });

  it('locates a deleted event in the middle of a case', async () => {
    await tamper("delete from event where id = 'ca-2'");
    const found = await findings();
    expect(found).toContain('missing case ca event 2');
    expect(found).toContain('missing ledger 3');
    expect(found).toContain('count case ca');
  });

  it('locates a deleted last event even when the case was set back with it', async () => {
    await tamper("delete from event where id = 'ca-4'", "update cases set version = 3 where id = 'ca'");
    expect(await findings()).toEqual(['missing ledger 5']);
  });

  it('locates two swapped events', async () => {
    await tamper(
      "update event set version = 99 where id = 'ca-2'",
      "update event set version = 2 where id = 'ca-3'",
      "update event set version = 3 where id = 'ca-2'",
    );
    const found = await findings();
    expect(found).toContain('moved case ca event 2 (ca-3)');
    expect(found).toContain('moved case ca event 3 (ca-2)');
  });

  it.each([
    ['words', `update event set data_json = replace(data_json, '2 步', '9 步') where id = 'ca-2'`],
    ['a space', `update event set clocks_json = '[ ]' where id = 'ca-2'`],
    ['the time', `update event set at = at - 1 where id = 'ca-2'`],
    ['the person', `update event set person_id = 'p2' where id = 'ca-2'`],
    ['the capacity', `update event set capacity_json = '{"kind":"timer"}' where id = 'ca-2'`],
  ])('locates an edited event: %s', async (_what, statement) => {
    await tamper(statement);
    expect(await findings()).toEqual(['edited case ca event 2 (ca-2)']);
  });

  it('locates an edit whose author also wrote a new hash', async () => {
    await tamper(`update event set at = 1, hash = '${'0'.repeat(64)}' where id = 'cb-2'`);
    const found = await findings();
    expect(found).toContain('edited ledger 7');
  });

  it('locates what was done to the ledger: an entry deleted, two swapped, the tail cut', async () => {
    await tamper('delete from ledger where seq = 2');
    expect(await findings()).toContain('missing ledger 2');
    await tamper(
      'update ledger set seq = 100 where seq = 4',
      'update ledger set seq = 4 where seq = 5',
      'update ledger set seq = 5 where seq = 100',
    );
    const swapped = await findings();
    expect(swapped).toContain('broken ledger 4');
    expect(swapped).toContain('broken ledger 5');
    await tamper('delete from ledger where seq = 7');
    expect(await findings()).toContain('unsealed event cb-2');
  });

  it('locates an edited and a deleted audit entry', async () => {
    await tamper("update audit set subject = 'p2'");
    expect(await findings()).toEqual(['edited audit audit1']);
    await tamper('delete from audit');
    expect(await findings()).toEqual(['missing ledger 1']);
  });

  it(
    'ends the command with 0 for a sound history, 1 for a broken one, 2 for none',
    { timeout: 30_000 },
    async () => {
      // The command reads beside a running server: this store stays open.
      expect(await runVerifier(database.databaseUrl)).toMatchObject({ code: 0 });
      await tamper("update event set at = 1 where id = 'cb-1'");
      const broken = await runVerifier(database.databaseUrl);
      expect(broken.code).toBe(1);
      expect(broken.output).toContain('case cb event 1 (cb-1)');
      expect(await runVerifier(`${database.databaseUrl}-absent`)).toMatchObject({ code: 2 });
    },
  );

  it('locates an audit entry that was hidden from its administrators', async () => {
    await tamper("update audit set area_id = '330702'");
    expect(await findings()).toEqual(['edited audit audit1']);
    await tamper('update audit set area_id = null');
    expect(await findings()).toEqual(['edited audit audit1']);
  });

  it('tells of an event that has waited for the ledger for more than a minute', async () => {
    await addCase(store, 'cc', 1);
    await tamper('update event_pending set recorded_at = recorded_at - 61000');
    expect(await findings()).toEqual(['unsealed case cc-1']);
  });
});

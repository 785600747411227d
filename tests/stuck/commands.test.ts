import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTale, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';

/** SQLite is for one process: the server has it, and its page does the repair. */
const END = {
  sqlite: { code: 2, output: expect.stringContaining('管理 › 卡住的民情') },
  mariadb: { code: 0, output: expect.stringContaining('修好 1 件，还剩 0 件') },
};

describe.each(STORES)('cases:check and cases:repair on $name', (store) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  let caseId = '';
  beforeAll(async () => {
    database = await store.create();
    town = await openTown({ databaseUrl: database.databaseUrl, workers: false });
    tale = await openTale(town);
    caseId = await tale.atPolice();
    while ((await town.app.notices.outbox.runOnce()) > 0) {
      // until nothing is ready
    }
  });
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  function run(
    command: 'check' | 'repair',
    ...words: string[]
  ): Promise<{ code: number | null; output: string }> {
    const program = fileURLToPath(new URL(`../../server/src/stuck/${command}.cli.ts`, import.meta.url));
    const { config } = town.app;
    const child = spawn(process.execPath, [program, ...words], {
      env: {
        ...process.env,
        DATABASE_URL: database.databaseUrl,
        CLOCK_URL: `${town.messenger.url}/control/clock`,
        DINGTALK_API_BASE: town.messenger.url,
        DINGTALK_OAPI_BASE: town.messenger.url,
        FILES_DIR: config.files.dir,
        NODE_ENV: 'test',
      },
    });
    let output = '';
    child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString('utf8')));
    child.stderr.on('data', (bytes: Buffer) => (output += bytes.toString('utf8')));
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
  }
  const timers = async (): Promise<number> =>
    (
      await town.app.store.read((db) =>
        db.selectFrom('timer').select('step').where('case_id', '=', caseId).execute(),
      )
    ).length;

  it(
    'say what stands still, repair it where they may, and end with what is left',
    { timeout: 60_000 },
    async () => {
      const sound = await run('check');
      expect(sound).toMatchObject({ code: 0, output: expect.stringContaining('没有卡住的民情') });
      const wanted = await timers();
      await town.app.store.transact((tx) => tx.deleteFrom('timer').where('case_id', '=', caseId).execute());
      const { number } = await tale.read(caseId);
      const found = await run('check');
      expect(found.code).toBe(1);
      expect(found.output).toMatch(new RegExp(`✗ ${number} {2}时限：少了.*→ 按经过重新排好时限`));
      expect(await run('repair')).toMatchObject({ code: 2, output: expect.stringContaining('用法') });
      expect(await run('repair', number, '--dry-run')).toMatchObject({
        code: 1,
        output: expect.stringContaining('预演'),
      });
      expect(await timers()).toBe(0);
      expect(await run('repair', '--all')).toMatchObject(END[store.name]);
      expect(await timers()).toBe(store.name === 'mariadb' ? wanted : 0);
      // Twice is once.
      await town.app.stuck.repairSubject({ subject: caseId, case_id: caseId });
      expect(await timers()).toBe(wanted);
      expect(await run('check')).toMatchObject({ code: 0 });
    },
  );
});

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { killRun, type Way } from './kill-run.ts';
import { ROOT } from './server-process.ts';
import { openTables } from './tables.ts';
import { openWorld, type World } from './world.ts';

const WAYS: Way[] = ['after-commit', 'random', 'after-host-call', 'answered', 'sequencer', 'random'];
/** Fifty in all, those while the schema is made among them. */
const KILLS = { mariadb: 30, sqlite: 14 };
const MIGRATION_KILLS = [1, 4, 9];

describe.each(STORES)('a server that is killed again and again, on $name', (store) => {
  let database: TestDatabase | undefined;
  let world: World | undefined;
  afterEach(async () => {
    await world?.close();
    await database?.drop();
  });

  it('loses no acknowledged change and tells everybody of everything once', async () => {
    database = await store.create();
    let diedMigrating = 0;
    world = await openWorld({
      databaseUrl: database.databaseUrl,
      async beforeRoster({ start }) {
        for (const time of MIGRATION_KILLS) {
          const life = await start({ MINQING_KILL_AT: `migration:${time}` });
          diedMigrating += life.isGone() ? 1 : 0;
          await life.kill();
        }
      },
    });
    const report = await killRun(world, {
      kills: KILLS[store.name],
      ways: WAYS,
      seed: 20_260_706,
      clients: 6,
      thinkMs: 150,
      cards: true,
      restMs: 90_000,
    });

    expect(report.findings).toEqual([]);
    expect(report.refused).toEqual([]);
    expect(report.told).toBeGreaterThan(report.deaths.length);
    expect(report.exitCode).toBe(0);
    // It really died where it was to die.
    expect(diedMigrating).toBe(MIGRATION_KILLS.length);
    for (const way of ['after-commit', 'after-host-call', 'sequencer'] as const) {
      expect(report.deaths.filter((d) => d.way === way && d.where === 'there').length, way).toBeGreaterThan(
        0,
      );
    }
    const verified = spawnSync(
      process.execPath,
      [join(ROOT, 'server/src/ledger/verify.cli.ts'), database.databaseUrl],
      {
        encoding: 'utf8',
        cwd: ROOT,
      },
    );
    expect(verified.stdout).toContain('The history is whole');
    expect(verified.status).toBe(0);
    const tables = await openTables(database.databaseUrl);
    const tried = await tables.all('SELECT COUNT(*) AS n FROM outbox WHERE attempts > 1');
    await tables.close();
    console.log(store.name, {
      cases: report.cases,
      told: report.told,
      deaths: report.deaths.length,
      sentAgain: Number(tried[0]?.['n']),
    });
  });
});

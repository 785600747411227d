import { afterEach, describe, expect, it } from 'vitest';
import { STORES, type TestDatabase } from '../support/stores.ts';
import {
  ANSWERS_BEFORE_COMMIT,
  breakBuild,
  MARKS_BEFORE_SENDING,
  type BrokenBuild,
} from './broken-builds.ts';
import { killRun, type KillReport } from './kill-run.ts';
import { openWorld, type World } from './world.ts';

/** The checker of the kill test, turned on builds that are wrong: it must see it. */
describe('the kill checker', () => {
  let build: BrokenBuild | undefined;
  let database: TestDatabase | undefined;
  let world: World | undefined;
  afterEach(async () => {
    await world?.close();
    await database?.drop();
    build?.remove();
  });

  /** On MariaDB, where several changes can be between their answer and their COMMIT at once. */
  async function killed(change: Parameters<typeof breakBuild>[0]): Promise<KillReport> {
    const mariadb = STORES.find((store) => store.name === 'mariadb')!;
    build = breakBuild(change);
    database = await mariadb.create();
    world = await openWorld({ databaseUrl: database.databaseUrl, main: build.main });
    return killRun(world, {
      kills: 6,
      ways: ['answered', 'random'],
      seed: 7,
      clients: 6,
      thinkMs: 20,
      cards: false,
      restMs: 8_000,
    });
  }

  it('catches a build that answers before COMMIT', async () => {
    const { findings } = await killed(ANSWERS_BEFORE_COMMIT);
    expect(findings.filter((finding) => finding.startsWith('lost: '))).not.toEqual([]);
  });

  it('catches a build that marks a notice as sent before it sends it', async () => {
    const { findings } = await killed(MARKS_BEFORE_SENDING);
    expect(
      findings.filter((finding) =>
        /marked as sent and never was|is done and was delivered 0 times/.test(finding),
      ),
    ).not.toEqual([]);
  });
});

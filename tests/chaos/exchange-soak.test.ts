/** The exchange's soak in its small form, and that neither judge of it is blind: each sees a difference made on purpose. */
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { soak, type Soak } from '../exchange/soak/soak.ts';
import { openTables } from './tables.ts';

const CASES = 500;
/** A busy machine is no fault of theirs. */
const PATIENCE_MS = 1_800_000;
const SEED = Number(process.env['SOAK_SEED'] ?? 20_260_706);

describe(`${CASES} cases between both sides while everything breaks, seed ${SEED}`, () => {
  let end: Soak;
  beforeAll(async () => {
    end = await soak({ cases: CASES, seed: SEED });
  }, PATIENCE_MS);
  afterAll(() => end?.close());

  it('end equal, each event done once and in order, by 对账 and by a comparison of the two databases', () => {
    expect(end.compared.findings).toEqual([]);
    expect(end.last.sentence).toBe(`${CASES} 件，一致`);
    expect(end.compared.cases).toBe(CASES);
    expect(end.compared.fromUs).toBeGreaterThan(2 * CASES);
    expect(end.compared.fromThem).toBeGreaterThan(3 * CASES);
  });

  it('went through what it was to go through', () => {
    expect(end.deaths.here.length).toBeGreaterThanOrEqual(8);
    expect(end.deaths.here.filter((d) => d.there).length).toBeGreaterThan(0);
    expect(end.deaths.there.length).toBeGreaterThanOrEqual(6);
    expect(Object.entries(end.harm).filter(([, times]) => times < 20)).toEqual([]);
    expect(end.checks.map((c) => c.why)).toEqual(['their backup', 'our backup', 'at the end']);
    const words = new Set(end.repairs.keys());
    expect(words).toContain('对方丢了自己发过的消息，已送还');
    expect(words).toContain('对方缺，已重发');
    expect(words).toContain('本系统丢了办理经过，已用对方代存的密封记录恢复');
    // Only what a member withdrew while the platform was at it had to be given up.
    expect(end.givenUp.filter(({ caseId }) => !end.courses.withdrawn.has(caseId))).toEqual([]);
    console.log({
      seconds: end.seconds,
      deaths: end.deaths.here.length + end.deaths.there.length,
      harm: end.harm,
    });
  });

  it('an event that is missing there is seen by both, and brought back', async () => {
    const theirs = new DatabaseSync(end.sides.thereFile, { timeout: 5_000 });
    const [row] = theirs
      .prepare("SELECT id, case_id FROM log WHERE side = 'P' ORDER BY case_id, seq DESC")
      .all();
    theirs.prepare('DELETE FROM log WHERE id = ?').run(String(row?.['id']));
    theirs.close();
    expect((await end.compare()).findings.join('\n')).toContain(String(row?.['id']));
    const checked = await end.check();
    expect(checked.findings.map((f) => [f.text, f.repaired])).toEqual([
      ['对方丢了自己发过的消息，已送还', true],
    ]);
    expect((await end.compare()).findings).toEqual([]);
    expect((await end.check()).findings).toEqual([]);
  });

  it('an event done twice here is seen by both, and left to a person', async () => {
    const ours = await openTables(end.sides.world.databaseUrl);
    const [row] = await ours.all(
      `SELECT case_id, MAX(version) AS version FROM event WHERE action = 'reply' AND capacity_json LIKE '%"platform"%' GROUP BY case_id LIMIT 1`,
    );
    const caseId = String(row?.['case_id']);
    await ours.run(
      `INSERT INTO event (id, case_id, version, action, at, recorded_at, person_id, capacity_json, to_state, clocks_json, data_json, prev_hash, hash)
        SELECT 'twice', case_id, 1000, action, at, recorded_at, person_id, capacity_json, to_state, clocks_json, data_json, prev_hash, hash
        FROM event WHERE case_id = '${caseId}' AND version = ${Number(row?.['version'])}`,
    );
    const seen = await end.compare();
    const checked = await end.check();
    await ours.run("DELETE FROM event WHERE id = 'twice'");
    await ours.close();
    expect(seen.findings).toHaveLength(1);
    expect(seen.findings[0]).toContain(`${caseId}: done in their name`);
    expect(checked.findings.map((f) => [f.text, f.repaired])).toEqual([
      ['收下的消息与办理经过对不上，请核对', false],
    ]);
    expect((await end.check()).findings).toEqual([]);
  });
});

/**
 * `npm run exchange:soak -- [--cases 10000] [--seed N] [--at-once 48] [--misfortunes N] [--own-backup off] [--keep FOLDER]`:
 * the soak on SQLite. Ends with 1 when the sides differ; FOLDER then has both databases.
 */
import { parseArgs } from 'node:util';
import { soak } from './soak.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    'at-once': { type: 'string', default: '48' },
    'own-backup': { type: 'string', default: 'on' },
    misfortunes: { type: 'string' },
    keep: { type: 'string' },
  },
});
const [cases, seed, atOnce] = [values.cases, values.seed, values['at-once']].map(Number);
if (![cases, seed, atOnce].every((n) => Number.isInteger(n) && (n ?? 0) > 0)) {
  console.error('--cases, --seed, --at-once：正整数');
  process.exit(2);
}
console.log(`cases ${cases}, seed ${seed}`);
const began = Date.now();
const result = await soak({
  cases: cases ?? 0,
  seed: seed ?? 0,
  atOnce: atOnce ?? 48,
  ownBackup: values['own-backup'] === 'on',
  misfortunes: values.misfortunes === undefined ? undefined : Number(values.misfortunes),
  keepIn: values.keep,
  say: (words) => console.log(`${String(Math.round((Date.now() - began) / 1_000)).padStart(5)} s  ${words}`),
});
const { compared, deaths, harm, checks, repairs, givenUp, courses, last, seconds } = result;
console.log({
  seconds,
  deaths: {
    here: deaths.here.length,
    atNamedPoints: deaths.here.filter((d) => d.there).length,
    there: deaths.there.length,
  },
  harm,
  checks,
  repairs: Object.fromEntries(repairs),
  givenUp: givenUp.length,
  withdrawn: courses.withdrawn.size,
  refused: Object.fromEntries(courses.refused),
  对账: last.sentence,
  compared: { ...compared, findings: compared.findings.slice(0, 20) },
});
await result.close();
process.exitCode = compared.findings.length === 0 && last.findings.length === 0 ? 0 : 1;

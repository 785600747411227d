/**
 * `npm run bench [-- names] [--list] [--runs=5] [--large=1000000] [--largest=5000000] [--only=sqlite|mariadb] [--write]`:
 * measures what the design promises. Each file `*.bench.ts` here is one benchmark. Ends with 1 when a promise does not hold; with `--write` the findings
 * become docs/benchmarks.md.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../check/step.ts';
import { complain, say } from '../setup/words.mjs';
import { DATABASES, withTools, type Bench, type Finding } from './kit.ts';

const ENDING = '.bench.ts';
const PAGE = 'docs/benchmarks.md';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    list: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    runs: { type: 'string', default: '5' },
    large: { type: 'string', default: '1000000' },
    largest: { type: 'string', default: '5000000' },
    only: { type: 'string' },
  },
});

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(ENDING))
  .map((file) => file.slice(0, -ENDING.length));
const unknown = positionals.filter((name) => !names.includes(name));
const runs = numberOf(values.runs, 1);
const large = numberOf(values.large, 10_000);
const largest = numberOf(values.largest, 10_000);
const databases = DATABASES.filter((kind) => values.only === undefined || kind === values.only);

if (unknown.length > 0 || databases.length === 0 || [runs, large, largest].some(Number.isNaN)) {
  complain(
    unknown.length > 0
      ? `没有这个基准：${unknown.join('、')}。可选：${names.join('、')}`
      : '--runs 从 1 起，--large、--largest 从 10000 起，都是整数；--only 是 sqlite 或 mariadb',
    'Names, --runs (from 1), --large and --largest (from 10000), --only=sqlite|mariadb: see --list',
  );
  process.exitCode = 1;
} else if (values.list) {
  for (const name of names) {
    console.log(`${name.padEnd(12)} ${(await benchOf(name)).about}`);
  }
} else {
  await runAll(positionals.length > 0 ? positionals : names);
}

async function runAll(chosen: string[]): Promise<void> {
  const findings: Finding[] = [];
  for (const name of chosen) {
    const bench = await benchOf(name);
    say(`${name}……`, bench.about);
    const found = await withTools(
      { runs, large, largest, databases, say: (words) => console.log(`  ${words}`) },
      (tools) => bench.run(tools),
    );
    found.forEach((finding) => console.log(`\n${markdown(finding)}`));
    findings.push(...found);
  }
  if (values.write) {
    writeFileSync(join(ROOT, PAGE), page(findings));
  }
  const broken = findings.flatMap((finding) => finding.broken ?? []);
  broken.forEach((promise) => console.error(`✗ ${promise}`));
  process.exitCode = broken.length > 0 ? 1 : 0;
}

async function benchOf(name: string): Promise<Bench> {
  return ((await import(`./${name}${ENDING}`)) as { bench: Bench }).bench;
}

function numberOf(text: string, least: number): number {
  const value = Number(text);
  return Number.isInteger(value) && value >= least ? value : Number.NaN;
}

function markdown({ title, columns, rows, note }: Finding): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [
    `## ${title}`,
    '',
    line(columns),
    line(columns.map((_, i) => (i === 0 ? '---' : '---:'))),
    ...rows.map(line),
    '',
    note,
  ].join('\n');
}

function page(findings: readonly Finding[]): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}, ${runs} interleaved runs`;
  return [
    '# Benchmarks',
    '',
    `Written by \`npm run bench -- --write\`: medians (${machine}). Client, server and database share the machine, so`,
    'read the ratios, not the numbers.',
    ...findings.map((finding) => `\n${markdown(finding)}`),
    '',
  ].join('\n');
}

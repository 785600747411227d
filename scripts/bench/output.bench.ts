/** A workbook of many rows: whatever its length, the process that writes it holds no more than for a short one. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median, type Bench, type Finding, type Tools } from './kit.ts';

const CHILD = fileURLToPath(new URL('./output.child.ts', import.meta.url));
const SIZES = [1_000, 100_000, 300_000] as const;
/** MiB of JavaScript's heap the process is given: who kept rows would run out long before the end. */
const HEAP = 48;
/** How much more the longest may hold than one a third as long: what was held of the rows would make it three times. */
const MOST = 1.25;
const run = promisify(execFile);

interface Taken {
  ms: number;
  bytes: number;
  peak: number;
}

async function written(rows: number): Promise<Taken> {
  const { stdout } = await run(process.execPath, [`--max-old-space-size=${HEAP}`, CHILD, String(rows)]);
  return JSON.parse(stdout) as Taken;
}

async function measure({ runs, say }: Tools): Promise<Finding[]> {
  const taken = new Map<number, Taken[]>(SIZES.map((rows) => [rows, []]));
  for (let i = 0; i < runs; i += 1) {
    for (const rows of SIZES) {
      say(`${rows} rows, ${i + 1} of ${runs}`);
      taken.get(rows)?.push(await written(rows));
    }
  }
  const of = (rows: number, key: keyof Taken): number =>
    median((taken.get(rows) ?? []).map((one) => one[key]));
  const mib = (rows: number): number => Math.round(of(rows, 'peak') / 1_024);
  const [, long, longest] = SIZES;
  const more = mib(longest) / mib(long);
  return [
    {
      title: `A workbook of 20 columns, each size in a process of its own with a heap of ${HEAP} MiB, in turn`,
      columns: ['rows', 'peak memory, MiB', 'file, KiB', 'ms'],
      rows: SIZES.map((rows) => [rows, mib(rows), Math.round(of(rows, 'bytes') / 1_024), of(rows, 'ms')]),
      note:
        'Pages of 200 rows are made as they are asked for; the file goes nowhere. Memory rises while buffers wait for the ' +
        `collector, then stays: three times the rows hold ${more.toFixed(2)} times as much.`,
      broken: more > MOST ? [`three times the rows hold ${more.toFixed(2)} times as much, over ${MOST}`] : [],
    },
  ];
}

export const bench: Bench = {
  about: 'peak memory of workbooks of 1,000, 100,000 and 300,000 rows',
  run: measure,
};

/** A workbook of many rows: whatever its length, the process that writes it holds no more than for a short one. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median, type Bench, type Finding, type Tools } from './kit.ts';

const CHILD = fileURLToPath(new URL('./output.child.ts', import.meta.url));
const SIZES = [1_000, 100_000] as const;
/** MiB of JavaScript's heap the process is given: who kept rows would run out long before the end. */
const HEAP = 48;
/** MiB more than for the short one: buffers the collector has not come to yet. */
const MOST_MORE = 160;
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
  const [short, long] = SIZES;
  const more = mib(long) - mib(short);
  return [
    {
      title: `A workbook of 20 columns, each size in a process of its own with a heap of ${HEAP} MiB, in turn`,
      columns: ['rows', 'peak memory, MiB', 'file, KiB', 'ms'],
      rows: SIZES.map((rows) => [rows, mib(rows), Math.round(of(rows, 'bytes') / 1_024), of(rows, 'ms')]),
      note: `Pages of 200 rows are made as they are asked for; the file goes nowhere. ${more} MiB more for a hundred times the rows.`,
      broken: more > MOST_MORE ? [`the longer workbook holds ${more} MiB more, over ${MOST_MORE}`] : [],
    },
  ];
}

export const bench: Bench = {
  about: 'peak memory of a workbook of 100,000 rows against one of 1,000',
  run: measure,
};

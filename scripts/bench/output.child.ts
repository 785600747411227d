/** Writes a workbook of so many rows into nothing, in a process of its own, and prints what it took as JSON. */
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { workbook, type Cell, type Column } from '../../server/src/workbook/index.ts';

const PAGE = 200;
const COLUMNS: readonly Column[] = [
  { head: '编号', width: 16 },
  { head: '标题', width: 44, kind: 'wrapped' },
  ...Array.from({ length: 14 }, (_, i): Column => ({ head: `文字 ${i + 1}`, width: 16 })),
  ...Array.from({ length: 3 }, (_, i): Column => ({ head: `时间 ${i + 1}`, width: 17, kind: 'moment' })),
  { head: '件数', width: 8, kind: 'count' },
];

/** Pages as a list gives them: made when asked for, none kept. */
async function* pages(rows: number): AsyncGenerator<Cell[][], void, undefined> {
  for (let at = 0; at < rows; at += PAGE) {
    await new Promise((resolve) => setImmediate(resolve));
    yield Array.from({ length: Math.min(PAGE, rows - at) }, (_, i): Cell[] => [
      `JH-2026-${at + i}`,
      `迎宾大道与环城南路交叉口红绿灯按车流设置时长，第 ${at + i} 次反映`,
      ...Array.from({ length: 14 }, (_each, n) => `市公安局交警支队 ${(at + i) * n}`),
      ...[1, 2, 3].map((n) => 1_783_000_000_000 + (at + i) * n * 60_000),
      i,
    ]);
  }
}

let bytes = 0;
const started = performance.now();
const nowhere = new Writable({
  write(chunk: Buffer, _encoding, done) {
    bytes += chunk.length;
    done();
  },
});
await pipeline(
  workbook([{ name: '民情', columns: COLUMNS, pages: pages(Number(process.argv[2])) }]),
  nowhere,
);
console.log(
  JSON.stringify({
    ms: Math.round(performance.now() - started),
    bytes,
    /** KiB, the most this process ever held. */
    peak: process.resourceUsage().maxRSS,
  }),
);

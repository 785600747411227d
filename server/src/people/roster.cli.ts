/** `npm run roster -- people.csv [--units units.csv] [--areas areas.csv] [--dry-run] [--complete]` */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { systemClock } from '../clock.ts';
import { loadConfig } from '../config.ts';
import { openStore } from '../store/index.ts';
import { createPhoneVault } from './crypto.ts';
import { importRoster } from './roster.ts';

const FILE_NAMES = { areas: '地区', units: '单位', people: '人员' } as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    units: { type: 'string' },
    areas: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    complete: { type: 'boolean', default: false },
  },
});
const read = (path: string | undefined): { text?: string } => (path === undefined ? {} : { text: readFileSync(path, 'utf8') });
const people = read(positionals[0]).text;
const units = read(values.units).text;
const areas = read(values.areas).text;
if (people === undefined && units === undefined && areas === undefined) {
  console.error('用法：npm run roster -- people.csv [--units units.csv] [--areas areas.csv] [--dry-run] [--complete]');
  process.exit(2);
}

const config = loadConfig();
const store = await openStore({ url: config.databaseUrl });
await store.migrate();
const result = await importRoster(
  { store, clock: systemClock, vault: createPhoneVault(config.dataKey, config.indexKey) },
  { ...(people === undefined ? {} : { people }), ...(units === undefined ? {} : { units }), ...(areas === undefined ? {} : { areas }) },
  { hostId: config.dingtalk.hostId, dryRun: values['dry-run'], complete: values.complete },
);
await store.close();
for (const error of result.errors) {
  console.error(`${FILE_NAMES[error.file]}表第 ${error.line} 行：${error.message}`);
}
const counts = `地区 ${result.areas}，单位 ${result.units}，人员 ${result.people}，授权 ${result.granted}，结束授权 ${result.ended}`;
if (result.errors.length > 0) {
  console.error(`有 ${result.errors.length} 处错误，没有写入任何内容。`);
  process.exitCode = 1;
} else {
  console.log(values['dry-run'] ? `预演，没有写入：${counts}` : `已导入：${counts}`);
}

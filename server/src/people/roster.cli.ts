/** `npm run roster -- people.csv [--units units.csv] [--areas areas.csv] [--host ID] [--dry-run] [--complete]` */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { systemClock } from '../clock.ts';
import { ConfigError, hostIdsOf, loadConfig } from '../config.ts';
import { DatabaseInUse, openStore } from '../store/index.ts';
import { createPhoneVault } from './crypto.ts';
import { importRoster, type RosterFiles, type RosterResult } from './roster.ts';

const FILE_NAMES = { areas: '地区', units: '单位', people: '人员' } as const;
const USAGE = `用法：npm run roster -- people.csv [--units units.csv] [--areas areas.csv] [--host ID] [--dry-run] [--complete]
  --host      名单里的 userid 是哪个平台的；不写是 HOSTS 里的第一个（浙政钉的 userid 是员工编码 GE_…）
  --dry-run   只检查并说出会改什么，不写入
  --complete  这是完整名单：名单里没有的授权到此为止`;

/** Resolves the exit code: 0 done, 1 nothing was written, 2 called wrongly. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      units: { type: 'string' },
      areas: { type: 'string' },
      host: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      complete: { type: 'boolean', default: false },
    },
  });
  const paths = { people: positionals[0], units: values.units, areas: values.areas };
  const files: RosterFiles = {};
  for (const name of ['people', 'units', 'areas'] as const) {
    const path = paths[name];
    if (path !== undefined) {
      files[name] = readFileSync(path, 'utf8');
    }
  }
  if (Object.keys(files).length === 0 || (values.complete && files.people === undefined)) {
    console.error(USAGE);
    return 2;
  }
  const config = loadConfig();
  const store = await openStore({ url: config.databaseUrl });
  try {
    await store.migrate();
    const deps = { store, clock: systemClock, vault: createPhoneVault(config.dataKey, config.indexKey) };
    const [first = ''] = hostIdsOf(config);
    const hostId = values.host ?? first;
    if (!hostIdsOf(config).includes(hostId)) {
      console.error(`没有接入 ${hostId}；HOSTS 里有的是：${hostIdsOf(config).join('、')}`);
      return 2;
    }
    const options = { hostId, dryRun: values['dry-run'], complete: values.complete };
    return report(await importRoster(deps, files, options), values['dry-run']);
  } finally {
    await store.close();
  }
}

function report(result: RosterResult, dryRun: boolean): number {
  for (const error of result.errors) {
    console.error(`${FILE_NAMES[error.file]}表第 ${error.line} 行：${error.message}`);
  }
  if (result.errors.length > 0) {
    console.error(`有 ${result.errors.length} 处错误，没有写入任何内容。`);
    return 1;
  }
  const counts = `地区 ${result.areas}，单位 ${result.units}，人员 ${result.people}，授权 ${result.granted}，结束授权 ${result.ended}`;
  console.log(dryRun ? `预演，没有写入：${counts}` : `已导入：${counts}`);
  return 0;
}

/** What a person can repair is said in words; anything else is our bug and keeps its stack. */
function explain(error: unknown): void {
  if (error instanceof DatabaseInUse) {
    console.error('数据库正被另一个进程使用：请先停下服务再导入，或改用 MySQL。');
  } else if (error instanceof ConfigError) {
    console.error(error.message);
  } else if (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ENOENT' || String(error.code).startsWith('ERR_PARSE_ARGS'))
  ) {
    console.error(`${error.message}\n${USAGE}`);
  } else {
    console.error(error);
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    explain(error);
    process.exitCode = 1;
  },
);

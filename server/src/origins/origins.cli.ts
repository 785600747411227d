/**
 * `npm run origins -- [--host ID] [https://front.example …] [--none]`: tells, or replaces, the other origins that serve the
 * mini-app. A running server follows within seconds.
 */
import { parseArgs } from 'node:util';
import { systemClock } from '../clock.ts';
import { ConfigError, hostIdsOf, loadConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { DatabaseInUse, openStore } from '../store/index.ts';
import { parseOrigins, readOrigins, writeOrigins } from './origins.ts';

const USAGE = `用法：npm run origins                                    列出各平台的前端来源
      npm run origins -- --host ID https://… [https://…]   换成这些
      npm run origins -- --host ID --none                  一个也不留`;

/** Resolves the exit code: 0 done, 1 nothing was written, 2 called wrongly. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { host: { type: 'string' }, none: { type: 'boolean', default: false } },
  });
  const writes = positionals.length > 0 || values.none;
  if (writes !== (values.host !== undefined) || (positionals.length > 0 && values.none)) {
    console.error(USAGE);
    return 2;
  }
  const config = loadConfig();
  const hostIds = hostIdsOf(config);
  const { host: hostId } = values;
  if (hostId !== undefined && !hostIds.includes(hostId)) {
    console.error(`没有接入 ${hostId}；HOSTS 里有的是：${hostIds.join('、')}`);
    return 2;
  }
  const store = await openStore({ url: config.databaseUrl });
  try {
    await store.migrate();
    if (hostId !== undefined) {
      const origins = parseOrigins(positionals, config.mode === 'production');
      await store.transact(async (tx) => {
        const version = (await readOrigins(tx)).get(hostId)?.version ?? 0;
        await writeOrigins(tx, { hostId, origins, version, personId: null, at: systemClock.businessNow() });
      });
    }
    const all = await store.read(readOrigins);
    for (const id of hostIds) {
      console.log(`${id}：${all.get(id)?.origins.join(' ') || '没有，只在本机地址上'}`);
    }
    return 0;
  } finally {
    await store.close();
  }
}

/** What a person can repair is said in words; anything else is our bug and keeps its stack. */
function explain(error: unknown): void {
  if (error instanceof DatabaseInUse) {
    console.error('数据库正被另一个进程使用：请在「管理 · 前端来源」里改，或先停下服务。');
  } else if (error instanceof AppError) {
    console.error(error.errors?.map((one) => one.message).join('\n') ?? error.title);
  } else if (error instanceof ConfigError) {
    console.error(error.message);
  } else {
    console.error(error);
  }
}

process.exitCode = await main().catch((error: unknown) => {
  explain(error);
  return 1;
});

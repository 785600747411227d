/** `npm run doctor [-- --host ID] [--send USERID]` */
import { parseArgs } from 'node:util';
import { hostChecks } from '../app.hosts.ts';
import { ConfigError, hostIdsOf, loadConfig, type Config } from '../config.ts';
import { systemClock } from '../clock.ts';
import { examine, serverChecks, summaryOf } from './index.ts';

const USAGE = `用法：npm run doctor [-- --host ID] [--send USERID]
  --host  只查这一个平台（HOSTS 里的第一个是默认的发送对象所在）
  --send  给这个人发一条试发的工作通知：写自己的。钉钉写 userid，浙政钉写员工编码 GE_…
一项不对就以 1 退出，全部能用以 0 退出。先把配置读进环境：set -a; . ./.env; set +a`;

/** Resolves the exit code: 0 nothing is wrong, 1 something is, 2 called wrongly. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { host: { type: 'string' }, send: { type: 'string' } } });
  let config: Config;
  try {
    config = loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) {
      throw error;
    }
    console.log('\n配置');
    error.problems.forEach((problem) => console.log(`  ✗ ${problem}`));
    console.log('      怎么办：照 .env.example 补上或改正，再查一遍');
    return 1;
  }
  const ids = hostIdsOf(config);
  if (values.host !== undefined && !ids.includes(values.host)) {
    console.error(`没有接入 ${values.host}；HOSTS 里有的是：${ids.join('、')}`);
    return 2;
  }
  console.log('\n配置\n  ✓ 环境变量：齐全，格式对');
  const sending = values.host ?? ids[0];
  const hosts = hostChecks({ config, clock: systemClock })
    .filter(({ id }) => values.host === undefined || id === values.host)
    .map(({ id, title, checks }) => ({
      title,
      checks,
      sendTo: id === sending ? (values.send ?? null) : null,
    }));
  const reports = await examine([{ title: '服务器', checks: serverChecks({ config }) }, ...hosts], (line) =>
    console.log(line),
  );
  const { text, ok } = summaryOf(reports);
  console.log(`\n${text}`);
  return ok ? 0 : 1;
}

main().then(
  // A database that does not answer would keep the process for minutes.
  (code) => process.exit(code),
  (error: unknown) => {
    const called =
      error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
    console.error(called ? `${(error as Error).message}\n${USAGE}` : error);
    process.exitCode = called ? 2 : 1;
  },
);

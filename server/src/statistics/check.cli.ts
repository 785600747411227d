/** `npm run statistics:check`: exit code 0 when every figure is what a full recount gives, 1 when not, 2 when it broke off. */
import { VARIABLES } from '../config.variables.ts';
import { createCalendars } from '../deadlines/index.ts';
import { createDirectory } from '../people/index.ts';
import { openStore } from '../store/index.ts';
import { checkStatistics } from './check.ts';
import { createSettings } from './settings.ts';

const SHOWN = 200;

/** Reads DATABASE_URL only: counting again needs no other setting. */
async function main(): Promise<number> {
  const url = process.argv[2] ?? process.env['DATABASE_URL'] ?? VARIABLES.DATABASE_URL.development;
  const store = await openStore({ url, readOnly: true });
  try {
    const directory = await createDirectory(store);
    const calendars = await createCalendars(store, directory);
    const settings = await createSettings(store, directory);
    let shown = 0;
    const sources = { calendars, directory, liveFrom: (areaId: string) => settings.liveFrom(areaId) };
    const { seq, cases, sums, findings } = await checkStatistics(store, sources, (line) => {
      shown += 1;
      if (shown <= SHOWN) {
        console.log(`✗ ${line}`);
      }
    });
    if (findings > SHOWN) {
      console.log(`… 另有 ${findings - SHOWN} 处。 and ${findings - SHOWN} more.`);
    }
    console.log(
      `重算了 ${cases} 件民情、${sums} 个合计，截至 seq ${seq}。 ${cases} cases and ${sums} sums counted again.`,
    );
    console.log(
      findings === 0
        ? '统计数字与重算一致。 Every figure is what a recount gives.'
        : `发现 ${findings} 处不一致，请在 管理 里重新统计。 ${findings} differ: count anew.`,
    );
    return findings === 0 ? 0 : 1;
  } finally {
    await store.close();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(`读取中断。 Reading stopped: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 2;
  },
);

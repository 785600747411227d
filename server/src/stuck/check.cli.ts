/** `npm run cases:check`: exit code 0 when nothing stands still, 1 when something does, 2 when it could not be read. */
import { ConfigError, loadConfig } from '../config.ts';
import { lineOf, numberOf, openBeside } from './beside.ts';
import { findAllStuck } from './find.ts';

const SHOWN = 200;

async function main(): Promise<number> {
  const beside = await openBeside(loadConfig());
  try {
    let found = 0;
    const stuck = new Set<string>();
    const looked = await findAllStuck(beside.deps, async (finding) => {
      found += 1;
      stuck.add(finding.subject);
      if (found <= SHOWN) {
        console.log(lineOf(finding, await numberOf(beside.deps, finding.caseId)));
      }
    });
    if (found > SHOWN) {
      console.log(`… 另有 ${found - SHOWN} 处。 and ${found - SHOWN} more.`);
    }
    console.log(`看了 ${looked} 件在办的民情。 ${looked} open cases looked at.`);
    console.log(
      stuck.size === 0
        ? '没有卡住的民情。 Nothing stands still.'
        : `${stuck.size} 件卡住，共 ${found} 处；npm run cases:repair -- --all 修复。 ${stuck.size} stand still.`,
    );
    return stuck.size === 0 ? 0 : 1;
  } finally {
    await beside.close();
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const words = error instanceof Error ? error.message : String(error);
    console.error(error instanceof ConfigError ? words : `读取中断。 Reading stopped: ${words}`);
    process.exitCode = 2;
  },
);

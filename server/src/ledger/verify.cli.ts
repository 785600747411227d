/** `npm run ledger:verify`: exit code 0 when the history is whole, 1 when it is not, 2 when it could not be read. */
import { VARIABLES } from '../config.variables.ts';
import { openStore } from '../store/index.ts';
import type { Store } from '../store/index.ts';
import { FINDING_WORDS, verifyLedger } from './verify.ts';
import type { Finding } from './verify.ts';

const SHOWN = 200;

/** Reads DATABASE_URL only: checking the history needs no other setting. */
async function main(): Promise<number> {
  const url = process.argv[2] ?? process.env['DATABASE_URL'] ?? VARIABLES.DATABASE_URL.development;
  let store: Store;
  try {
    store = await openStore({ url, readOnly: true });
  } catch (error) {
    console.error(
      `数据库打不开。 The database cannot be opened: ${error instanceof Error ? error.message : String(error)}`,
    );
    return 2;
  }
  try {
    return await check(store);
  } catch (error) {
    console.error(`读取中断。 Reading stopped: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  } finally {
    await store.close();
  }
}

async function check(store: Store): Promise<number> {
  let shown = 0;
  const print = ({ kind, place, detail }: Finding): void => {
    shown += 1;
    if (shown <= SHOWN) {
      console.log(`✗ ${FINDING_WORDS[kind]} ${kind}  ${place}: ${detail}`);
    }
  };
  const { events, audits, sealed, chainHash, findings } = await verifyLedger(store, print);
  if (findings > SHOWN) {
    console.log(`… 另有 ${findings - SHOWN} 处。 and ${findings - SHOWN} more.`);
  }
  console.log(
    `事件 ${events}，审计 ${audits}，入账 ${sealed}。 ${events} events, ${audits} audit entries, ${sealed} sealed.`,
  );
  if (chainHash !== '') {
    console.log(`链尾 chain ends in ${chainHash}`);
  }
  console.log(
    findings === 0
      ? '台账完整。 The history is whole.'
      : `发现 ${findings} 处问题。 ${findings} problems found.`,
  );
  return findings === 0 ? 0 : 1;
}

process.exitCode = await main();

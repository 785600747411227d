import { spawn } from 'node:child_process';

export interface ChildResult {
  code: number | null;
  signal: NodeJS.Signals | null;
  output: string;
}

const STORE = new URL('./index.ts', import.meta.url).href;
const LEDGER = new URL('../ledger/index.ts', import.meta.url).href;

/**
 * Runs lines of JavaScript in a process of their own, with `store` open on the database and `ledger` imported; answers
 * once it has ended. `killAt` is its MINQING_KILL_AT.
 */
export async function runWithStore(
  databaseUrl: string,
  lines: string,
  killAt?: string,
): Promise<ChildResult> {
  const script = `
    import { openStore } from '${STORE}';
    import * as ledger from '${LEDGER}';
    const store = await openStore({ url: ${JSON.stringify(databaseUrl)} });
    ${lines}
    await store.close();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, NODE_ENV: 'test', ...(killAt ? { MINQING_KILL_AT: killAt } : {}) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString('utf8')));
  child.stderr.on('data', (bytes: Buffer) => (output += bytes.toString('utf8')));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, output }));
  });
}

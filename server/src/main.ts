/** The server as a process: reads the environment, starts, and stops cleanly when asked. */
import { readFileSync } from 'node:fs';
import { createApp } from './app.ts';
import { ConfigError, loadConfig } from './config.ts';
import { PortTaken } from './http/index.ts';
import { createLog } from './log.ts';
import { DatabaseInUse } from './store/index.ts';

const STOP_LIMIT_MS = 12_000;

async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLog(config.logLevel);
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const app = await createApp({ config, log, version: manifest.version });
  const { port } = await app.serve();
  await app.startWorkers();
  log.info('serving', { port });

  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) {
      return;
    }
    stopping = true;
    log.info('stopping', { signal });
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('did not stop cleanly', { error });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
}

main().catch((error: unknown) => {
  const expected =
    error instanceof ConfigError || error instanceof PortTaken || error instanceof DatabaseInUse;
  console.error(expected ? error.message : error);
  process.exitCode = 1;
});

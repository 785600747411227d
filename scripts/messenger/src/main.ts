import { optionsFromEnvironment, startMessenger } from './index.ts';

const RESET_LIMIT_MS = 120_000;

/**
 * Lets whoever started this process begin its own story anew: a parent with a channel, which asked for it with
 * `MESSENGER_RESET=ipc`, gets `{type: 'reset'}` and answers `{type: 'resetDone'}`. The reset call waits for that.
 */
function resetParent(): Promise<void> {
  if (process.env.MESSENGER_RESET !== 'ipc' || process.send === undefined) {
    return Promise.resolve();
  }
  return new Promise((resolve, reject) => {
    const done = (message: unknown): void => {
      if ((message as { type?: unknown } | null)?.type === 'resetDone') {
        clearTimeout(limit);
        process.off('message', done);
        resolve();
      }
    };
    const limit = setTimeout(() => {
      process.off('message', done);
      reject(new Error('启动程序没有在 2 分钟内重来'));
    }, RESET_LIMIT_MS);
    process.on('message', done);
    process.send?.({ type: 'reset' });
  });
}

/** `npm run messenger`: the messenger on its own, configured by the environment. */
async function main(): Promise<void> {
  const running = await startMessenger({ ...optionsFromEnvironment(process.env), onReset: resetParent });
  console.log(`本机信使在 ${running.deskUrl} ，接口在 ${running.url}`);
  const stop = (): void => {
    running.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  console.error(
    taken ? `端口 ${process.env.MESSENGER_PORT ?? '5171'} 已被占用，请用 MESSENGER_PORT 换一个` : error,
  );
  process.exitCode = 1;
});

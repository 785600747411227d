import { optionsFromEnvironment, startMessenger } from './index.ts';

/** `npm run messenger`: the messenger on its own, configured by the environment. */
async function main(): Promise<void> {
  const running = await startMessenger(optionsFromEnvironment(process.env));
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

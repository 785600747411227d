import { optionsFromEnvironment, startPlatform } from './index.ts';

const running = await startPlatform(optionsFromEnvironment(process.env));
console.log(`三服务平台替身在 ${running.url}`);
const stop = (): void => {
  running.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

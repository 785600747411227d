/**
 * `npm run build [-- --elsewhere https://host/api [--out folder]]`: everything that is deployed in a built form, which is the
 * mini-app; the server runs as it is. With `--elsewhere` also a folder for another origin, with the API's address in it.
 */
import { parseArgs } from 'node:util';
import { say, complain } from '../setup/words.mjs';
import { apiAddress, putElsewhere } from './elsewhere.ts';
import { buildMiniapp } from './miniapp.ts';

try {
  const { values } = parseArgs({ options: { elsewhere: { type: 'string' }, out: { type: 'string' } } });
  const { elsewhere } = values;
  if (elsewhere !== undefined) {
    apiAddress(elsewhere);
  }
  await build(elsewhere, values.out);
} catch (error) {
  complain((error as Error).message, 'It was not built; the reason is above.');
  process.exitCode = 2;
}

async function build(elsewhere: string | undefined, out: string | undefined): Promise<void> {
  say('正在构建小程序……', 'Building the mini-app…');
  const problem = await buildMiniapp();
  if (problem !== undefined) {
    complain(`小程序没有构建成功：\n${problem}`, 'The mini-app did not build: see above.');
    process.exitCode = 1;
    return;
  }
  say('已构建到 miniapp/dist。', 'Built into miniapp/dist.');
  if (elsewhere !== undefined) {
    const folder = putElsewhere(elsewhere, out);
    say(
      `给别的网址用的一份在 ${folder}；别忘了登记那个网址：npm run origins`,
      `The copy for another origin is in ${folder}; that origin has to be named: npm run origins`,
    );
  }
}

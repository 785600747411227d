/** `npm run build`: everything that is deployed in a built form, which is the mini-app; the server runs as it is. */
import { say, complain } from '../setup/words.mjs';
import { buildMiniapp } from './miniapp.ts';

say('正在构建小程序……', 'Building the mini-app…');
const problem = await buildMiniapp();
if (problem === undefined) {
  say('已构建到 miniapp/dist。', 'Built into miniapp/dist.');
} else {
  complain(`小程序没有构建成功：\n${problem}`, 'The mini-app did not build: see above.');
  process.exitCode = 1;
}

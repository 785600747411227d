import { join } from 'node:path';
import { checkStyles } from './old-css.ts';
import { nodeStep } from './step.ts';
import type { Step } from './step.ts';

const TSC = 'node_modules/typescript/bin/tsc';
const VUE_TSC = 'node_modules/vue-tsc/bin/vue-tsc.js';
const CRUISE = 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs';
const FOLDERS = ['shared', 'server', 'miniapp', 'scripts', 'tests'];

/** Everything `npm run check` looks at. The slow ones come first, so that two at a time end together. */
export function checkSteps(): Step[] {
  const types = FOLDERS.map((folder) => {
    const program = folder === 'miniapp' ? VUE_TSC : TSC;
    return nodeStep(`类型 types: ${folder}`, program, ...typeArguments(folder));
  });
  return [
    ...types,
    nodeStep('依赖方向 directions', CRUISE, '--config', '.dependency-cruiser.mjs', ...FOLDERS),
    nodeStep('代码规则 lint', 'node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'),
    { name: '旧版浏览器样式 CSS for old web views', run: checkStyles },
    nodeStep('格式 format', 'node_modules/oxfmt/bin/oxfmt', '--check'),
  ];
}

/** Only what changed is looked at again: the compiler keeps its notes under node_modules. */
function typeArguments(folder: string): string[] {
  const notes = join('node_modules', '.cache', 'types', `${folder}.tsbuildinfo`);
  return ['-p', folder, '--noEmit', '--incremental', '--tsBuildInfoFile', notes];
}

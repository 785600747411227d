import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ROOT } from '../../scripts/check/step.ts';

/** Each rule broken once: the file, what it imports, and the rule that must say so. */
const BREACHES: [file: string, imports: string, rule: string][] = [
  ['shared/src/a.ts', '../../server/src/cases/index.ts', 'shared-stands-alone'],
  ['shared/src/b.ts', 'node:fs', 'shared-is-pure'],
  ['miniapp/src/a.ts', '../../server/src/cases/index.ts', 'miniapp-sees-shared-only'],
  ['scripts/messenger/src/a.ts', '../../../shared/src/index.ts', 'messenger-imports-no-product'],
  ['server/src/cases/a.ts', '../../../scripts/tool.ts', 'server-imports-no-tooling'],
  ['server/src/cases/b.ts', '../people/inner.ts', 'one-door-a-folder'],
  ['server/src/cases/c.ts', '../http/index.ts', 'concerns-know-no-door'],
  ['server/src/store/a.ts', '../cases/index.ts', 'store-knows-no-concern'],
  ['server/src/cases/d.ts', '../app.ts', 'only-app-knows-the-parts'],
  ['server/src/cases/e.ts', '../hosts/dingtalk/index.ts', 'only-app-picks-a-vendor'],
  ['server/src/cases/f.ts', 'dingtalk-stream', 'vendor-packages-stay-in-hosts'],
  ['miniapp/src/b.ts', 'gdt-jsapi', 'jsapi-packages-stay-in-host'],
  ['server/src/cases/g.ts', './h.ts', 'no-cycles'],
  ['server/src/cases/i.ts', './nowhere.ts', 'resolvable'],
];

/** What is allowed: the same kinds of import where they belong. */
const HONEST: [file: string, imports: string][] = [
  ['server/src/cases/ok.ts', '../people/index.ts'],
  ['server/src/cases/ok2.ts', '../store/index.ts'],
  ['server/src/cases/ok3.ts', '../hosts/port.ts'],
  ['server/src/http/ok.ts', '../cases/index.ts'],
  ['server/src/app.ts', './hosts/dingtalk/index.ts'],
  ['server/src/hosts/dingtalk/ok.ts', 'dingtalk-stream'],
  ['miniapp/src/ok.ts', '../../shared/src/index.ts'],
  ['server/src/cases/ok.test.ts', '../people/inner.ts'],
];

const TARGETS = [
  'shared/src/index.ts',
  'scripts/tool.ts',
  'server/src/cases/index.ts',
  'server/src/people/index.ts',
  'server/src/people/inner.ts',
  'server/src/http/index.ts',
  'server/src/store/index.ts',
  'server/src/hosts/port.ts',
  'server/src/hosts/dingtalk/index.ts',
];

const Report = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

let place: string;
let found: Map<string, string[]>;

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'minqing-directions-'));
  symlinkSync(join(ROOT, 'node_modules'), join(place, 'node_modules'));
  cpSync(join(ROOT, '.dependency-cruiser.mjs'), join(place, '.dependency-cruiser.mjs'));
  TARGETS.forEach((file) => write(file, 'export const here = true;\n'));
  [...BREACHES, ...HONEST].forEach(([file, imports]) => write(file, `import '${imports}';\n`));
  write('server/src/cases/h.ts', "import './g.ts';\n");
  found = cruise();
});

afterAll(() => rmSync(place, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(place, file)), { recursive: true });
  writeFileSync(join(place, file), text);
}

/** File → the rules it breaks. */
function cruise(): Map<string, string[]> {
  const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [
    program,
    '--config',
    '.dependency-cruiser.mjs',
    '-T',
    'json',
    'shared',
    'server',
    'miniapp',
    'scripts',
  ];
  const answer = spawnSync(process.execPath, args, {
    cwd: place,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const rules = new Map<string, string[]>();
  for (const { from, rule } of Report.parse(JSON.parse(answer.stdout)).summary.violations) {
    rules.set(from, [...(rules.get(from) ?? []), rule.name]);
  }
  return rules;
}

describe('the direction rules', () => {
  it.each(BREACHES)('%s may not import %s (%s)', (file, _imports, rule) => {
    expect(found.get(file)).toContain(rule);
  });

  it.each(HONEST)('%s may import %s', (file) => {
    expect(found.get(file) ?? []).toEqual([]);
  });
});

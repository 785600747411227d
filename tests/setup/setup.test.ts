import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/check/step.ts';
import { machineNode } from '../../scripts/setup/node.mjs';
import { onPath } from '../../scripts/setup/system.mjs';

/** How long a person may wait for the bad news, in milliseconds: the promise of the set-up, not a benchmark. */
const PATIENCE_MS = 10_000;

let place: string;

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'minqing-setup-'));
  const bin = join(place, 'bin');
  mkdirSync(bin);
  symlinkSync(machineNode(ROOT) ?? process.execPath, join(bin, 'node'));
  for (const name of ['npm', 'sh', 'env', 'id']) {
    symlinkSync(onPath(name) ?? '', join(bin, name));
  }
  // A checkout as a newcomer has it: nothing installed, and readable by everybody.
  const checkout = join(place, 'checkout');
  mkdirSync(join(checkout, 'scripts'), { recursive: true });
  for (const part of ['package.json', 'package-lock.json', 'scripts/setup']) {
    cpSync(join(ROOT, part), join(checkout, part), { recursive: true });
  }
  mkdirSync(join(place, 'home'));
  chmodSync(join(place, 'home'), 0o777);
  chmodSync(place, 0o755);
});

afterAll(() => rmSync(place, { recursive: true, force: true }));

/** Types an npm command as somebody who may install nothing, on a machine that has Node and npm alone. */
function typed(
  command: string[],
  environment: Record<string, string>,
): { status: number | null; words: string; last: string } {
  const root = process.getuid?.() === 0;
  const [program, ...args] = root
    ? [
        onPath('setpriv') ?? '',
        '--reuid=65534',
        '--regid=65534',
        '--clear-groups',
        join(place, 'bin/npm'),
        ...command,
      ]
    : [join(place, 'bin/npm'), ...command];
  const answer = spawnSync(program, args, {
    cwd: join(place, 'checkout'),
    env: {
      PATH: join(place, 'bin'),
      HOME: join(place, 'home'),
      ...environment,
    },
    encoding: 'utf8',
    timeout: PATIENCE_MS,
  });
  return {
    status: answer.status,
    words: answer.stdout + answer.stderr,
    last: answer.stdout.trimEnd().split('\n').at(-1) ?? '',
  };
}

describe('npm test for somebody who may install nothing', () => {
  it('names the missing programs and their packages at once, and fails', () => {
    const { status, words, last } = typed(['test'], { MARIADB: join(place, 'no-mariadbd') });
    expect(status).toBe(1);
    expect(words).toContain('Chromium');
    expect(words).toContain('MariaDB (mariadbd)');
    expect(words).toMatch(/sudo apt-get install .*chromium.* mariadb-server-core/);
    expect(words).toContain('请由管理员运行');
    expect(last).toBe('0 passed, 1 failed');
  });

  it('does not take a CHROMIUM that is no program for one', () => {
    const { status, words } = typed(['test'], { CHROMIUM: join(place, 'nothing') });
    expect(status).toBe(1);
    expect(words).toContain(`CHROMIUM=${join(place, 'nothing')}`);
  });
});

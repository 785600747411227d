import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/check/step.ts';
import { machineNode, NODE_MAJOR } from '../../scripts/setup/node.mjs';

const RUN = join(ROOT, 'scripts/setup/run.mjs');
/** Whatever Node the machine has, as a newcomer's npm would use it. */
const NODE = machineNode(ROOT) ?? process.execPath;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-run-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function script(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return relative(ROOT, join(folder, name));
}

describe('the hand-over to this project’s Node', () => {
  it('runs TypeScript with the arguments and the exit code as they are', () => {
    const file = script(
      'tell.ts',
      `const words: string[] = process.argv.slice(2);
       console.log(JSON.stringify({ major: Number(process.versions.node.split('.')[0]), words }));
       process.exitCode = 7;`,
    );
    const answer = spawnSync(NODE, [RUN, file, '2026-09-30T16:00+08:00', '--fresh', '3d'], {
      encoding: 'utf8',
    });
    const told = JSON.parse(answer.stdout.trim()) as { major: number; words: string[] };
    expect(told.words).toEqual(['2026-09-30T16:00+08:00', '--fresh', '3d']);
    expect(told.major).toBeGreaterThanOrEqual(NODE_MAJOR);
    expect(answer.status).toBe(7);
  });

  it('says so when a command is not there', () => {
    const answer = spawnSync(NODE, [RUN, 'scripts/nowhere.ts'], { encoding: 'utf8' });
    expect(answer.status).toBe(1);
    expect(answer.stderr).toMatch(/找不到 scripts\/nowhere\.ts[^]*scripts\/nowhere\.ts is not there/);
  });

  it('passes a request to stop on, and waits for the clean end', async () => {
    const file = script(
      'wait.ts',
      `process.on('SIGTERM', () => setTimeout(() => { console.log('stopped cleanly'); process.exit(0); }, 50));
       setInterval(() => undefined, 1000);
       console.log('ready');`,
    );
    const child = spawn(NODE, [RUN, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    let words = '';
    child.stdout.on('data', (chunk: Buffer) => {
      words += chunk.toString();
      if (words.trim() === 'ready') {
        child.kill('SIGTERM');
      }
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(words.trim().split('\n')).toEqual(['ready', 'stopped cleanly']);
    expect(code).toBe(0);
  });
});

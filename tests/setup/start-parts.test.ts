import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ROOT } from '../../scripts/check/step.ts';
import { startPart, untilAnswers } from '../../scripts/start/part.ts';
import { portFrom, takenPorts } from '../../scripts/start/ports.ts';
import { freePort } from '../support/mariadb.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-start-'));
  writeFileSync(
    join(folder, 'serve.mjs'),
    `import { createServer } from 'node:http';
     import { writeFileSync } from 'node:fs';
     createServer((_, answer) => answer.end('ok')).listen(Number(process.env.PORT), '127.0.0.1');
     process.on('SIGTERM', () => { writeFileSync(process.env.STOPPED, 'stopped cleanly'); process.exit(0); });`,
  );
  writeFileSync(join(folder, 'fail.mjs'), `console.error('PORT: must be a number'); process.exit(3);`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function environment(name: string): Promise<{ PORT: string; STOPPED: string; url: string }> {
  const port = await freePort();
  return { PORT: String(port), STOPPED: join(folder, name), url: `http://127.0.0.1:${port}/` };
}

describe('a part of the running whole', () => {
  it('answers once it is ready and is stopped cleanly', async () => {
    const { url, ...env } = await environment('one');
    const part = startPart(
      'one',
      join(folder, 'serve.mjs'),
      { ...process.env, ...env },
      join(folder, 'one.log'),
    );
    await untilAnswers(part, url);
    await part.stop();
    expect(readFileSync(env.STOPPED, 'utf8')).toBe('stopped cleanly');
    expect(await part.ended).toBe('exit code 0');
  });

  it('tells its last words when it ends before it is ready', async () => {
    const { url, ...env } = await environment('two');
    const part = startPart(
      'two',
      join(folder, 'fail.mjs'),
      { ...process.env, ...env },
      join(folder, 'two.log'),
    );
    await expect(untilAnswers(part, url)).rejects.toThrow(/exit code 3[^]*PORT: must be a number/);
  });

  it('stops by itself when the starter is killed', async () => {
    const { url, ...env } = await environment('three');
    const module = pathToFileURL(join(ROOT, 'scripts/start/part.ts')).href;
    const code = `const { startPart } = await import('${module}');
      startPart('three', ${JSON.stringify(join(folder, 'serve.mjs'))}, process.env, ${JSON.stringify(join(folder, 'three.log'))});`;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', code], {
      env: { ...process.env, ...env },
    });
    await vi.waitUntil(
      () =>
        fetch(url).then(
          () => true,
          () => false,
        ),
      { timeout: 20_000 },
    );
    starter.kill('SIGKILL');
    await vi.waitUntil(() => existsSync(env.STOPPED), { timeout: 20_000 });
    expect(
      await fetch(url).then(
        () => 'answers',
        () => 'gone',
      ),
    ).toBe('gone');
  });
});

describe('the ports of npm start', () => {
  it('finds out which one is taken', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const address = holder.address();
    const port = address && typeof address === 'object' ? address.port : 0;
    const choices = [
      { variable: 'PORT', port, what: 'a' },
      { variable: 'MESSENGER_PORT', port: await freePort(), what: 'b' },
    ];
    expect((await takenPorts(choices)).map((choice) => choice.variable)).toEqual(['PORT']);
    holder.close();
  });

  it('refuses what is no port, by the name of the variable', () => {
    vi.stubEnv('MESSENGER_PORT', 'five');
    expect(() => portFrom('MESSENGER_PORT', 5171, 'x')).toThrow('MESSENGER_PORT=five');
    vi.unstubAllEnvs();
    expect(portFrom('MINQING_NO_SUCH_PORT', 5171, 'x').port).toBe(5171);
  });
});

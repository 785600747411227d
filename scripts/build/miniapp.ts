import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../check/step.ts';

const STAMP = join(ROOT, 'node_modules', '.cache', 'miniapp-built');
const DIST = join(ROOT, 'miniapp', 'dist', 'index.html');
const SOURCES = ['miniapp/**/*', 'shared/src/**/*', 'tsconfig.base.json', 'package-lock.json'];
const NOT_SOURCES = /(^|[\\/])(node_modules|dist|tests)([\\/]|$)|\.test\.ts$/;

/** Whether miniapp/dist was built from the sources as they stand. */
export function miniappIsBuilt(): boolean {
  return existsSync(DIST) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digestOfSources();
}

/**
 * Builds the mini-app into miniapp/dist.
 * @returns undefined when it is there, else what the build said
 */
export async function buildMiniapp(): Promise<string | undefined> {
  // Taken before the build: what is edited meanwhile makes the next start build again.
  const digest = digestOfSources();
  const { code, output } = await vite();
  if (code !== 0 || !existsSync(DIST)) {
    return output.trimEnd().split('\n').slice(0, 60).join('\n');
  }
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, digest);
  return undefined;
}

function vite(): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'build', 'miniapp'], {
      cwd: ROOT,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const take = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', (error) => resolve({ code: 127, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function digestOfSources(): string {
  const hash = createHash('sha256');
  const files = globSync(SOURCES, {
    cwd: ROOT,
    withFileTypes: true,
    exclude: (entry) => NOT_SOURCES.test(entry.name),
  })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    hash.update(`${file.slice(ROOT.length)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

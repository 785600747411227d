import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/check/step.ts';
import { misfit } from '../../scripts/setup/lock.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'minqing-lock-'));
  mkdirSync(join(root, 'node_modules'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

type Packages = Record<string, { version: string; integrity?: string; optional?: boolean }>;

function write(wanted: Packages, installed?: Packages): void {
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: wanted }));
  if (installed) {
    writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
  }
}

const A = { 'node_modules/a': { version: '1.0.0', integrity: 'x' } };

describe('whether node_modules fits the lock file', () => {
  it('is content with what npm ci leaves behind', () => {
    expect(misfit(ROOT)).toBeUndefined();
  });

  it('misses an install that never ended', () => {
    write(A);
    expect(misfit(root)).toBe('node_modules');
  });

  it.each([
    ['a package that is not there', {}],
    ['another version', { 'node_modules/a': { version: '1.0.1', integrity: 'x' } }],
    ['another content under the same version', { 'node_modules/a': { version: '1.0.0', integrity: 'y' } }],
  ])('sees %s', (_what, installed) => {
    write(A, installed);
    expect(misfit(root)).toContain('node_modules/a');
  });

  it('does not ask for what is meant for other machines', () => {
    write({ ...A, 'node_modules/b': { version: '1.0.0', optional: true } }, A);
    expect(misfit(root)).toBeUndefined();
  });

  it('takes an unreadable record for no install', () => {
    write(A);
    writeFileSync(join(root, 'node_modules/.package-lock.json'), '{');
    expect(misfit(root)).toContain('node_modules/a');
  });
});

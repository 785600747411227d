import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/check/step.ts';

/** Folders whose own folders the page leaves to the code: parts of one thing, told by the line above them. */
const LEFT_TO_THE_CODE = [
  'docs',
  'miniapp/src/screens',
  'miniapp/tests',
  'scripts/messenger',
  'server/src/hosts/dingtalk',
  'shared/src/workflow',
  'tests/setup',
];
/** Made by tools, not part of the source. */
const MADE = new Set(['.git', '.data', 'node_modules', 'dist', 'coverage']);

const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');

/** Path → what the page says of it, from the indented tree. */
function told(): Map<string, string> {
  const tree = page.split('```')[1] ?? '';
  const above: string[] = [];
  const found = new Map<string, string>();
  for (const [, indent = '', name = '', words = ''] of tree.matchAll(/^( *)(\S+)\/(?: +(.*))?$/gm)) {
    above.length = indent.length / 2;
    above.push(name);
    found.set(above.join('/'), words.trim());
  }
  return found;
}

/** Every folder with something in it, from the root down. */
function real(folder = ''): string[] {
  const inner = readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !MADE.has(entry.name))
    .map((entry) => join(folder, entry.name))
    .filter((path) => readdirSync(join(ROOT, path)).length > 0);
  return inner.flatMap((path) => [path, ...(LEFT_TO_THE_CODE.includes(path) ? [] : real(path))]);
}

describe('the annotated tree of docs/architecture.md', () => {
  it('names every folder there is, and none that is not', () => {
    expect([...told().keys()].sort()).toEqual(real().sort());
  });

  it('says something of every folder', () => {
    const silent = [...told()].filter(([path, words]) => words === '' && path !== 'shared/src');
    expect(silent).toEqual([]);
  });

  it('names only files that are there', () => {
    const paths = [...page.matchAll(/`((?:shared|server|miniapp|scripts)\/[\w./-]+)`/g)].map(
      (match) => match[1] ?? '',
    );
    expect(paths.length).toBeGreaterThan(10);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const short = [
      ...page.matchAll(/`((?:cases|notices|hosts|http|ledger|store|deadlines|people)\/[\w./-]+\.ts)`/g),
    ];
    expect(short.length).toBeGreaterThan(10);
    expect(
      short.map((match) => match[1] ?? '').filter((path) => !existsSync(join(ROOT, 'server/src', path))),
    ).toEqual([]);
  });
});

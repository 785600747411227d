import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ROOT } from '../../scripts/check/step.ts';
import { VARIABLES } from '../../server/src/config.variables.ts';

const documents = [
  'README.md',
  'README.zh-CN.md',
  ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`),
]
  .filter((path) => path.endsWith('.md'))
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));

describe.each(documents)('$path', ({ path, text }) => {
  it('links to files that are there', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map((match) => match[1] ?? '');
    const missing = links.filter((link) => !existsSync(join(ROOT, normalize(join(dirname(path), link)))));
    expect(missing).toEqual([]);
  });

  it('names npm scripts there are', () => {
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? '');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('names settings there are', () => {
    const prefixes =
      /\b(?:DINGTALK|FILES|SESSION|DATABASE|SIGN_ON|METRICS|ROSTER|FRAME|FRONTEND|PUBLIC|TRUST)_[A-Z0-9_]*[A-Z0-9]\b/g;
    const known = Object.keys(VARIABLES);
    const named = [...text.matchAll(prefixes)].map(([name]) => name);
    // A family may be named by its beginning: FILES_S3_*.
    expect(named.filter((name) => !known.some((one) => one === name || one.startsWith(`${name}_`)))).toEqual(
      [],
    );
  });
});

describe('the npm scripts', () => {
  it('start files that are there', () => {
    const files = Object.values(scripts).flatMap((line) => line.match(/\S+\.(?:ts|mjs)\b/g) ?? []);
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  it('are all in both READMEs', () => {
    for (const { path, text } of documents.filter((one) => one.path.startsWith('README'))) {
      const missing = Object.keys(scripts).filter(
        (name) => !text.includes(`npm run ${name}`) && !text.includes(`npm ${name}`),
      );
      expect([path, missing]).toEqual([path, []]);
    }
  });
});

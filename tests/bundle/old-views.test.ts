import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'acorn';
import { describe, expect, it } from 'vitest';
import { DIST } from '../screens/phone.ts';

const scripts = globSync('assets/*.js', { cwd: DIST });
const old = scripts.filter((file) => file.includes('-legacy-'));
const html = readFileSync(join(DIST, 'index.html'), 'utf8');

describe('the build for old web views', () => {
  it('is there whole: each file of the modern build has its twin', () => {
    const nameOf = (file: string): string => file.replace(/(-legacy)?-[\w-]{8}\.js$/, '');
    const modern = new Set(scripts.filter((file) => !old.includes(file)).map(nameOf));
    const twins = new Set(old.map(nameOf));
    modern.delete('assets/rolldown-runtime');
    expect(modern.size).toBeGreaterThan(40);
    expect([...modern].filter((name) => !twins.has(name))).toEqual([]);
  });

  it('holds no syntax that came after 2015, and no module', () => {
    for (const file of old) {
      const text = readFileSync(join(DIST, file), 'utf8');
      expect(() => parse(text, { ecmaVersion: 2015, sourceType: 'script' }), file).not.toThrow();
    }
  });

  it('would be refused if it held any: the modern build is', () => {
    const [entry = ''] = scripts.filter((file) => /\/frame-(?!legacy)/.test(file));
    const text = readFileSync(join(DIST, entry), 'utf8');
    expect(() => parse(text, { ecmaVersion: 2015, sourceType: 'module' })).toThrow();
  });

  it('names no style these web views do not know beside what they do', () => {
    const sheets = globSync('assets/*.css', { cwd: DIST }).map((file) =>
      readFileSync(join(DIST, file), 'utf8'),
    );
    const styles = [...sheets, ...old.map((file) => readFileSync(join(DIST, file), 'utf8'))].join('\n');
    expect(styles).not.toMatch(/[;{](row-gap|column-gap|inset|aspect-ratio):/);
    expect(styles).not.toMatch(/\d(dvh|svh|lvh)\b|color-mix\(|:(is|where|has)\(/);
  });

  it('is told apart by four inline scripts, none of which a policy would refuse for what it loads', () => {
    const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
      (found) => found[1],
    );
    expect(inline).toHaveLength(4);
    const modern = scripts
      .filter((file) => !old.includes(file))
      .map((file) => readFileSync(join(DIST, file), 'utf8'));
    for (const text of [...inline, ...modern]) {
      expect(text).not.toContain('data:text/javascript');
    }
  });
});

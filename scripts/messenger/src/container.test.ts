import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { adaptPolicy, containerScript, insertFirst } from './container.ts';

const SETUP = {
  mode: 'dd-ios',
  phone: 'p1',
  deskOrigin: 'http://desk.minqing.localhost:5171',
  version: '7.6.0',
} as const;
const DESK = SETUP.deskOrigin;
const HASH = "'sha256-abc'";

describe('the container script', () => {
  it('is a classic script whose hash is that of its text', () => {
    const { html, source } = containerScript(SETUP);
    const code = /^<script>([\s\S]*)<\/script>$/.exec(html)?.[1] ?? '';
    expect(source).toBe(`'sha256-${createHash('sha256').update(code).digest('base64')}'`);
  });

  it('parses where nothing newer than async functions is known, and cannot end its own element', () => {
    const { html } = containerScript({ ...SETUP, phone: 'p1</script><script>alert(1)' });
    expect(html.match(/<\/script/g)).toHaveLength(1);
    const code = html.slice('<script>'.length, -'</script>'.length);
    expect(code).not.toMatch(/\?\.|\?\?|import\(/);
    expect(() => new Script(code)).not.toThrow();
  });
});

describe('where the script goes', () => {
  it.each([
    ['<!doctype html><html><head><title>a</title>', '<!doctype html><html><head>X<title>a</title>'],
    ['<HTML><HEAD lang="zh">a', '<HTML><HEAD lang="zh">Xa'],
    ['<!doctype html><html lang="zh"><body>', '<!doctype html><html lang="zh">X<body>'],
    ['<!doctype html><p>', '<!doctype html>X<p>'],
    ['<header>a</header>', 'X<header>a</header>'],
  ])('%s', (page, expected) => {
    expect(insertFirst(page, 'X')).toBe(expected);
  });
});

describe('the security policy', () => {
  it.each([
    ['script-src', "script-src 'self'", "script-src 'self' 'sha256-abc'"],
    ['script-src none', "script-src 'none'", "script-src 'sha256-abc'"],
    ['default-src alone', "default-src 'self'", "default-src 'self'; script-src 'self' 'sha256-abc'"],
    ['script-src-elem', "script-src-elem 'self'", "script-src-elem 'self' 'sha256-abc'"],
    [
      'inline scripts already allowed',
      "script-src 'self' 'unsafe-inline'",
      "script-src 'self' 'unsafe-inline'",
    ],
    ['no script rule', "img-src 'self'", "img-src 'self'"],
    ['ancestors', "frame-ancestors 'none'", `frame-ancestors ${DESK}`],
    ['https upgrades', 'upgrade-insecure-requests; block-all-mixed-content', ''],
    ['everything else', "style-src 'self'; object-src 'none'", "style-src 'self'; object-src 'none'"],
  ])('with %s', (_what, given, expected) => {
    expect(adaptPolicy(given, HASH, DESK)).toBe(expected);
  });
});

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import postcss from 'postcss';
import type { ChildNode, Root } from 'postcss';
import { ROOT } from './step.ts';
import type { StepResult } from './step.ts';

/**
 * The mini-app runs in the web views of phones that are years old (Chrome 69 and up): these parts of CSS do nothing
 * there, and silently. Grid spacing under its first name, `grid-gap`, works everywhere.
 */
const PROPERTIES: [RegExp, string][] = [
  [/^(row-|column-)?gap$/, 'flex gap is unknown there: use margins, or grid with grid-gap'],
  [/^inset(-|$)/, 'inset is unknown there: use top, right, bottom, left'],
  [/^aspect-ratio$/, 'aspect-ratio is unknown there: use a padding box'],
];
const VALUES: [RegExp, string][] = [
  [/\d[dsl]v[hw]\b/, 'dvh, svh and lvh are unknown there: use vh, % or a measured height'],
  [/\bcolor-mix\(/, 'color-mix() is unknown there: write the colour'],
];
const SELECTORS: [RegExp, string][] = [
  [/:(is|where|has)\(/, ':is(), :where() and :has() void the whole rule there: write the selectors out'],
];
const AT_RULES: [RegExp, string][] = [[/^(layer|container|scope)$/, 'this at-rule is unknown there']];

/** Looks through the style sheets and the style blocks and style attributes of the components of miniapp/. */
export async function checkStyles(): Promise<StepResult> {
  const files = globSync('miniapp/**/*.{vue,css}', {
    cwd: ROOT,
    exclude: (name) => /(^|[\\/])(node_modules|dist)([\\/]|$)/.test(name),
  });
  const problems = files.flatMap((file) => problemsOf(file, readFileSync(join(ROOT, file), 'utf8')));
  return { ok: problems.length === 0, output: problems.join('\n') };
}

/**
 * What old web views will not do with one file.
 * @param file its name; `.vue` files are searched for style blocks and style attributes
 * @returns one line each: `file:line what: why`
 */
export function problemsOf(file: string, text: string): string[] {
  return sheetsOf(file, text).flatMap(({ css, line }) => {
    const problems: string[] = [];
    parse(css, file).walk((node) => {
      for (const why of faultsOf(node)) {
        problems.push(`${file}:${(node.source?.start?.line ?? 1) + line} ${describe(node)}: ${why}`);
      }
    });
    return problems;
  });
}

/** The pieces of CSS in a file, each with the number of lines before it. */
function sheetsOf(file: string, text: string): { css: string; line: number }[] {
  if (!file.endsWith('.vue')) {
    return [{ css: text, line: 0 }];
  }
  const blocks = [...text.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map((match) => ({
    css: match[1] ?? '',
    line: linesBefore(text, match.index + match[0].indexOf('>')),
  }));
  const attributes = [...text.matchAll(/\sstyle="([^"]*)"/g)].map((match) => ({
    css: `a{${match[1] ?? ''}}`,
    line: linesBefore(text, match.index),
  }));
  return [...blocks, ...attributes];
}

function linesBefore(text: string, index: number): number {
  return text.slice(0, index).split('\n').length - 1;
}

function parse(css: string, file: string): Root {
  return postcss.parse(css, { from: file });
}

function faultsOf(node: ChildNode): string[] {
  if (node.type === 'decl') {
    return [...matching(PROPERTIES, node.prop), ...matching(VALUES, node.value)];
  }
  if (node.type === 'rule') {
    return [...matching(SELECTORS, node.selector), ...mixedFocus(node.selectors)];
  }
  return node.type === 'atrule' ? matching(AT_RULES, node.name) : [];
}

/** One unknown selector voids the whole list, so what old web views know must not stand beside what they do not. */
function mixedFocus(selectors: string[]): string[] {
  const unknown = selectors.filter((selector) => selector.includes(':focus-visible'));
  return unknown.length > 0 && unknown.length < selectors.length
    ? [':focus-visible voids the selectors beside it there: give them a rule of their own']
    : [];
}

function matching(list: [RegExp, string][], text: string): string[] {
  return list.filter(([pattern]) => pattern.test(text)).map(([, why]) => why);
}

function describe(node: ChildNode): string {
  if (node.type === 'decl') {
    return node.prop;
  }
  return node.type === 'rule' ? node.selector.replaceAll(/\s+/g, ' ') : node.type;
}

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GENERATED } from '../../scripts/docs/docs.ts';
import { CARD_TEMPLATES } from '../../server/src/notices/card-templates.ts';
import { ACTION_NAMES, CLOCKS, PURPOSES, spec } from '../../shared/src/workflow/index.ts';

const named = Object.entries(GENERATED).map(([path, render]) => ({ name: basename(path), path, render }));
const textOf = (name: string): string => named.find((one) => one.name === name)?.render() ?? '';

describe('the documents made from the code', () => {
  it.each(named)('docs/$name is what the code says; npm run docs writes it', ({ path, render }) => {
    expect(readFileSync(path, 'utf8')).toBe(render());
  });

  it('the workflow names every action, clock and duty', () => {
    const text = textOf('workflow.md');
    const missing = [...ACTION_NAMES, ...Object.keys(CLOCKS), ...Object.keys(PURPOSES)].filter(
      (name) => !text.includes(`| \`${name}\` |`),
    );
    expect(missing).toEqual([]);
  });

  it('the diagram shows only what the table knows', () => {
    const diagram = textOf('workflow.md').split('```')[1] ?? '';
    const words = new Set(
      [...diagram.matchAll(/ : (.+)$/gm)].flatMap((match) => (match[1] ?? '').split('、')),
    );
    const known = new Set(ACTION_NAMES.map((name) => spec(name).label));
    expect(words.size).toBeGreaterThan(10);
    expect([...words].filter((word) => !known.has(word))).toEqual([]);
  });

  it('the card guide tells of every variable and of every press with its parameters', () => {
    const text = textOf('card-templates.md');
    for (const template of Object.values(CARD_TEMPLATES)) {
      const rows = template.variables.filter((variable) => !text.includes(`| \`${variable.key}\` |`));
      expect(rows).toEqual([]);
    }
    for (const actionId of ['accept', 'sign', 'reply', 'opinion', 'answer', 'star', 'rate']) {
      expect(text).toMatch(new RegExp(`\\| \`${actionId}\` \\| .+\`(rev|stars)\` = `));
    }
  });
});

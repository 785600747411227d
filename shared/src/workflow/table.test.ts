import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIONS, type ActionSpec, type Relation } from './actions.ts';
import { EXCLUSIVE, PLATFORMS_ALONE, RULES, type Part } from './testing/rules.ts';
import { walk, type Choice } from './testing/walk.ts';

type Table = Record<string, ActionSpec>;
const RELATION: Record<Part, Relation> = {
  first: 'firstAuthor',
  author: 'author',
  invited: 'invited',
  merged: 'mergedAuthor',
  supporter: 'supporter',
  member: 'member',
  filer: 'filer',
  reviewer: 'reviewer',
  dispatcher: 'dispatcher',
  lead: 'leadHandler',
  co: 'coHandler',
  rated: 'ratedHandler',
  head: 'head',
  supervised: 'supervised',
  inspector: 'inspector',
  leader: 'leader',
  timer: 'timer',
  platform: 'platform',
};
const STAFF: readonly Relation[] = [
  'reviewer',
  'dispatcher',
  'leadHandler',
  'coHandler',
  'head',
  'inspector',
];
const sorted = (values: Iterable<string>): string => [...new Set(values)].toSorted().join(' ');

/** Holds a table against the rules written by hand; every cell that differs is a finding. */
function differences(table: Table): string[] {
  const found: string[] = [];
  const compare = (action: string, cell: string, is: Iterable<string>, should: Iterable<string>): void => {
    if (sorted(is) !== sorted(should)) {
      found.push(`${action}.${cell}: ${sorted(is)} instead of ${sorted(should)}`);
    }
  };
  for (const [action, row] of Object.entries(table)) {
    const rules = RULES.filter((r) => r.act === action);
    compare(action, 'exclusive', [String(row.exclusive)], [String(EXCLUSIVE.includes(action))]);
    compare(
      action,
      'who',
      row.who.flatMap((w) => (w === 'staff' ? STAFF : [w])),
      // What is a platform's alone is so by the case, not by its row's relations.
      rules.map((r) => RELATION[r.by]).filter((w) => w !== 'platform' || !PLATFORMS_ALONE.includes(action)),
    );
    compare(action, 'platform', [String(row.platform)], [String(PLATFORMS_ALONE.includes(action))]);
    // An answer or a lapse needs a question, and asking signs: `dispatched` is declared though it cannot come to pass.
    const asked = action === 'answer' || action === 'lapseAsk' ? ['dispatched'] : [];
    compare(action, 'from', row.from, [...rules.map((r) => r.from), ...asked]);
    const moves = rules.flatMap((r) => r.to.split(' ').filter((to) => to !== r.from));
    compare(
      action,
      'to',
      row.to.filter((to) => to !== 'same'),
      moves,
    );
    if (moves.length === 0) {
      compare(action, 'to', row.to, ['same']);
    }
  }
  const missing = RULES.filter((r) => !(r.act in table)).map((r) => r.act);
  return [...found, ...missing.map((m) => `${m} is not in the table`)];
}

/** One random life after another on the table as it is now; true as soon as a rule is broken. */
function livesNotice(): boolean {
  const choice: fc.Arbitrary<Choice> = fc.record({
    wait: fc.nat(9),
    pick: fc.nat(9_999),
    vary: fc.nat(59),
    watched: fc.boolean(),
  });
  const lives = fc.sample(fc.array(choice, { minLength: 30, maxLength: 40 }), { seed: 11, numRuns: 15 });
  // What has not come to pass yet is sought out, so that few lives see much.
  const unseen = new Set(RULES.flatMap((r) => r.to.split(' ').map((to) => `${r.act} ${r.from}>${to}`)));
  return lives.some((given, i) => {
    const [first, ...rest] = given;
    // Every fourth life is led in an area that is connected to a platform.
    const life = first && i % 4 === 3 ? [{ ...first, vary: 2 }, ...rest] : given;
    try {
      const lived = walk(life, true, unseen);
      lived.done.forEach((done) => unseen.delete(done));
      return lived.findings.length > 0;
    } catch {
      return true; // the history no longer makes sense
    }
  });
}

type Flip = [what: string, action: keyof typeof ACTIONS, change: Partial<ActionSpec>];
const without = <T>(list: readonly T[], gone: T): T[] => list.filter((x) => x !== gone);

/** Wrong cells that change what people may do: random lives must notice. */
const LIVED: Flip[] = [
  ['a dispatcher may accept', 'accept', { who: ['reviewer', 'dispatcher'] }],
  ['nobody may accept', 'accept', { from: [] }],
  ['the reviewer may dispatch', 'dispatch', { who: ['reviewer'] }],
  ['dispatching again while it is at the unit', 'dispatch', { from: ['accepted', 'handling'] }],
  ['a co-handler may reply', 'reply', { who: ['leadHandler', 'coHandler'] }],
  ['the author dispatches', 'dispatch', { who: ['dispatcher', 'author'] }],
  ['no question may be answered', 'answer', { from: ['dispatched'] }],
  ['only the inspector urges', 'urge', { who: without(ACTIONS.urge.who, 'author') }],
  ['a reviewed report may be edited', 'edit', { from: ['submitted', 'accepted'] }],
  ['nobody recalls', 'recall', { who: [] }],
  ['the dispatch office dispatches what the platform handles', 'dispatch', { platform: false }],
];
/** Wrong cells that only tell, only matter when two act at once, or that a second guard makes harmless. */
const TOLD: Flip[] = [
  [
    'the member may withdraw what is at the unit',
    'withdraw',
    { from: [...ACTIONS.withdraw.from, 'returned', 'replied'] },
  ],
  ['the unit rates its own reply', 'rate', { who: ['author', 'leadHandler'] }],
  ['the unit reopens its own case', 'reopen', { who: ['author', 'inspector', 'leadHandler'] }],
  ['accepting leads back', 'accept', { to: ['returned'] }],
  ['a reply keeps the state', 'reply', { to: ['same'] }],
  ['two may dispatch at once', 'dispatch', { exclusive: false }],
  ['signing refuses who saw less', 'sign', { exclusive: true }],
];

describe('the workflow table', () => {
  it('says what the rules written by hand say', () => {
    expect(differences(ACTIONS)).toEqual([]);
  });

  it.each([...LIVED, ...TOLD])('would not pass if %s', (_what, action, change) => {
    const found = differences({ ...ACTIONS, [action]: { ...ACTIONS[action], ...change } });
    expect(found.join()).toContain(`${action}.`);
  });

  it.each(LIVED)('and random lives show it if %s', { timeout: 120_000 }, (_what, action, change) => {
    const table: Table = ACTIONS;
    const row = table[action];
    if (!row) {
      throw new Error(`no row ${action}`);
    }
    table[action] = { ...row, ...change };
    try {
      expect(livesNotice()).toBe(true);
    } finally {
      table[action] = row;
    }
    expect(differences(ACTIONS)).toEqual([]);
  });

  it('which random lives do not when nothing is flipped', { timeout: 120_000 }, () => {
    expect(livesNotice()).toBe(false);
  });
});

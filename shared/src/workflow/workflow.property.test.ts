import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTION_NAMES } from './actions.ts';
import { act, EVERYONE, inputFor, MONDAY, PEOPLE, refusalOf } from './testing/people.ts';
import { RULES } from './testing/rules.ts';
import { walk, type Choice } from './testing/walk.ts';

const choice: fc.Arbitrary<Choice> = fc.record({
  wait: fc.nat(9),
  pick: fc.nat(9_999),
  vary: fc.nat(59),
  watched: fc.boolean(),
});
const life = fc.array(choice, { minLength: 8, maxLength: 40 });

// Thousands of refusals are thrown and read by their code only: their stack traces would cost most of the time.
Error.stackTraceLimit = 0;

/** A way that leaves the state as it is counts for every state it is open in: those differ by nothing that lives show. */
function seen(wanted: Set<string>, done: string): void {
  wanted.delete(done);
  const [act = '', way = ''] = done.split(' ');
  const [from, to] = way.split('>');
  if (from === to) {
    [...wanted].filter((w) => w.startsWith(`${act} `) && isLoop(w)).forEach((w) => wanted.delete(w));
  }
}
const isLoop = (done: string): boolean => {
  const [from, to] = (done.split(' ')[1] ?? '').split('>');
  return from === to;
};

describe('random lives of a case', () => {
  it(
    'never let the wrong person act, never get stuck, never run clocks backwards, and replay to the same case',
    { timeout: 120_000 },
    () => {
      fc.assert(
        fc.property(life, (choices) => {
          expect(walk(choices).findings).toEqual([]);
        }),
        { numRuns: 40 },
      );
    },
  );

  it('reach every state and outcome, and do every act of the rules', { timeout: 120_000 }, () => {
    const wanted = new Set(RULES.flatMap((r) => r.to.split(' ').map((to) => `${r.act} ${r.from}>${to}`)));
    const states = new Set<string>();
    const outcomes = new Set<string>();
    for (const choices of fc.sample(fc.array(choice, { minLength: 50, maxLength: 70 }), {
      seed: 7,
      numRuns: 600,
    })) {
      const lived = walk(choices, false, wanted);
      expect(lived.findings).toEqual([]);
      lived.states.forEach((s) => states.add(s));
      lived.outcomes.forEach((o) => outcomes.add(o));
      lived.done.forEach((d) => seen(wanted, d));
      if (wanted.size === 0 && outcomes.size === 3) {
        break;
      }
    }
    expect([...wanted]).toEqual([]);
    expect([...outcomes].toSorted()).toEqual(['rated', 'unrated', 'upheld']);
    expect([...states].toSorted()).toEqual([
      'accepted',
      'closed',
      'declined',
      'dispatched',
      'disputed',
      'handling',
      'merged',
      'replied',
      'replying',
      'returned',
      'submitted',
      'withdrawn',
    ]);
  });

  it('begin only with a report by a member', () => {
    for (const who of EVERYONE) {
      for (const action of ACTION_NAMES) {
        const code = refusalOf(() => act(null, who, action, inputFor(action, null, 1), MONDAY));
        const actor = PEOPLE[who];
        const isMember = actor.kind === 'person' && actor.grants.some((g) => g.role === 'member');
        expect([who, action, code === null]).toEqual([who, action, action === 'submit' && isMember]);
      }
    }
  });
});

import { describe, expect, it } from 'vitest';
import { CLOCKS, type Case, type ClockKind } from '../workflow/index.ts';
import type { HouseRules } from '../workflow/world.ts';
import { act, HOUR } from '../workflow/testing/people.ts';
import { atPolice, clock, filed, play, replied, round, solved, why, low } from '../workflow/testing/story.ts';
import {
  handOvers,
  LATE_CLOCKS,
  LATE_REASON_NAMES,
  lateClock,
  lateMove,
  lateReason,
  lateTag,
  lateUnitId,
} from './late.ts';

const back = (who: 'pia' | 'walt' | 'paul'): [typeof who, 'transferBack', object] => [
  who,
  'transferBack',
  { ...why, suggestedUnitId: null },
];
const to = (leadUnitId: string): ['dora', 'dispatch', object] => [
  'dora',
  'dispatch',
  { leadUnitId, coUnitIds: [] },
];
const accepted = (): Case => play(filed(), ['rex', 'accept']);
const asked = (): Case => play(atPolice(), ['pia', 'ask', { question: '哪个方向？' }]);
const thirdUnit = (): Case => play(atPolice(), back('pia'), to('works'), back('walt'), to('parks'));
const disputed = (): Case => round(round(round(atPolice())));

const signedAt = (): Case => play(atPolice(), ['pia', 'sign']);
/** Answered by nobody until Thursday at five; asked on Monday for Friday. */
const extended = (): Case => play(signedAt(), ['pia', 'requestExtension', { ...why, until: '2026-07-10' }]);
const submitted = (rules: Partial<HouseRules>): Case =>
  act(signedAt(), 'pia', 'reply', solved, signedAt().lastEventAt, { rules }).next;
/** Due in two hours, sooner than anything else. */
const hurry = { level: 'normal', text: '请说明', limit: { unit: 'hours', amount: 1 } };
const planned = (): Case =>
  play(atPolice(), ['pia', 'reply', { class: 'planned', text: '列入计划', promisedOn: '2026-08-31' }]);

const TOLD: [string, () => Case, string | null, string | null, string | null][] = [
  ['a report nobody reviewed', filed, 'unreviewed', 'committee', 'committee'],
  ['an accepted one nobody dispatched', accepted, 'undispatched', 'office', 'office'],
  ['one the unit has not signed', atPolice, 'unsigned', 'police', 'police'],
  [
    'one it signed and has not answered',
    () => play(atPolice(), ['pia', 'sign']),
    'unanswered',
    'police',
    'police',
  ],
  ['one that waits for the author', asked, null, null, 'police'],
  ['one given back', () => play(atPolice(), back('pia')), 'redispatch', 'office', 'police'],
  [
    'one given back twice',
    () => play(atPolice(), back('pia'), to('works'), back('walt')),
    'secondRedispatch',
    'office',
    'works',
  ],
  ['one at its third unit, unsigned', thirdUnit, 'unsigned', 'parks', 'parks'],
  ['one at its third unit', () => play(thirdUnit(), ['paul', 'sign']), 'handedOn', 'parks', 'parks'],
  ['an answered one', replied, null, null, 'police'],
  [
    'a rework',
    () => play(replied(), ['ann', 'rate', low], ['pia', 'sign']),
    'unanswered',
    'police',
    'police',
  ],
  ['a disputed one', disputed, 'ruling', null, 'police'],
  [
    'a report returned before any dispatch',
    () => play(filed(), ['rex', 'return', why]),
    null,
    null,
    'committee',
  ],
  [
    'one late after its extension',
    () => play(extended(), ['dora', 'grant']),
    'afterExtension',
    'police',
    'police',
  ],
  ['one whose extension nobody decides', extended, 'extension', 'office', 'police'],
  [
    'a reply that waits for the head',
    () => submitted({ headApproval: () => true }),
    'headCheck',
    'police',
    'police',
  ],
  [
    'a reply that waits for the dispatch office',
    () => submitted({ dispatcherCheck: true }),
    'officeCheck',
    'office',
    'police',
  ],
  [
    'a supervision the unit owes',
    () => play(signedAt(), ['ivy', 'supervise', hurry]),
    'supervision',
    'police',
    'police',
  ],
  [
    'a supervision the dispatch office owes',
    () => play(accepted(), ['ivy', 'supervise', hurry]),
    'officeSupervision',
    'office',
    'office',
  ],
  [
    'an appeal',
    () =>
      play(
        replied(),
        ['ann', 'rate', low],
        ['pia', 'sign'],
        ['pia', 'appeal', why],
        ['pia', 'reply', solved],
      ),
    'appeal',
    null,
    'police',
  ],
  ['a promise, answered', planned, 'promise', 'police', 'police'],
  ['a promise, closed', () => play(planned(), ['ann', 'rate', { stars: 5 }]), 'promise', 'police', 'police'],
  ['a promise kept', () => play(planned(), ['pia', 'fulfil', { text: '已经落实' }]), null, null, 'police'],
  ['a closed one', () => play(replied(), ['ann', 'rate', { stars: 5 }]), null, null, 'police'],
];

describe('why a case is late', () => {
  it.each(TOLD)('%s', (_what, make, reason, mover, counted) => {
    const c = make();
    expect([lateReason(c), lateMove(c)?.unitId ?? null, lateUnitId(c)]).toEqual([reason, mover, counted]);
  });

  it('is told for every clock that can be overdue, and for no other', () => {
    const overdue = (Object.keys(CLOCKS) as ClockKind[]).filter((kind) =>
      ['overdue', 'withdraw'].includes(CLOCKS[kind].atDue),
    );
    expect(overdue).toContain('reply');
    expect(LATE_CLOCKS.toSorted()).toEqual(overdue.toSorted());
  });

  it('follows the older of two misses: unsigned until signed, though the reply is past due as well', () => {
    const c = atPolice();
    const weekLater = c.lastEventAt + 7 * 24 * HOUR;
    expect(lateClock(c)?.id).toBe('sign#1');
    expect(clock(c, 'reply').dueAt).toBeLessThan(weekLater);
    expect(lateClock(play(c, ['pia', 'sign', {}, weekLater]))?.id).toBe('reply#1');
  });

  it('a paused clock makes nobody late, whatever its due time; the same clock does once it runs on', () => {
    const c = asked();
    expect(clock(c, 'reply').pausedAt).not.toBeNull();
    expect(lateClock(c)).toBeNull();
    expect(lateReason(play(c, ['ann', 'answer', { text: '南北方向' }]))).toBe('unanswered');
  });

  it('a report that comes back after it was dispatched once is the author’s to supplement, and can be late', () => {
    const c = play(atPolice(), back('pia'), ['dora', 'sendBack', why], ['rex', 'return', why]);
    expect(lateReason(c)).toBe('supplement');
    expect(lateMove(c)?.audience).toEqual({ to: 'authors' });
  });

  it('a redispatch to another unit counts as handed on, a rework by the same one does not', () => {
    expect(handOvers(round(atPolice()))).toBe(0);
    expect(
      handOvers(play(atPolice(), ['dora', 'redispatch', { leadUnitId: 'works', coUnitIds: [], ...why }])),
    ).toBe(1);
    expect(handOvers(thirdUnit())).toBe(2);
  });

  it('stands on the row with its number', () => {
    expect(lateTag(play(thirdUnit(), ['paul', 'sign']))).toBe('转办 2 次');
    expect(lateTag(play(atPolice(), back('pia'), to('works'), back('walt')))).toBe('退回 2 次');
    expect(lateTag(atPolice())).toBe('没有签收');
    expect(lateTag(replied())).toBe('');
  });

  it('every reason is reached by one of the cases above', () => {
    const reached = new Set(TOLD.map(([, make]) => lateReason(make())));
    reached.add('supplement');
    expect(LATE_REASON_NAMES.filter((name) => !reached.has(name))).toEqual([]);
  });
});

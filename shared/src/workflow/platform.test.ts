import { describe, expect, it } from 'vitest';
import { duties, moverOf, timersOf } from './duties.ts';
import type { PlatformSays } from './platform.ts';
import type { Case } from './model.ts';
import { act, at, CONTENT, HOUR, MONDAY, refusalOf, worldAt, type Who } from './testing/people.ts';
import { clock, code, low, play, solved, why } from './testing/story.ts';
import type { ActionName } from './actions.ts';

const filed = (): Case => play(null, ['ann', 'submit', CONTENT]);
const accepted = (): Case => act(filed(), 'rex', 'accept', {}, MONDAY, { partner: 'xgj' }).next;
const by = (c: Case, action: ActionName, input: object, says: PlatformSays = {}, now = c.lastEventAt): Case =>
  act(c, 'platform', action, input, now, { says }).next;
const TO_POLICE = { leadUnitId: 'police', coUnitIds: ['works'] };
const atPolice = (says: PlatformSays = {}): Case => by(accepted(), 'dispatch', TO_POLICE, says);

describe('a case that was handed to a connected platform', () => {
  it('is so from its acceptance, whatever is switched over before or after', () => {
    expect(filed().handledBy).toBeUndefined();
    const here = act(filed(), 'rex', 'accept', {}, MONDAY).next;
    expect([here.handledBy, code(here, 'platform', 'dispatch', TO_POLICE)]).toEqual([undefined, 'notYours']);
    const there = accepted();
    expect(act(there, 'platform', 'dispatch', TO_POLICE, MONDAY).next.state).toBe('dispatched');
    expect(refusalOf(() => act(there, 'dora', 'dispatch', TO_POLICE, MONDAY))).toBe('atPlatform');
  });

  it.each<[Who, ActionName, object]>([
    ['dora', 'redispatch', { leadUnitId: 'parks', coUnitIds: [], reason: '换一家' }],
    ['dora', 'changeCoHandlers', { coUnitIds: [] }],
    ['dora', 'recall', why],
    ['pia', 'sign', {}],
    ['pia', 'progress', { text: '去过' }],
    ['pia', 'contact', { at: new Date(MONDAY).toISOString(), way: 'phone', text: '谈过' }],
    ['pia', 'ask', { question: '哪里？' }],
    ['pia', 'requestExtension', { ...why, until: '2026-07-20' }],
    ['pia', 'transferBack', why],
    ['pia', 'reply', solved],
    ['walt', 'opinion', { text: '同意' }],
  ])('keeps %s from %s, in words that say where it is done', (who, action, input) => {
    expect(refusalOf(() => act(atPolice(), who, action, input, MONDAY))).toBe('atPlatform');
  });

  it('knows no other platform', () => {
    expect(code(accepted(), 'stranger', 'dispatch', TO_POLICE)).toBe('notYours');
    expect(code(accepted(), 'platform', 'rate', { stars: 5 })).toBe('notYours');
    expect(code(atPolice(), 'mia', 'sign')).toBe('notYours');
  });

  it('runs against the due moments the platform tells, which remind and escalate nobody here', () => {
    const reply = at('2026-07-17T18:00:00');
    const c = atPolice({ due: { reply } });
    expect([clock(c, 'reply').dueAt, clock(c, 'reply').firstDueAt]).toEqual([reply, reply]);
    expect(timersOf(c, worldAt(MONDAY).calendar)).toEqual([]);
    const moved = by(c, 'sign', {}, { due: { reply: reply + HOUR } });
    expect(clock(moved, 'reply').dueAt).toBe(reply + HOUR);
    expect(code(moved, 'timer', 'overdue', { clockId: clock(moved, 'reply').id }, reply + 9 * HOUR)).toBe(
      'clockGone',
    );
    expect(code(moved, 'timer', 'recount', { clockId: clock(moved, 'reply').id, why: '日历' })).toBe(
      'nothingChanged',
    );
  });

  it('waits for the platform and for nobody here, until the answer is there', () => {
    expect([moverOf(accepted()), moverOf(atPolice())]).toEqual(['platform', 'platform']);
    expect(duties(atPolice()).map((d) => d.audience.to)).toEqual(['platform', 'platform']);
    expect(moverOf(by(atPolice(), 'reply', solved))).toBe('author');
  });

  it('is answered without our signatures, and rated, reworked and ruled on here', () => {
    const rules = { dispatcherCheck: true, headApproval: () => true };
    const replied = act(atPolice(), 'platform', 'reply', solved, MONDAY, { rules }).next;
    expect(replied.state).toBe('replied');
    const rework = play(replied, ['ann', 'rate', low]);
    expect([rework.state, rework.round, rework.handledBy]).toEqual(['dispatched', 2, 'xgj']);
    const closed = play(by(by(rework, 'sign', {}), 'reply', solved), ['ann', 'rate', { stars: 5 }]);
    expect(closed.state).toBe('closed');
    const reopened = play(closed, ['ann', 'reopen', why]);
    expect([reopened.state, code(reopened, 'dora', 'dispatch', TO_POLICE)]).toEqual([
      'accepted',
      'atPlatform',
    ]);
  });

  it('takes each unit’s act in that unit’s name', () => {
    const signed = by(atPolice(), 'sign', {}, { unitId: 'works' });
    expect(signed.assignments.map((a) => a.state)).toEqual(['unsigned', 'handling']);
    const spoken = by(signed, 'opinion', { text: '同意' }, { unitId: 'works' });
    expect(spoken.assignments.map((a) => a.state)).toEqual(['unsigned', 'done']);
    expect(code(spoken, 'platform', 'opinion', { text: '同意' })).toBe('unitNotHere');
    expect(refusalOf(() => by(spoken, 'sign', {}, { unitId: 'parks' }))).toBe('unitNotHere');
  });

  it('follows the platform’s own rules on extensions and returns', () => {
    const ask = { ...why, until: '2026-07-15' };
    const due = at('2026-07-15T18:30:00');
    const granted = by(by(atPolice(), 'requestExtension', ask), 'grant', {}, { due: { reply: due } });
    expect(clock(granted, 'reply').dueAt).toBe(due);
    expect(by(granted, 'requestExtension', { ...why, until: '2026-07-20' }).extension?.until).toBe(
      '2026-07-20',
    );
    const late = by(atPolice(), 'transferBack', why, {}, at('2026-07-08T09:00:00'));
    expect([late.state, late.transferred]).toEqual(['accepted', true]);
  });

  it('is reviewed anew when it comes back, and handed on as the area stands then', () => {
    const back = by(accepted(), 'sendBack', why);
    expect([back.state, back.handledBy]).toEqual(['submitted', undefined]);
    expect(act(back, 'rex', 'accept', {}, MONDAY).next.handledBy).toBeUndefined();
  });

  it('still pauses for the author, whose answer or silence ends it here', () => {
    const asked = by(atPolice(), 'ask', { question: '哪个路口？' });
    expect(moverOf(asked)).toBe('author');
    expect(timersOf(asked, worldAt(MONDAY).calendar).map((t) => t.clockId)).toEqual(['ask#1']);
    const answered = play(asked, ['ann', 'answer', { text: '南北向' }, MONDAY + 2 * HOUR]);
    expect(clock(answered, 'reply').pausedMinutes).toBe(120);
  });
});

import { describe, expect, it } from 'vitest';
import { followClock, type FollowingClock } from './clock.ts';

const START = Date.parse('2026-07-07T08:30:00+08:00');

/** A source whose answers and machine time a test decides. The clock polls only when it is asked to. */
function source() {
  const state = { machine: 1_000_000, business: START, answer: undefined as Response | undefined, late: 0 };
  const troubles: (string | null)[] = [];
  const clock: FollowingClock = followClock('http://127.0.0.1/clock', {
    pollMs: 3_600_000,
    machineNow: () => state.machine,
    onTrouble: (problem) => troubles.push(problem),
    fetch: async () => {
      state.machine += state.late;
      return state.answer ?? Response.json({ now: state.business });
    },
  });
  return { state, troubles, clock };
}

describe('business time', () => {
  it('is the source’s, and runs on by the machine’s between answers', async () => {
    const { state, clock } = source();
    await clock.refresh();
    expect(clock.businessNow()).toBe(START);
    state.machine += 60_000;
    expect(clock.businessNow()).toBe(START + 60_000);
    expect(clock.machineNow()).toBe(state.machine);
    clock.stop();
  });

  it('reads ISO 8601 as well', async () => {
    const { state, clock } = source();
    state.answer = Response.json({ now: '2026-07-07T08:30:00+08:00' });
    await clock.refresh();
    expect(clock.businessNow()).toBe(START);
    clock.stop();
  });

  it('takes the middle of asking and answering for the moment of the answer', async () => {
    const { state, clock } = source();
    state.late = 400;
    await clock.refresh();
    expect(clock.businessNow()).toBe(START + 200);
    clock.stop();
  });

  it('jumps when somebody moved it, and says so once', async () => {
    const { state, clock } = source();
    await clock.refresh();
    const jumps: number[] = [];
    const end = clock.onJump((now) => jumps.push(now));
    state.business += 3 * 86_400_000;
    await clock.refresh();
    await clock.refresh();
    expect(jumps).toEqual([START + 3 * 86_400_000]);
    end();
    state.business += 86_400_000;
    await clock.refresh();
    expect(jumps).toHaveLength(1);
    clock.stop();
  });

  it('never runs backwards for a source that is a little behind', async () => {
    const { state, clock } = source();
    await clock.refresh();
    const before = clock.businessNow();
    state.business -= 900;
    await clock.refresh();
    expect(clock.businessNow()).toBe(before);
    state.machine += 1_000;
    expect(clock.businessNow()).toBe(before + 100);
    clock.stop();
  });

  it('follows the demo back to its beginning', async () => {
    const { state, clock } = source();
    state.business += 30 * 86_400_000;
    await clock.refresh();
    state.business = START;
    await clock.refresh();
    expect(clock.businessNow()).toBe(START);
    clock.stop();
  });

  it('keeps running while the source is silent', async () => {
    const { state, clock } = source();
    await clock.refresh();
    state.answer = new Response('busy', { status: 503 });
    await expect(clock.refresh()).rejects.toThrow('503');
    state.machine += 5_000;
    expect(clock.businessNow()).toBe(START + 5_000);
    clock.stop();
  });

  it('does not believe an answer without a time', async () => {
    const { state, clock } = source();
    state.answer = Response.json({ time: 1 });
    await expect(clock.refresh()).rejects.toThrow('no time');
    clock.stop();
  });
});

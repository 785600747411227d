import { describe, expect, it } from 'vitest';
import { createLoop, shareRuns } from './loop.ts';
import { silentLog } from './log.ts';

/** Turns that end when the test lets them. */
function gated() {
  const open: ((did: number) => void)[] = [];
  return {
    turns: () => open.length,
    turn: () =>
      new Promise<number>((resolve) => {
        open.push(resolve);
      }),
    end: (did = 0) => open.at(-1)?.(did),
  };
}

const LONG = 3_600_000;
const loop = (turn: () => Promise<number>, idleMs = LONG) =>
  createLoop({ name: 'the worker', log: silentLog, idleMs, turn });

describe('a loop', () => {
  it('waits to be started, also when somebody wakes it', async () => {
    const gate = gated();
    const turns = loop(gate.turn);
    turns.wake();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(gate.turns()).toBe(0);
  });

  it('goes on at once after a turn that found something, and when it was woken during one or between two', async () => {
    const gate = gated();
    const turns = loop(gate.turn);
    turns.start();
    await expect.poll(gate.turns).toBe(1);
    gate.end(3);
    await expect.poll(gate.turns).toBe(2);
    turns.wake();
    expect(gate.turns()).toBe(2);
    gate.end();
    await expect.poll(gate.turns).toBe(3);
    gate.end();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(gate.turns()).toBe(3);
    turns.wake();
    await expect.poll(gate.turns).toBe(4);
    gate.end();
    await turns.stop();
  });

  it('outlives a turn that fails', async () => {
    let turns = 0;
    const failing = loop(() => {
      turns += 1;
      return Promise.reject(new Error('no database'));
    }, 1);
    failing.start();
    await expect.poll(() => turns).toBeGreaterThan(2);
    await failing.stop();
  });

  it('waits for the turn under way when it is stopped, and takes no other', async () => {
    const gate = gated();
    const turns = loop(gate.turn, 1);
    turns.start();
    await expect.poll(gate.turns).toBe(1);
    let over = false;
    const stopping = turns.stop().then(() => (over = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(over).toBe(false);
    gate.end(5);
    await stopping;
    turns.wake();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(gate.turns()).toBe(1);
  });
});

describe('shared runs', () => {
  it('join the one under way, tell everybody of its failure, and end with stop', async () => {
    const gate = gated();
    const shared = shareRuns(gate.turn);
    const both = Promise.all([shared.runOnce(), shared.runOnce()]);
    expect(gate.turns()).toBe(1);
    gate.end(7);
    expect(await both).toEqual([7, 7]);
    const failing = shareRuns(() => Promise.reject(new Error('no')));
    await expect(failing.runOnce()).rejects.toThrow('no');
    await shared.stop();
    expect(await shared.runOnce()).toBe(0);
    expect(gate.turns()).toBe(1);
  });
});

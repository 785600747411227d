import { expect, it } from 'vitest';
import { silentLog } from '../log.ts';
import { createOpening } from './opening.ts';
import type { Partner } from './partners.ts';
import type { Outcome } from './reconcile.ts';

const HOUR = 3_600_000;
const NOTHING: Outcome = { days: 0, cases: 0, findings: [], error: '' };

it('waits for as long as another process compares, and then compares by itself', async () => {
  const answers = [...Array.from({ length: 20 }, () => null), NOTHING];
  const opening = createOpening({
    partners: { one: () => ({ id: 'xgj', active: true }) as Partner },
    reconcile: async () => {
      expect(opening.isOpen('xgj')).toBe(false);
      return answers.shift() ?? null;
    },
    log: silentLog,
    paceMs: 1,
    opened: () => undefined,
  });
  expect(opening.isOpen('xgj')).toBe(false);
  await expect.poll(() => opening.isOpen('xgj')).toBe(true);
  expect(answers).toEqual([]);
  await opening.stop();
});

it('works all the same with a platform that cannot be asked', async () => {
  let asked = 0;
  const opening = createOpening({
    partners: { one: () => ({ id: 'xgj', active: true }) as Partner },
    reconcile: async () => {
      asked += 1;
      return { ...NOTHING, error: '连不上' };
    },
    log: silentLog,
    paceMs: 1,
    opened: () => undefined,
  });
  opening.isOpen('xgj');
  await expect.poll(() => opening.isOpen('xgj')).toBe(true);
  expect(asked).toBe(5);
  await opening.stop();
});

it('stops at once while a platform that is not there waits to be asked again', async () => {
  let asked = 0;
  const opening = createOpening({
    partners: { one: () => ({ id: 'xgj', active: true }) as Partner },
    reconcile: async () => {
      asked += 1;
      return null;
    },
    log: silentLog,
    paceMs: HOUR,
    opened: () => undefined,
  });
  expect(opening.isOpen('xgj')).toBe(false);
  await expect.poll(() => asked).toBe(1);
  await opening.stop();
  expect(asked).toBe(1);
  expect(opening.isOpen('xgj')).toBe(true);
});

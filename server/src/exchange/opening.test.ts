import { expect, it } from 'vitest';
import { silentLog } from '../log.ts';
import { createOpening } from './opening.ts';
import type { Partner } from './partners.ts';

const HOUR = 3_600_000;

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

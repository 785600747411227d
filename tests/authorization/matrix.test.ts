import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTION_NAMES } from '@minqing/shared/workflow';
import { allowed, RULES, type Part as Role } from '../../shared/src/workflow/testing/rules.ts';
import { inputOf, openStages, STAGES, type Stage } from '../support/stages.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTale, type Part, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';

/** What each of the cast is to the cases of stages.ts; at a unit only once it was dispatched. */
const ROLES: [part: Part, ...roles: Role[]][] = [
  ['member', 'first', 'author'],
  ['member2'],
  ['reviewer', 'reviewer'],
  ['reviewer2', 'reviewer'],
  ['countyReviewer'],
  ['dispatcher', 'dispatcher'],
  ['countyDispatcher'],
  ['handler', 'lead'],
  ['coHandler', 'co'],
  ['otherHandler'],
  ['head'],
  ['inspector', 'inspector'],
  ['leader'],
  ['admin'],
];
const ONCE_DISPATCHED = new Set<Stage>(['dispatched', 'handling', 'asked', 'replied', 'disputed', 'closed']);
const stateOf = (stage: Stage): string => (stage === 'asked' ? 'handling' : stage);
const rolesAt = (stage: Stage, roles: readonly Role[]): Set<Role> =>
  new Set(roles.filter((r) => (r !== 'lead' && r !== 'co') || ONCE_DISPATCHED.has(stage)));
const TRIED = [...new Set(RULES.map((r) => r.act))];

describe.each(STORES.filter((s) => s.name === 'sqlite'))(
  'everyone, at every stage, at every act, on $name',
  (store) => {
    let database: TestDatabase;
    let town: Town;
    let tale: Tale;
    let stages: Record<Stage, string>;
    beforeAll(async () => {
      database = await store.create();
      town = await openTown({ databaseUrl: database.databaseUrl, workers: false });
      tale = await openTale(town);
      stages = await openStages(tale);
    });
    afterAll(async () => {
      await town?.stop();
      await database?.drop();
    });

    it.each(ROLES)(
      '%s is refused whatever the rules do not give, and nothing changes',
      { timeout: 120_000 },
      async (part, ...roles) => {
        const before = await Promise.all(STAGES.map((s) => tale.read(stages[s])));
        const citizen = await tale.as(part);
        const wrong: string[] = [];
        for (const stage of STAGES) {
          for (const action of TRIED) {
            if (allowed(action, rolesAt(stage, roles), stateOf(stage)).length > 0) {
              continue;
            }
            const { status } = await citizen.try(stages[stage], action, inputOf(action, tale));
            if (![403, 404, 409].includes(status)) {
              wrong.push(`${action} in ${stage}: ${status}`);
            }
          }
        }
        expect(wrong).toEqual([]);
        expect(await Promise.all(STAGES.map((s) => tale.read(stages[s])))).toEqual(before);
      },
    );

    it.each(ROLES)('%s is offered only what the rules give', async (part, ...roles) => {
      const citizen = await tale.as(part);
      const extra: string[] = [];
      let offered = 0;
      for (const stage of STAGES) {
        const { status, body } = await citizen.call('GET', `/cases/${stages[stage]}`);
        const actions = status === 200 ? (body as unknown as { actions: { action: string }[] }).actions : [];
        offered += actions.length;
        extra.push(
          ...actions
            .filter((a) => allowed(a.action, rolesAt(stage, roles), stateOf(stage)).length === 0)
            .map((a) => `${a.action} in ${stage}`),
        );
      }
      expect(extra).toEqual([]);
      expect(offered > 0).toBe(roles.length > 0);
    });

    it('the timers’ own acts and those not built are no doors to anyone', async () => {
      const off = ACTION_NAMES.filter(
        (a) => !TRIED.includes(a) || ['settle', 'overdue', 'remind', 'lapseAsk'].includes(a),
      );
      for (const part of ['member', 'handler', 'dispatcher', 'inspector'] as const) {
        for (const action of off) {
          const { status } = await tale.does(part, stages.replied, action, {
            reason: '试试',
            text: '试试',
            clockId: 'rate#1',
          });
          expect([action, status >= 400 && status < 500]).toEqual([action, true]);
        }
      }
    });
  },
);

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTION_NAMES, duties, spec } from '@minqing/shared/workflow';
import { allowed, RULES, type Part as Role } from '../../shared/src/workflow/testing/rules.ts';
import { inputOf, openStages, STAGES, type Stage } from '../support/stages.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTale, type Part, type Tale } from '../support/tale.ts';
import { openTown, type Town } from '../support/town.ts';

type Standing = (stage: Stage) => readonly Role[];

const AT_POLICE = new Set<Stage>([
  'dispatched',
  'handling',
  'asked',
  'replied',
  'disputed',
  'closed',
  'extending',
  'supervised',
  'countersigning',
  'approving',
  'rework',
  'promised',
]);
const ANSWERED = new Set<Stage>(['replied', 'disputed', 'closed', 'rework', 'promised']);
const atPolice =
  (...roles: Role[]): Standing =>
  (stage) =>
    AT_POLICE.has(stage)
      ? [...roles, ...(ANSWERED.has(stage) && roles.includes('lead') ? (['rated'] as const) : [])]
      : [];
const always =
  (...roles: Role[]): Standing =>
  () =>
    roles;

/** What each of the cast is to the cases of stages.ts, written by hand. */
const ROLES: readonly [part: Part, standing: Standing][] = [
  ['member', (stage) => (stage === 'merged' ? ['merged'] : ['first', 'author'])],
  ['member2', (stage) => (stage === 'invited' ? ['invited'] : stage === 'open' ? ['member'] : [])],
  ['reviewer', always('reviewer')],
  ['reviewer2', always('reviewer')],
  ['countyReviewer', always()],
  [
    'dispatcher',
    (stage) => (stage === 'accepted' || stage === 'open' ? ['dispatcher', 'supervised'] : ['dispatcher']),
  ],
  ['countyDispatcher', always()],
  ['handler', atPolice('lead')],
  ['coHandler', atPolice('co')],
  ['otherHandler', always()],
  ['head', atPolice('head', 'supervised')],
  ['inspector', always('inspector')],
  ['leader', always('leader')],
  ['admin', always()],
];
const STATE: Partial<Record<Stage, string>> = {
  asked: 'handling',
  invited: 'submitted',
  open: 'accepted',
  extending: 'dispatched',
  supervised: 'dispatched',
  countersigning: 'replying',
  approving: 'replying',
  rework: 'dispatched',
  promised: 'closed',
};
/** An author of a merged case acts where it goes on, which is still under review. */
const stateOf = (stage: Stage, roles: readonly Role[]): string =>
  stage === 'merged' && roles.includes('merged') ? 'submitted' : (STATE[stage] ?? stage);
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
      async (part, standing) => {
        const before = await Promise.all(STAGES.map((s) => tale.read(stages[s])));
        const citizen = await tale.as(part);
        const wrong: string[] = [];
        for (const stage of STAGES) {
          for (const action of TRIED) {
            const roles = standing(stage);
            if (allowed(action, new Set(roles), stateOf(stage, roles)).length > 0) {
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

    it.each(ROLES)('%s is offered only what the rules give', async (part, standing) => {
      const citizen = await tale.as(part);
      const extra: string[] = [];
      let offered = 0;
      for (const stage of STAGES) {
        const { status, body } = await citizen.call('GET', `/cases/${stages[stage]}`);
        const actions = status === 200 ? (body as unknown as { actions: { action: string }[] }).actions : [];
        offered += actions.length;
        extra.push(
          ...actions
            .filter((a) => {
              const roles = standing(stage);
              return allowed(a.action, new Set(roles), stateOf(stage, roles)).length === 0;
            })
            .map((a) => `${a.action} in ${stage}`),
        );
      }
      expect(extra).toEqual([]);
      expect(offered > 0).toBe(STAGES.some((stage) => standing(stage).length > 0));
    });

    it('the timers’ own acts are no doors to anyone', async () => {
      const off = ACTION_NAMES.filter((a) => spec(a).who.every((who) => who === 'timer'));
      expect(off.length).toBeGreaterThan(6);
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

    it('no card acts for anybody but the person it was sent to', { timeout: 120_000 }, async () => {
      const { app } = town;
      const cards = await app.store.read((db) =>
        db
          .selectFrom('card')
          .innerJoin('account', 'account.id', 'card.account_id')
          .select(['card.out_track_id', 'card.case_id', 'card.host_id', 'card.person_id', 'account.user_id'])
          .where('card.live', '=', 1)
          .where('card.case_id', 'in', Object.values(stages))
          .execute(),
      );
      expect(new Set(cards.map((c) => c.case_id)).size).toBeGreaterThan(8);
      const before = await Promise.all(STAGES.map((s) => tale.read(stages[s])));
      const users = [...new Set(cards.map((c) => c.user_id))];
      for (const card of cards) {
        for (const userId of users.filter((u) => u !== card.user_id)) {
          await app.notices.onCardPress({
            hostId: card.host_id,
            outTrackId: card.out_track_id,
            userId,
            actionIds: ['accept'],
            params: { rev: '1' },
            messageId: null,
          });
        }
        for (const action of ['accept', 'sign', 'reply', 'opinion', 'answer', 'rate']) {
          // The holder's own presses that their card does not offer are no way round the rules either.
          const c = await tale.read(card.case_id ?? '');
          const duty = duties(c).some((d) => d.actions.some((a) => a === action));
          if (!duty) {
            await app.notices.onCardPress({
              hostId: card.host_id,
              outTrackId: card.out_track_id,
              userId: card.user_id,
              actionIds: [action],
              params: {
                rev: String(c.version),
                reply: '试试',
                class: '已解决',
                answer: '试试',
                opinion: '试试',
                stars: '5',
              },
              messageId: null,
            });
          }
        }
      }
      expect(await Promise.all(STAGES.map((s) => tale.read(stages[s])))).toEqual(before);
    });
  },
);

/** Away: naming a substitute for a period, ending it early, and what people and administrators see of it. */
import type { MySubstitutions, SubstituteCandidates, SubstitutionPage } from '@minqing/shared/contract';
import { dateText, shanghaiDate } from '@minqing/shared/time';
import { ROLES, type Role } from '@minqing/shared/words';
import type { Actor } from '@minqing/shared/workflow';
import type { Clock } from '../clock.ts';
import { forbidden, invalidInput, notFound, conflict } from '../errors.ts';
import { appendAudit } from '../ledger/index.ts';
import { changeOnce, uuidv7, type ChangeRequest, type Reader, type Store, type Tx } from '../store/index.ts';
import { administering, type Administering } from './administering.ts';
import { serialise } from './admin/serialise.ts';
import type { Directory } from './directory.ts';
import { peopleById, reachable } from './grants.ts';
import { noteHoldingChange } from './holding-changes.ts';
import { candidateIds, listForArea, listMine } from './substitutes.queries.ts';
import {
  mayStandIn,
  overAt,
  ownDuties,
  periodOf,
  refuseCircle,
  refuseOverlap,
  type Period,
} from './substitutes.rules.ts';

export interface NewSubstitution {
  personId: string;
  substituteId: string;
  fromDate: string;
  toDate: string;
  reason: string;
}

export interface Substitutes {
  mine(viewer: Actor): Promise<MySubstitutions>;
  /** Those of the viewer's administered areas, newest first. */
  list(
    viewer: Actor,
    query: { state: 'open' | 'over'; after?: string | undefined },
  ): Promise<SubstitutionPage>;
  /** Who may stand in for the person, by name. Throws forbidden unless it is the viewer or somebody they administer. */
  candidates(viewer: Actor, personId: string, q: string): Promise<SubstituteCandidates>;
  /** Answers the substitution's id. Throws invalidInput, conflict or forbidden with what to do. */
  name(viewer: Actor, wanted: NewSubstitution, request: ChangeRequest): Promise<string>;
  /** Ends it now, or takes back one that has not begun. */
  end(viewer: Actor, id: string, request: ChangeRequest): Promise<void>;
}

interface Deps {
  store: Store;
  clock: Clock;
  directory: Directory;
}

export function createSubstitutes({ store, clock, directory }: Deps): Substitutes {
  /** The areas in which the person has duties; throws unless the viewer is the person or administers all of them. */
  async function requireSay(db: Reader, viewer: Actor, personId: string): Promise<string> {
    const duties = (await ownDuties(db, [personId], clock.businessNow())).get(personId) ?? [];
    if (viewer.kind !== 'person') {
      throw forbidden();
    }
    if (viewer.personId !== personId) {
      const scope = administering(viewer, directory);
      duties.forEach((duty) => scope.require(duty.areaId));
      if (duties.length === 0 && !(await peopleById(db, [personId])).has(personId)) {
        throw notFound('没有这个人，请刷新后再选');
      }
    }
    return viewer.personId;
  }

  async function checked(tx: Tx, wanted: NewSubstitution, period: Period): Promise<string> {
    const { personId, substituteId } = wanted;
    const people = await peopleById(tx, [personId, substituteId]);
    const nameOf = (id: string): string => people.get(id)?.name ?? '他';
    if (personId === substituteId) {
      throw invalidInput([{ path: 'substituteId', message: '不能请自己代办，请选别人' }]);
    }
    const duties = await ownDuties(tx, [personId, substituteId], period.from);
    const own = duties.get(personId) ?? [];
    if (!people.get(personId)?.active || own.length === 0) {
      throw conflict(`${nameOf(personId)}那时没有可以代办的工作，不用请人代办`);
    }
    if (!people.get(substituteId)?.active || (await reachable(tx, [substituteId])).length === 0) {
      throw invalidInput([{ path: 'substituteId', message: '这个人现在收不到通知，请选别人' }]);
    }
    if (!mayStandIn(directory, own, duties.get(substituteId) ?? [])) {
      throw invalidInput([{ path: 'substituteId', message: '只能请本单位或上级单位在岗的人代办' }]);
    }
    await refuseOverlap(tx, personId, period, clock.businessNow());
    await refuseCircle(tx, personId, substituteId, period, nameOf);
    return own[0]?.areaId ?? '';
  }

  return {
    mine: async (viewer) => {
      if (viewer.kind !== 'person') {
        throw forbidden();
      }
      return store.read((db) => listMine(db, viewer.personId, clock.businessNow()));
    },

    list: async (viewer, query) => {
      const scope: Administering = administering(viewer, directory);
      return store.read((db) => listForArea(db, [...scope.areaIds], query, clock.businessNow()));
    },

    candidates: async (viewer, personId, q) =>
      store.read(async (db) => {
        await requireSay(db, viewer, personId);
        const now = clock.businessNow();
        const own = (await ownDuties(db, [personId], now)).get(personId) ?? [];
        const ids = (await candidateIds(db, directory, own, now)).filter((id) => id !== personId);
        const held = await ownDuties(db, ids, now);
        const people = await peopleById(db, ids);
        const there = new Set((await reachable(db, ids)).map((holder) => holder.personId));
        const fitting = ids
          .filter((id) => there.has(id) && mayStandIn(directory, own, held.get(id) ?? []))
          .filter((id) => (people.get(id)?.name ?? '').includes(q))
          .slice(0, 30);
        const away = await awayTexts(db, fitting, now);
        return {
          today: shanghaiDate(now),
          items: fitting.map((id) => ({
            id,
            name: people.get(id)?.name ?? '',
            title: people.get(id)?.title ?? '',
            detail: (held.get(id) ?? [])
              .slice(0, 2)
              .map((grant) => {
                const where = grant.unitId ? directory.unit(grant.unitId) : directory.area(grant.areaId);
                return `${where?.name ?? ''} · ${ROLES[grant.role as Role]}`;
              })
              .join('，'),
            awayText: away.get(id) ?? '',
          })),
        };
      }),

    name: async (viewer, wanted, request) =>
      changeOnce(store, request, clock.machineNow(), async (tx) => {
        await serialise(tx);
        const by = await requireSay(tx, viewer, wanted.personId);
        const now = clock.businessNow();
        const period = periodOf(wanted.fromDate, wanted.toDate, now);
        const areaId = await checked(tx, wanted, period);
        const id = uuidv7();
        await tx
          .insertInto('substitution')
          .values({
            id,
            person_id: wanted.personId,
            substitute_id: wanted.substituteId,
            from_at: period.from,
            to_at: period.to,
            ended_at: null,
            reason: wanted.reason,
            created_at: now,
            created_by: by,
          })
          .execute();
        const change = { personId: wanted.personId, substitutionId: id };
        await noteHoldingChange(tx, { ...change, at: period.from, cause: 'begin' });
        await noteHoldingChange(tx, { ...change, at: period.to, cause: 'end' });
        await appendAudit(tx, {
          at: now,
          kind: 'substitution.named',
          personId: by,
          subject: wanted.personId,
          data: { id, substituteId: wanted.substituteId, ...period, reason: wanted.reason },
          areaId,
        });
        return id;
      }),

    end: async (viewer, id, request) => {
      await changeOnce(store, request, clock.machineNow(), async (tx) => {
        await serialise(tx);
        const row = await tx.selectFrom('substitution').selectAll().where('id', '=', id).executeTakeFirst();
        if (!row) {
          throw notFound('没有这次代办，请刷新');
        }
        const by = await requireSay(tx, viewer, row.person_id);
        await endSubstitution(tx, row, by, clock.businessNow());
        return id;
      });
    },
  };
}

/** Ends it at `now`. Does nothing when it is over. */
export async function endSubstitution(
  tx: Tx,
  row: { id: string; person_id: string; from_at: number; to_at: number; ended_at: number | null },
  by: string,
  now: number,
): Promise<void> {
  if (overAt(row) <= now) {
    return;
  }
  await tx.updateTable('substitution').set({ ended_at: now }).where('id', '=', row.id).execute();
  await tx
    .deleteFrom('holding_change')
    .where('substitution_id', '=', row.id)
    .where('at', '>', now)
    .where('progress', '=', '')
    .execute();
  if (row.from_at <= now) {
    await noteHoldingChange(tx, {
      at: now,
      cause: 'end',
      personId: row.person_id,
      substitutionId: row.id,
    });
  }
  await appendAudit(tx, {
    at: now,
    kind: 'substitution.ended',
    personId: by,
    subject: row.person_id,
    data: { id: row.id, begun: row.from_at <= now },
  });
}

/** 「7月8日至7月9日不在」 for those who have a substitute themselves, now or later. */
async function awayTexts(
  db: Reader,
  personIds: readonly string[],
  now: number,
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('substitution')
    .select(['person_id', 'from_at', 'to_at', 'ended_at'])
    .where('person_id', 'in', personIds.length > 0 ? [...personIds] : [''])
    .where('to_at', '>', now)
    .orderBy('from_at', 'desc')
    .execute();
  return new Map(
    rows
      .filter((row) => overAt(row) > Math.max(now, row.from_at))
      .map((row) => [
        row.person_id,
        `${dateText(row.from_at, now)}至${dateText(overAt(row) - 1, now)}不在，由别人代办`,
      ]),
  );
}

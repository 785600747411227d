/** Cases: performing, reading, lists and drafts. The only door of this folder. */
import { sightOf, steppedUp, type Sight } from './sight.ts';
import { asMerged, type Actor, type AreaFacts, type Case } from '@minqing/shared/workflow';
import type { CaseView, FileView } from '@minqing/shared/contract';
import type { CaseWording } from '../catalogue/index.ts';
import { forbidden, notFound } from '../errors.ts';
import { upsert, type Reader } from '../store/index.ts';
import { eventsOf, findCase, hashesOf } from './case.repository.ts';
import { presentCase } from './case.presenter.ts';
import { dutyOf, type Presenting } from './presenting.ts';
import { everyCase, listCases, queuesOf } from './case.queries.ts';
import { createDrafts } from './drafts.ts';
import { previewDispatch } from './dispatch.preview.ts';
import { maySeeFile, presentFiles } from './case.files.ts';
import { eventsOfBoth, ownOf, relativesOf } from './merged.ts';
import { namesOf } from './names.ts';
import { createPerform, type Perform, type PerformDeps } from './perform.ts';
import type { Cases, WholeCase } from './port.ts';
import { recordReading } from './reading.audit.ts';
import { recordOf } from './record.ts';
import { paperTimeline } from './timeline.presenter.ts';
import { unitsFor } from './units.ts';
import { worldAround } from './world.ts';

export type { Cases, ListQuery, Performed, RequestIdentity, WholeCase } from './port.ts';
export type { Listed } from './case.queries.ts';
export type { Calendars, Policies } from './world.ts';
export { standardPolicies } from './world.ts';
export type { ActOptions, Perform } from './perform.ts';
export { eventsOf, findCase } from './case.repository.ts';
export { dutyOf } from './presenting.ts';
export { leadName, leftOf, nextText, unitMinutes, type Telling } from './case.words.ts';
export { worldAround, worldOf, type WorldSources } from './world.ts';
export { deskById, desksOf, type Desk } from './case.scope.ts';
export { namesOf, type Names } from './names.ts';
export { recordReading } from './reading.audit.ts';
export { searchTokens } from './search.ts';
export * from './soundness.ts';
export { restoreEvents } from './restore.ts';
export { sightOf, steppedUp } from './sight.ts';
export { realignStepped } from './stepped.ts';

export interface CasesDeps extends PerformDeps {
  wording: CaseWording;
  /** Phone numbers in clear, by person; who read them is recorded here. */
  phonesOf(db: Reader, personIds: readonly string[]): Promise<Map<string, string>>;
  /** What a handler began to answer on the card of the case and did not send. */
  startedOn(db: Reader, caseId: string, personId: string): Promise<CaseView['started']>;
}

/** Everything the doors may do with cases; `perform` also takes a moment, for timers that fire late. */
export function createCases(deps: CasesDeps): Cases & { perform: Perform } {
  const { store, clock, directory } = deps;
  const perform = createPerform(deps);
  const area = (id: string): AreaFacts | undefined => directory.area(id);

  async function present(
    db: Reader,
    viewer: Actor,
    found: Case,
    withPhones = true,
  ): Promise<Omit<WholeCase, 'hashes' | 'timeline'> & { presenting: Presenting }> {
    const own = await ownOf(db, viewer, found);
    const survivor = own.mergedInto ? await findCase(db, own.mergedInto) : null;
    const now = clock.businessNow();
    const sight = await sightIn(db, viewer, own, now);
    if (!sight.any) {
      throw notFound();
    }
    // Authors of a merged case follow the one it goes on in, under their own words; the committee sees both apart.
    const follows = survivor !== null && sight.author;
    const c = follows ? asMerged(survivor, own) : own;
    const around = await worldAround(db, deps, survivor && follows ? survivor : own, c.areaId, now);
    const world = survivor ? { ...around, other: survivor } : around;
    const events = follows ? await eventsOfBoth(db, own, survivor) : await eventsOf(db, c.id);
    const people = [
      ...c.authors.map((a) => a.personId),
      ...(c.filedBy ? [c.filedBy] : []),
      ...(c.approval ? [c.approval.reply.personId] : []),
      ...events.flatMap((e) => [
        ...(e.personId ? [e.personId] : []),
        ...(e.capacity.kind === 'grant' && e.capacity.forPersonId ? [e.capacity.forPersonId] : []),
      ]),
    ];
    const handles = viewer.kind === 'person' && dutyOf(c, viewer, world)?.purpose === 'handle';
    const files = await presentFiles(db, c.id, sight.staff);
    if (follows) {
      const answers = await presentFiles(db, survivor.id, false);
      answers.forEach((file, id) => files.set(id, file));
    }
    const names = await namesOf(db, people);
    const presenting: Presenting = {
      viewer,
      actsOn: survivor && follows ? survivor : c,
      sight,
      world,
      names,
      area,
      files: (ids: readonly string[]): FileView[] => ids.flatMap((id) => files.get(id) ?? []),
      phones:
        sight.phone && withPhones
          ? await deps.phonesOf(
              db,
              c.authors.map((a) => a.personId),
            )
          : new Map(),
      wording: deps.wording,
      started: handles ? await deps.startedOn(db, c.id, viewer.personId) : null,
    };
    const view = presentCase(c, events, presenting, await relativesOf(db, c));
    return { view, c, events, world, names, sight, presenting };
  }

  async function sightIn(db: Reader, viewer: Actor, c: Case, now: number): Promise<Sight> {
    const world = await worldAround(db, deps, c, c.areaId, now);
    return sightOf(c, viewer, world.areaChain, steppedUp(c, world));
  }

  async function load(db: Reader, caseId: string): Promise<Case> {
    const c = await findCase(db, caseId);
    if (!c) {
      throw notFound();
    }
    return c;
  }

  return {
    perform,
    async view(viewer, caseId) {
      const { view } = await store.read(async (db) => present(db, viewer, await load(db, caseId)));
      if (view.authors.some((a) => a.phone !== null && !a.you)) {
        await recordReading(store, clock, viewer, 'readPhone', caseId);
      }
      return view;
    },
    whole: async (viewer, caseId) =>
      store.read(async (db) => {
        const { presenting, ...whole } = await present(db, viewer, await load(db, caseId), false);
        if (!whole.sight.staff) {
          throw forbidden('只有办理这件民情的工作人员可以打印和归档');
        }
        return {
          ...whole,
          timeline: paperTimeline(whole.c, whole.events, presenting),
          hashes: await hashesOf(db, whole.c.id),
        };
      }),
    async markSeen(viewer, caseId) {
      if (viewer.kind !== 'person') {
        return;
      }
      const row = await store.read((db) =>
        db
          .selectFrom('cases')
          .leftJoin('case_seen', (join) =>
            join.onRef('case_seen.case_id', '=', 'cases.id').on('case_seen.person_id', '=', viewer.personId),
          )
          .select(['cases.version', 'case_seen.version as seen'])
          .where('cases.id', '=', caseId)
          .executeTakeFirst(),
      );
      // Pages ask again and again while they are open: nothing is written unless there was something new.
      if (row && row.seen !== row.version) {
        const seen = { person_id: viewer.personId, case_id: caseId, version: row.version };
        await store.transact((tx) => upsert(tx, 'case_seen', seen, { key: ['person_id', 'case_id'] }));
      }
    },
    list: (viewer, query) => listCases(deps, viewer, query),
    every: (viewer, query) => everyCase(deps, viewer, query),
    queues: (viewer) => queuesOf(deps, viewer),
    async previewDispatch(viewer, caseId, limit) {
      const c = await store.read((db) => load(db, caseId));
      const sight = sightOf(c, viewer, (id) => directory.areaChain(id));
      if (!sight.any) {
        throw notFound();
      }
      if (!sight.staff) {
        throw forbidden();
      }
      return previewDispatch(deps, c, clock.businessNow(), limit);
    },
    unitsFor: (viewer, q, caseId) => store.read((db) => unitsFor(db, deps, viewer, q, caseId)),
    recordOf: (personId) => store.read((db) => recordOf(db, personId, deps.calendars, clock.businessNow())),
    maySeeFile: (viewer, fileId) =>
      store.read((db) => maySeeFile(db, viewer, fileId, (id) => directory.areaChain(id))),
    ...named(createDrafts({ store, clock })),
  };
}

const named = (
  drafts: ReturnType<typeof createDrafts>,
): Pick<Cases, 'listDrafts' | 'getDraft' | 'putDraft' | 'removeDraft'> => ({
  listDrafts: drafts.list,
  getDraft: drafts.get,
  putDraft: drafts.put,
  removeDraft: drafts.remove,
});

/** Tests' way through a town: people act by name, cases come ready at any stage, and what happened can be read whole. */
import { eventsOf, findCase } from '../../server/src/cases/case.repository.ts';
import type { PolicyView } from '@minqing/shared/contract';
import type { Case, CaseEvent } from '@minqing/shared/workflow';
import { uuidv7 } from '../../server/src/store/index.ts';
import { report, unitId, WHO, type Citizen, type Town } from './town.ts';

/** Everyone who plays, by the ids of the local messenger's directory. */
export const CAST = {
  ...WHO,
  reviewer2: 'reviewer-02',
  dispatcher2: 'dispatcher-02',
  handler2: 'jiaojing-handler-02',
  head: 'jiaojing-head',
  coHead: 'zhifa-head',
  worksHandler: 'jianshe-handler',
  otherHandler: 'jiaoyu-handler',
  otherHead: 'jiaoyu-head',
  member2: 'member-02',
  member3: 'member-03',
  leader: 'leader-01',
  admin: 'admin-01',
  countyMember: 'wucheng-member',
  countyReviewer: 'wucheng-reviewer',
  countyDispatcher: 'wucheng-dispatcher',
} as const;
export type Part = keyof typeof CAST;
export const SOLVED = { class: 'solved', text: '已把单一配时改为四个时段。' };
export const LOW = { stars: 2, reasons: ['问题还在'] };
export const WHY = { reason: '请说明原因' };
const UNITS = { police: '市公安局交警支队', enforcement: '市综合行政执法局', works: '市建设局' } as const;

export interface Answer {
  status: number;
  body: Record<string, never> & { title?: string; reason?: string; since?: string[] };
}

export interface Tale {
  town: Town;
  units: Record<keyof typeof UNITS, string>;
  /** Signed on once; again when the session is over. */
  as(part: Part): Promise<Citizen>;
  does(part: Part, caseId: string, action: string, input?: object): Promise<Answer>;
  /** Like `does`, and the test fails when it is refused. */
  did(part: Part, caseId: string, action: string, input?: object): Promise<Case>;
  /** A new case at the stage: only filed, accepted, or at the police with the co-handlers named. */
  filed(change?: object, by?: Part): Promise<string>;
  accepted(change?: object): Promise<string>;
  atPolice(coUnitIds?: string[], change?: object): Promise<string>;
  personId(part: Part): Promise<string>;
  /** Whether a head of the police signs replies before they leave. */
  headsApprove(yes: boolean): Promise<void>;
  /** Whether the dispatch office of the city checks replies before they leave: a policy the administrator publishes. */
  dispatcherChecks(yes: boolean): Promise<void>;
  /** The case as it is stored. */
  read(caseId: string): Promise<Case>;
  history(caseId: string): Promise<CaseEvent[]>;
  /** How often something happened to the case. */
  count(caseId: string, action: string): Promise<number>;
  /** The card of a person for this case whose strip matches, once it is there. */
  card(part: Part, caseId: string, strip: RegExp): Promise<string>;
  /** The words on one card as the person sees them. */
  face(part: Part, outTrackId: string): Promise<string>;
  /** Presses as the card shows itself: with the version it carries. */
  press(part: Part, outTrackId: string, action: string, params?: object): Promise<string>;
  /** Plain notices a person got whose title matches. */
  notices(part: Part, title: RegExp): Promise<string[]>;
  until(what: string, probe: () => Promise<boolean>): Promise<void>;
  /** Until nothing waits to be sent. */
  quiet(): Promise<void>;
}

/** Begins in an open town. */
export async function openTale(town: Town): Promise<Tale> {
  const signedOn = new Map<Part, Citizen>();
  const as = async (part: Part): Promise<Citizen> => {
    const known = signedOn.get(part);
    if (known && (await known.call('GET', '/me')).status === 200) {
      return known;
    }
    const fresh = await town.person(CAST[part]);
    signedOn.set(part, fresh);
    return fresh;
  };
  const dispatcher = await as('dispatcher');
  const units = {
    police: await unitId(dispatcher, UNITS.police),
    enforcement: await unitId(dispatcher, UNITS.enforcement),
    works: await unitId(dispatcher, UNITS.works),
  };
  const { store } = town.app;
  const read = async (caseId: string): Promise<Case> => {
    const found = await store.read((db) => findCase(db, caseId));
    if (!found) {
      throw new Error(`no case ${caseId}`);
    }
    return found;
  };
  const history = (caseId: string): Promise<CaseEvent[]> => store.read((db) => eventsOf(db, caseId));
  const does: Tale['does'] = async (part, caseId, action, input = {}) =>
    (await as(part)).try(caseId, action, input);
  const did: Tale['did'] = async (part, caseId, action, input = {}) => {
    const { status, body } = await does(part, caseId, action, input);
    // 204: done, and the case is no longer theirs to see.
    if (status !== 200 && status !== 204) {
      throw new Error(`${part} ${action}: ${status} ${JSON.stringify(body)}`);
    }
    return read(caseId);
  };
  const filed: Tale['filed'] = async (change = {}, by = 'member') => {
    const caseId = uuidv7();
    await did(by, caseId, 'submit', report(change));
    return caseId;
  };
  const accepted: Tale['accepted'] = async (change) => {
    const caseId = await filed(change);
    await did('reviewer', caseId, 'accept');
    return caseId;
  };
  const until: Tale['until'] = async (what, probe) => {
    await town.until(what, probe);
  };
  return {
    town,
    units,
    as,
    does,
    did,
    filed,
    accepted,
    read,
    history,
    until,
    async personId(part) {
      const { body } = await (await as(part)).call('GET', '/me');
      return (body as unknown as { person: { id: string } }).person.id;
    },
    async headsApprove(yes) {
      await store.transact((tx) =>
        tx
          .updateTable('unit')
          .set({ head_approval: yes ? 'yes' : 'inherit' })
          .where('id', '=', units.police)
          .execute(),
      );
      await town.app.directory.refresh();
    },
    async dispatcherChecks(yes) {
      const admin = await as('admin');
      const areaId = town.app.directory.unit(units.police)?.areaId ?? '';
      const view = (await admin.call('GET', `/admin/policies?areaId=${areaId}`))
        .body as unknown as PolicyView;
      const { rows, rules } = view.document;
      const draft = await admin.call('PUT', '/admin/policies/draft', {
        areaId,
        revision: view.revision,
        document: { rows, rules: { ...rules, dispatcherCheck: yes } },
      });
      const { id, revision } = (draft.body as unknown as PolicyView).draft ?? { id: '', revision: 0 };
      const done = await admin.call('POST', '/admin/policies/publish', { areaId, versionId: id, revision });
      if (done.status !== 200) {
        throw new Error(`the rule was not published: ${JSON.stringify([draft.body, done.body])}`);
      }
    },
    async atPolice(coUnitIds = [], change = {}) {
      const caseId = await accepted(change);
      await did('dispatcher', caseId, 'dispatch', { leadUnitId: units.police, coUnitIds });
      return caseId;
    },
    count: async (caseId, action) => (await history(caseId)).filter((e) => e.action === action).length,
    async card(part, caseId, strip) {
      return town.until(`a card ${strip} for ${part}`, async () => {
        const rows = await store.read((db) =>
          db.selectFrom('card').select('out_track_id').where('case_id', '=', caseId).execute(),
        );
        const own = new Set(rows.map((r) => r.out_track_id));
        const items = await town.chat(CAST[part]);
        return items.findLast((i) => own.has(i.outTrackId ?? '') && strip.test(JSON.stringify(i.components)))
          ?.outTrackId;
      });
    },
    async face(part, outTrackId) {
      const items = await town.chat(CAST[part]);
      return JSON.stringify(items.find((i) => i.outTrackId === outTrackId)?.components ?? '');
    },
    async press(part, outTrackId, action, params = {}) {
      const { case_version } = await store.read((db) =>
        db
          .selectFrom('card')
          .select('case_version')
          .where('out_track_id', '=', outTrackId)
          .executeTakeFirstOrThrow(),
      );
      return JSON.stringify(
        await town.press(CAST[part], outTrackId, [action], { rev: String(case_version), ...params }),
      );
    },
    async notices(part, title) {
      const items = await town.chat(CAST[part]);
      return items.filter((i) => i.kind !== 'card' && title.test(`${i.title} ${i.text}`)).map((i) => i.title);
    },
    quiet: () =>
      until('everything is sent', async () => {
        const waiting = await store.read((db) =>
          db.selectFrom('outbox').select('id').where('status', '=', 'waiting').limit(1).execute(),
        );
        return waiting.length === 0;
      }),
  };
}

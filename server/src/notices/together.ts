/** One notice about several cases at once, to everybody it is about: many messages about one wish are noise. */
import type { Audience, Case, NoticeName } from '@minqing/shared/workflow';
import type { NoticeContent } from '../hosts/index.ts';
import type { Tx } from '../store/index.ts';
import { recipientsOf, type AudienceWorld, type Recipient } from './audience.ts';
import { queueNotice } from './queue.ts';
import type { RecordDeps } from './record.ts';

export interface Together {
  notice: NoticeName;
  content: NoticeContent;
  cases: readonly Case[];
  /** Who hears of each of them. */
  audiences(c: Case): readonly Audience[];
  /** What decides who is meant, around one of them. */
  worldAround(tx: Tx, c: Case): Promise<AudienceWorld>;
  /** Whose administrators answer for the delivery. */
  areaId: string;
  /** Not told: who did it. */
  butNot: string;
}

/** Queues it in this transaction, once a person however many of the cases are theirs; answers how many are told. */
export async function tellTogether(tx: Tx, deps: RecordDeps, told: Together): Promise<number> {
  const found = new Map<string, Recipient>();
  const asked = new Set<string>();
  for (const c of told.cases) {
    for (const audience of told.audiences(c)) {
      // Whoever reported a case is not asked to act on it, so the answer may differ between two cases of one unit.
      const key = `${JSON.stringify(audience)} ${c.areaId} ${c.authors.map((a) => a.personId).join()}`;
      if (asked.has(key)) {
        continue;
      }
      asked.add(key);
      const people = await recipientsOf(
        tx,
        { hasHost: (id) => deps.hosts.has(id) },
        c,
        audience,
        await told.worldAround(tx, c),
        deps.clock.businessNow(),
      );
      people.filter((p) => p.personId !== told.butNot).forEach((p) => found.set(p.personId, p));
    }
  }
  const people = [...found.values()];
  await queueNotice(
    tx,
    deps,
    { notice: told.notice, caseId: null, areaId: told.areaId, content: told.content },
    people,
  );
  return people.length;
}

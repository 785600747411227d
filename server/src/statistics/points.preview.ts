/** What other rules of points would have made of the running year, over an area's members and without their names. */
import type { PointsPreview, PointsPreviewQuery, UnitRef } from '@minqing/shared/contract';
import { pointsOf, type PointRules } from '@minqing/shared/statistics';
import { localTime, shanghaiDate } from '@minqing/shared/time';
import type { Actor } from '@minqing/shared/workflow';
import { administering, type Unit } from '../people/index.ts';
import { invalidInput } from '../errors.ts';
import type { ReadingDeps } from './asked.ts';
import { earnedOf } from './record.ts';

type Deps = Pick<ReadingDeps, 'store' | 'clock' | 'directory' | 'settings'>;

/** Members looked at: those who reported most this year. Enough to see what rules do, and always quick. */
const MOST = 300;

/**
 * Over the members of one committee: the area's own, or one below it. Throws forbidden outside the viewer's areas, invalid
 * input for another committee.
 */
export async function previewPoints(
  deps: Deps,
  viewer: Actor,
  { areaId, committeeId, rules }: PointsPreviewQuery,
): Promise<PointsPreview> {
  const { store, directory, settings } = deps;
  administering(viewer, directory).require(areaId);
  const now = deps.clock.businessNow();
  const { year } = localTime(now);
  const until = shanghaiDate(now);
  const tried: PointRules[] = [{ ...rules, validFrom: '2000-01-01' }];
  const committees = directory
    .areasWithin(areaId)
    .flatMap((id) => directory.committeeOf(id) ?? [])
    .filter((one) => one.active);
  const committee =
    committees.find(({ id }) => id === (committeeId ?? directory.committeeOf(areaId)?.id)) ?? null;
  if (committeeId !== undefined && committee === null) {
    throw invalidInput([{ path: 'committeeId', message: '这个政协不在这个地区，请另选' }]);
  }
  const members = committee === null ? [] : await mostActive(deps, committee.id, year);
  const pairs: { before: number; after: number; capped: boolean }[] = [];
  for (const personId of members) {
    const own: Actor = {
      kind: 'person',
      personId,
      grants: [{ role: 'member', unitId: committee?.id ?? null, areaId: committee?.areaId ?? areaId }],
    };
    const earned = await store.read((db) => earnedOf(db, deps, own));
    const then = pointsOf(earned, tried, year, until);
    const before = pointsOf(earned, settings.points(committee?.areaId ?? areaId), year, until).total;
    if (before > 0 || then.total > 0) {
      pairs.push({ before, after: then.total, capped: then.uncapped > then.total });
    }
  }
  const count = (of: (pair: (typeof pairs)[number]) => boolean): number => pairs.filter(of).length;
  const at = (key: 'before' | 'after', share: number): number =>
    pairs.map((pair) => pair[key]).toSorted((a, b) => a - b)[Math.floor((pairs.length - 1) * share)] ?? 0;
  const found = {
    members: pairs.length,
    more: count(({ before, after }) => after > before),
    less: count(({ before, after }) => after < before),
    same: count(({ before, after }) => after === before),
    capped: count(({ capped }) => capped),
    middle: { before: at('before', 0.5), after: at('after', 0.5) },
    highest: { before: at('before', 1), after: at('after', 1) },
  };
  const refOf = ({ id, name, shortName }: Unit): UnitRef => ({ id, name, shortName });
  return {
    ...found,
    committee: committee && refOf(committee),
    committees: committees.map(refOf),
    sentence: sentenceOf(found, members.length === MOST),
  };
}

function sentenceOf(
  found: Pick<PointsPreview, 'members' | 'more' | 'less' | 'same' | 'capped'>,
  cut: boolean,
): string {
  if (found.members === 0) {
    return '今年还没有委员有积分，看不出变化';
  }
  const whose = cut ? `今年提交最多的 ${found.members} 位委员` : `今年到现在有积分的 ${found.members} 位委员`;
  const parts = [
    found.more > 0 ? `${found.more} 位变多` : '',
    found.less > 0 ? `${found.less} 位变少` : '',
    found.same > 0 ? `${found.same} 位不变` : '',
    found.capped > 0 ? `${found.capped} 位到封顶` : '',
  ];
  return `如果今年从头按这套算：${whose}，${parts.filter(Boolean).join('，')}`;
}

/** Members of the committee in office now, those with the most reports of the year first. */
async function mostActive({ store, clock }: Deps, committeeId: string, year: number): Promise<string[]> {
  const now = clock.businessNow();
  const begin = Date.parse(`${year}-01-01T00:00:00+08:00`);
  const rows = await store.read((db) =>
    db
      .selectFrom('membership')
      .leftJoin('case_author', (join) =>
        join
          .onRef('case_author.person_id', '=', 'membership.person_id')
          .on('case_author.submitted_at', '>=', begin),
      )
      .select((eb) => ['membership.person_id', eb.fn.count('case_author.case_id').as('n')])
      .where('membership.committee_id', '=', committeeId)
      .where('membership.from_at', '<=', now)
      .where((eb) => eb.or([eb('membership.to_at', 'is', null), eb('membership.to_at', '>', now)]))
      .groupBy('membership.person_id')
      .orderBy('n', 'desc')
      .orderBy('membership.person_id')
      .limit(MOST)
      .execute(),
  );
  return rows.map((row) => row.person_id);
}

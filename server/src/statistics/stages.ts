/** How long stages take: means from sums, percentiles from counts by the working hour and then by the minute. */
import type { StageFigure, StagesQuery, StagesView } from '@minqing/shared/contract';
import { before, STAGE_NAMES, STAGES, yearBefore, type Period, type Stage } from '@minqing/shared/statistics';
import { hoursText } from '@minqing/shared/time';
import type { Actor } from '@minqing/shared/workflow';
import type { Reader } from '../store/index.ts';
import { asked, type ReadingDeps } from './asked.ts';
import { groupingOf, isGrain, ranked, unrankedText, type Grouping } from './groups.ts';
import type { Selection } from './scope.ts';
import { readStanding, told, type Standing } from './standing.ts';
import { readSums, type Ask, type SumRow } from './sums.ts';
import { byHour, byMinute, TIMED_CUTS } from './tally.repository.ts';
import { lastName, NOTHING, periodView, timeComparison, YEAR_NAME } from './words.ts';

interface Times {
  count: number;
  minutes: number;
  p90: number | null;
}

const SHARE = 0.9;
const kindOf = (stage: Stage): string => `time:${stage}`;
const nameOf = (key: string, stage: Stage): string => JSON.stringify([key, stage]);

/** Where the ninth of ten stands, by how often each value is there; with how many stand before its value. */
function place(counts: ReadonlyMap<number, number>, rank: number): { value: number; before: number } | null {
  let seen = 0;
  for (const [value, n] of [...counts].toSorted(([a], [b]) => a - b)) {
    if (seen + n >= rank) {
      return { value, before: seen };
    }
    seen += n;
  }
  return null;
}

function countsBy(rows: readonly SumRow[], grouping: Grouping, kinds: ReadonlyMap<string, Stage>) {
  const found = new Map<string, Map<number, number>>();
  for (const row of rows) {
    const stage = kinds.get(row.kind);
    if (stage) {
      const name = nameOf(grouping.keyOf(row), stage);
      const counts = found.get(name) ?? new Map<number, number>();
      found.set(name, counts.set(row.mark, (counts.get(row.mark) ?? 0) + row.n));
    }
  }
  return found;
}

async function timesOf(
  db: Reader,
  standing: Standing,
  { selection, grouping }: { selection: Selection; grouping: Grouping },
  stages: readonly Stage[],
  period: Pick<Period, 'from' | 'to'>,
  percentiles: boolean,
): Promise<Map<string, Times>> {
  const base: Omit<Ask, 'kinds'> = {
    ...standing,
    ...grouping.ask,
    areas: selection.areas,
    from: period.from,
    to: period.to,
  };
  const found = new Map<string, Times>();
  for (const row of await readSums(db, { ...base, kinds: stages.map(kindOf) })) {
    const name = nameOf(grouping.keyOf(row), row.kind.slice('time:'.length) as Stage);
    const had = found.get(name) ?? { count: 0, minutes: 0, p90: null };
    found.set(name, { ...had, count: had.count + row.n, minutes: had.minutes + row.total });
  }
  if (!percentiles || !TIMED_CUTS.includes(grouping.ask.cut)) {
    return found;
  }
  const hours = new Map(stages.map((stage) => [byHour(kindOf(stage)), stage]));
  const inHours = countsBy(await readSums(db, { ...base, kinds: [...hours.keys()] }), grouping, hours);
  const wanted = new Map<string, { hour: number; rank: number }>();
  for (const [name, counts] of inHours) {
    const rank = Math.ceil(SHARE * (found.get(name)?.count ?? 0));
    const hour = place(counts, rank);
    if (hour) {
      wanted.set(name, { hour: hour.value, rank: rank - hour.before });
    }
  }
  // Of each stage only the minutes of the hours that hold somebody's ninth of ten.
  for (const stage of stages) {
    const own = [...wanted].filter(([name]) => name.endsWith(`,${JSON.stringify(stage)}]`));
    for (const hour of new Set(own.map(([, { hour: h }]) => h))) {
      const kind = byMinute(kindOf(stage), hour);
      const rows = await readSums(db, { ...base, kinds: [kind] });
      const counts = countsBy(rows, grouping, new Map([[kind, stage]]));
      for (const [name, { hour: h, rank }] of own) {
        const times = found.get(name);
        if (h === hour && times) {
          times.p90 = place(counts.get(name) ?? new Map(), rank)?.value ?? null;
        }
      }
    }
  }
  return found;
}

const meanOf = (times: Times | undefined): number | null =>
  times && times.count > 0 ? times.minutes / times.count : null;

function stageFigure(
  stage: Stage,
  own: Times | undefined,
  then: { last: Times | undefined; year: Times | undefined; period: Period },
): StageFigure {
  const mean = meanOf(own);
  const { name, from, to } = STAGES[stage];
  return {
    stage,
    name,
    formula: `工作时间，从${from}到${to}`,
    count: own?.count ?? 0,
    meanMinutes: mean === null ? null : Math.round(mean * 10) / 10,
    p90Minutes: own?.p90 ?? null,
    meanText: mean === null ? NOTHING : hoursText(mean),
    p90Text: own?.p90 == null ? NOTHING : hoursText(own.p90),
    last: timeComparison(mean, meanOf(then.last), lastName(then.period)),
    year: timeComparison(mean, meanOf(then.year), YEAR_NAME),
  };
}

export async function readStages(deps: ReadingDeps, viewer: Actor, query: StagesQuery): Promise<StagesView> {
  const { selection, period, now } = asked(deps, viewer, query);
  const whole = groupingOf(deps, selection, 'none', period);
  const grouping = groupingOf(deps, selection, query.split, period);
  const timed = isGrain(query.split);
  const { found, standing } = await readStanding(deps.store, now, async (db, at) => {
    const all = (p: Period) => timesOf(db, at, { selection, grouping: whole }, STAGE_NAMES, p, p === period);
    const apart = (p: Period) =>
      query.split === 'none' || (timed && p !== period)
        ? new Map<string, Times>()
        : timesOf(db, at, { selection, grouping }, [query.stage], p, p === period);
    return {
      now: { all: await all(period), apart: await apart(period) },
      last: { all: await all(before(period)), apart: await apart(before(period)) },
      year: { all: await all(yearBefore(period)), apart: await apart(yearBefore(period)) },
    };
  });
  const figureOf = (of: 'all' | 'apart', key: string, stage: Stage): StageFigure =>
    stageFigure(stage, found.now[of].get(nameOf(key, stage)), {
      last: found.last[of].get(nameOf(key, stage)),
      year: found.year[of].get(nameOf(key, stage)),
      period,
    });
  const keys = [...found.now.apart.keys()].map((name) => (JSON.parse(name) as [string, Stage])[0]);
  const least = deps.settings.leastRanked(selection.areaId);
  const groups = [...new Set([...(timed ? grouping.always : []), ...keys])].map((key) => {
    const figure = figureOf('apart', key, query.stage);
    return { ...grouping.groupOf(key), figure, value: figure.meanMinutes, whole: figure.count };
  });
  const inOrder = timed ? groups.map((item) => ({ item, rank: null })) : ranked(groups, 'descending', least);
  return {
    ...told(standing),
    period: periodView(period),
    stages: STAGE_NAMES.map((stage) => figureOf('all', '', stage)),
    groups: inOrder.map(({ item: { value: _value, whole: _whole, ...group }, rank }) => ({ ...group, rank })),
    leastRanked: least,
    unrankedText: timed
      ? ''
      : unrankedText(query.split, inOrder.filter(({ rank }) => rank === null).length, least),
  };
}

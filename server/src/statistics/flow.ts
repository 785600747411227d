/** From the reports of a period to what became of them. */
import type { FlowView, StatisticsFilter } from '@minqing/shared/contract';
import { FLOW_END_NAMES, flowOf, type FlowEnd } from '@minqing/shared/statistics';
import type { Actor } from '@minqing/shared/workflow';
import { asked, type ReadingDeps } from './asked.ts';
import { readStanding, told } from './standing.ts';
import { readSums } from './sums.ts';
import { periodView } from './words.ts';

export async function readFlow(
  deps: ReadingDeps,
  viewer: Actor,
  filter: StatisticsFilter,
): Promise<FlowView> {
  const { selection, period, now } = asked(deps, viewer, filter);
  const { found, standing } = await readStanding(deps.store, now, (db, at) =>
    readSums(db, { ...at, ...selection, kinds: ['reported'], from: period.from, to: period.to, by: [] }),
  );
  const counts: Partial<Record<FlowEnd, number>> = {};
  for (const { mark, n } of found) {
    const end = FLOW_END_NAMES[mark];
    if (end) {
      counts[end] = (counts[end] ?? 0) + n;
    }
  }
  return { ...told(standing), period: periodView(period), steps: flowOf(counts) };
}

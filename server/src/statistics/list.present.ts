/** One line of a list of cases, and what a viewer may know of it. */
import type { StatisticsCase } from '@minqing/shared/contract';
import { FLOW_END_NAMES, FLOW_ENDS, REWORKED, SOLVED, type TallyKind } from '@minqing/shared/statistics';
import { clockText, dateText, isoShanghaiFull, localTime, usedText, weekdayText } from '@minqing/shared/time';
import type { Actor, Case } from '@minqing/shared/workflow';
import { CASE_STATES, STAR_WORDS } from '@minqing/shared/words';
import { sightOf } from '../cases/index.ts';
import type { Reader } from '../store/index.ts';
import type { ReadingDeps } from './asked.ts';

/** One line of a list: a case, and what it is counted for. */
export interface Counted {
  caseId: string;
  kind: string;
  mark: number;
  at: number;
  areaId: string;
  unitId: string;
  categoryId: string;
}

/** 「按期」, 「五星」, 「用 1.5 个工作日」: what tells one line of a list from another. */
function noteOf(kind: string, mark: number): string {
  switch (kind as TallyKind) {
    case 'reported':
      return FLOW_ENDS[FLOW_END_NAMES[mark] ?? 'review'];
    case 'dispatched':
      return mark === 1 ? '已答复' : '还没有答复或在整改';
    case 'replied':
      return [
        (mark & SOLVED) === SOLVED ? '已解决' : '没有解决',
        ...((mark & REWORKED) === REWORKED ? ['整改过'] : []),
      ].join('，');
    case 'rated':
    case 'firstRated':
      return STAR_WORDS[mark] ?? '';
    case 'feedback':
      return mark === 1 ? '已评价' : '没有评价';
    case 'due':
    case 'firstDue':
    case 'reworkDue':
      return mark === 1 ? '按期' : '超期';
    case 'signDue':
      return mark === 1 ? '及时签收' : '没有及时签收';
    case 'assigned':
      return mark === 1 ? '退回' : '';
    default:
      return kind.startsWith('time:') ? `用 ${usedText(mark)}` : '';
  }
}

const HIDDEN = '这件不在您可以打开的范围内';

/** The lines with what this viewer may know of each: a case they may not open is counted, and no more is told of it. */
export async function presentCounted(
  db: Reader,
  deps: Pick<ReadingDeps, 'directory' | 'catalogue'>,
  viewer: Actor,
  counted: readonly Counted[],
  now: number,
): Promise<StatisticsCase[]> {
  const ids = [...new Set(counted.map(({ caseId }) => caseId))];
  const rows =
    ids.length === 0 ? [] : await db.selectFrom('cases').select('body_json').where('id', 'in', ids).execute();
  const cases = new Map(rows.map((row) => JSON.parse(row.body_json) as Case).map((c) => [c.id, c]));
  return counted.map(({ caseId, kind, mark, at, areaId, unitId, categoryId }) => {
    const c = cases.get(caseId);
    const visible = c !== undefined && sightOf(c, viewer, deps.directory.areaChain).any;
    return {
      id: visible ? caseId : null,
      number: visible ? c.number : '',
      title: visible ? c.content.title : HIDDEN,
      stateLabel: visible ? CASE_STATES[c.state] : '',
      category: deps.catalogue.categoryName(areaId, categoryId),
      area: deps.directory.area(areaId)?.name ?? '',
      unit: deps.directory.unit(unitId)?.name ?? '',
      atText: `${dateText(at, now)} ${weekdayText(localTime(at).weekday)} ${clockText(at)}`,
      at: isoShanghaiFull(at),
      note: noteOf(kind, mark),
    };
  });
}

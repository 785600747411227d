/** The sentences of 通报, made of figures and of nothing else. */
import type { FiguresView, StagesView, TopicsView } from '@minqing/shared/contract';
import { FIGURES, type FigureName } from '@minqing/shared/statistics';

type Figures = FiguresView['figures'];

const COUNTS: readonly FigureName[] = ['reported', 'accepted', 'dispatched', 'replied', 'closed'];
const MOST_NAMED = 3;

export const figureOf = (figures: Figures, id: FigureName) => figures.find((figure) => figure.id === id);
export const textOf = (figures: Figures, id: FigureName): string => figureOf(figures, id)?.text ?? '—';

/** The part of the whole; null where there is nothing to divide by. */
export function shareOf(figures: Figures, id: FigureName): number | null {
  const figure = figureOf(figures, id);
  return figure && figure.whole > 0 ? figure.part / figure.whole : null;
}

/** 2026年6月 for a whole month or what has passed of one; else from day to day. */
export function periodName({ name, from, text }: FiguresView['period']): string {
  const [year, month] = from.split('-').map(Number);
  return name === 'month' ? `${year}年${month}月` : text;
}

/** 「上报民情 41 件，受理 39 件，交办 38 件，答复 35 件，办结 30 件。」 with how reports compare. */
export function countsSentence(figures: Figures): string {
  const [first, ...rest] = COUNTS.map(
    (id) => `${FIGURES[id].name}${id === 'reported' ? '民情' : ''} ${textOf(figures, id)} 件`,
  );
  const compared = comparisons(figures, 'reported');
  return `${[`${first}${compared && `（${compared}）`}`, ...rest].join('，')}。`;
}

/** 「办结率 93.7%，比上月高 1.3 个百分点；…。」; '' where none has anything to divide by. */
export function ratesSentence(figures: Figures): string {
  const told = (['closeRate', 'onTimeRate', 'solvedRate', 'satisfactionRate'] as const).flatMap((id) => {
    const figure = figureOf(figures, id);
    return figure && figure.whole > 0
      ? [[`${figure.name} ${figure.text}`, comparisons(figures, id)].filter(Boolean).join('，')]
      : [];
  });
  return told.length === 0 ? '' : `${told.join('；')}。`;
}

function comparisons(figures: Figures, id: FigureName): string {
  const figure = figureOf(figures, id);
  return [figure?.last?.phrase, figure?.year?.phrase].filter(Boolean).join('，');
}

/** Who stands first and last among those with enough; '' where fewer than two are ranked. */
export function rankingSentence({ groups }: FiguresView): string {
  const ranked = groups.filter(({ rank }) => rank !== null);
  const last = ranked.at(-1);
  if (ranked.length < 2 || !last) {
    return '';
  }
  const lowest = textOf(last.figures, 'onTimeRate');
  if (last.rank === 1) {
    return `参加排名的 ${ranked.length} 个单位按期率均为 ${lowest}。`;
  }
  const named = (rank: number | null): string => {
    const all = ranked.filter((group) => group.rank === rank).map(({ name }) => name);
    const told = all.slice(0, MOST_NAMED).join('、');
    return all.length > MOST_NAMED ? `${told}等 ${all.length} 个单位` : told;
  };
  const highest = textOf(ranked[0]?.figures ?? [], 'onTimeRate');
  return `参加排名的 ${ranked.length} 个单位中，${named(1)}按期率最高，为 ${highest}；${named(last.rank)}最低，为 ${lowest}。`;
}

/** 「从交办到答复平均 16.8 小时，九成在 20 小时以内。」; '' where nothing was answered. */
export function handlingSentence({ stages }: StagesView): string {
  const handle = stages.find(({ stage }) => stage === 'handle');
  return !handle || handle.count === 0
    ? ''
    : `从交办到单位提交答复，${handle.count} 件平均用 ${handle.meanText}（工作时间），九成在 ${handle.p90Text}以内${handle.year ? `，${handle.year.phrase}` : ''}。`;
}

/** What was spoken of most, and what comes back; '' where nothing is told. */
export function topicsSentence({ words, recurring }: TopicsView): string {
  const most = words
    .slice(0, MOST_NAMED)
    .map(({ word, count }) => `「${word}」（${count} 件）`)
    .join('、');
  const again = recurring
    .slice(0, MOST_NAMED)
    .map(({ word, months }) => `「${word}」（近半年有 ${months} 个月提到）`)
    .join('、');
  return [most && `反映较多的是${most}。`, again && `反复出现的是${again}，建议专题研究。`]
    .filter(Boolean)
    .join('');
}

/**
 * What each figure means, once: its Chinese name, its formula, what it leaves out, and of which tallies it is made.
 * Everything that shows or keeps a number goes by these.
 */
import { FLOW_END_NAMES, FLOW_ENDS, type FlowEnd } from './flow.ts';
import { REWORKED, SOLVED, type CountedKind } from './tallies.ts';

export interface FigureDefinition {
  name: string;
  formula: string;
  leavesOut: string;
}

/** A rate is told with its fraction; there is none when there is nothing to divide by. */
export interface Rate {
  part: number;
  whole: number;
}

interface Made extends FigureDefinition {
  /** count: how many; rate: a part of a whole; mean: of the marks. */
  form: 'count' | 'rate' | 'mean';
  of: CountedKind;
  /** Marks that count: of a count the only ones, of a rate its numerator. Absent: all. */
  marks?: readonly number[];
  /** What the numerator and the denominator are called: 「按期首复 22,479 ÷ 到期应复 23,302」. */
  partName: string;
  wholeName: string;
  /** What is missing from the numerator to the denominator. */
  restName: string;
  /** Whether more is better; null where neither is. */
  good: 'more' | 'less' | null;
}

const count = (name: string, of: CountedKind, formula: string, leavesOut: string): Made => ({
  name,
  formula,
  leavesOut,
  form: 'count',
  of,
  partName: name,
  wholeName: name,
  restName: '',
  good: null,
});

const rate = (
  name: string,
  of: CountedKind,
  marks: readonly number[],
  words: {
    part: string;
    whole: string;
    rest: string;
    formula: string;
    leavesOut: string;
    good?: 'more' | 'less';
  },
): Made => ({
  name,
  formula: words.formula,
  leavesOut: words.leavesOut,
  form: 'rate',
  of,
  marks,
  partName: words.part,
  wholeName: words.whole,
  restName: words.rest,
  good: words.good ?? 'more',
});

const STAR_COUNTS = { 5: '五星', 4: '四星', 3: '三星', 2: '两星', 1: '一星' } as const;
const EXCUSED = '未评价的；复核认定非单位责任的那一轮';
const TAKEN = '时限前已退回、已撤销的；计时暂停中、还不知道何时到期的；时限未到的';

const MADE = {
  reported: count(
    '上报',
    'reported',
    '本期提交的民情，每件计一次，计入现在受理它的地区',
    '草稿；转给别的地区的（在那里计）；启用日期以前的',
  ),
  accepted: count(
    '受理',
    'accepted',
    '本期受理的民情，按最近一次受理的时间',
    '后来退回政协、撤回、并案、转出的',
  ),
  dispatched: count('交办', 'dispatched', '本期首次交办的民情，改派、整改不重复计', '交办前转给别的地区的'),
  replied: count('答复', 'replied', '首轮答复在本期送达委员的民情', '答复还在审签的'),
  closed: count('办结', 'closed', '本期办结、现在仍是办结的民情', '办结后又重办的'),
  handedOut: count('转出', 'handedOut', '本期提交、先由本地区收到、后来上报或下转的民情，按提交时间', '无'),
  adopted: count('采用', 'adopted', '本期首次被采用的民情，每件计一次', '再次采用的'),
  assigned: count('交办单', 'assigned', '本期发出的交办单，主办、协办各计一张', '无'),
  closeRate: rate('办结率', 'dispatched', [1], {
    part: '已答复且不在整改',
    whole: '已交办',
    rest: '还没有答复或在整改',
    formula: '已答复且不在整改 ÷ 本期首次交办',
    leavesOut: '交办前转给别的地区的',
  }),
  onTimeRate: rate('按期率', 'due', [1], {
    part: '按期首复',
    whole: '到期应复',
    rest: '没有按期',
    formula: '时限前答复 ÷ 答复时限（含暂停、延期）落在本期的首轮主办交办单',
    leavesOut: TAKEN,
  }),
  firstLimitRate: rate('原始期限按期率', 'firstDue', [1], {
    part: '原定时限前答复',
    whole: '原定时限已到',
    rest: '原定时限前没有答复',
    formula: '原定时限前答复 ÷ 原定答复时限落在本期的首轮主办交办单',
    leavesOut: '原定时限前已退回、已撤销的；答复正在审签的；原定时限未到的',
  }),
  reworkOnTimeRate: rate('整改按期率', 'reworkDue', [1], {
    part: '按期再复',
    whole: '到期应再复',
    rest: '没有按期',
    formula: '时限前答复 ÷ 答复时限落在本期的第二轮及以后的主办交办单',
    leavesOut: TAKEN,
  }),
  signRate: rate('签收及时率', 'signDue', [1], {
    part: '及时签收',
    whole: '到期应签收',
    rest: '没有及时签收',
    formula: '签收时限前签收 ÷ 签收时限落在本期的主办交办单',
    leavesOut: '没有签收、时限前已退回或撤销的；时限未到的；协办交办单',
  }),
  solvedRate: rate('解决率', 'replied', [SOLVED, SOLVED + REWORKED], {
    part: '已解决或已落实',
    whole: '已答复',
    rest: '没有解决',
    formula: '答复为已解决或计划已落实 ÷ 首轮答复在本期的民情；整改中的按上一轮答复计',
    leavesOut: '还没有答复的',
  }),
  satisfactionRate: rate('满意率', 'rated', [3, 4, 5], {
    part: '三星以上',
    whole: '已评价',
    rest: '两星以下',
    formula: '末轮评价三星及以上 ÷ 本期评价；几位委员评价的取最低',
    leavesOut: EXCUSED,
  }),
  firstSatisfactionRate: rate('首次满意率', 'firstRated', [3, 4, 5], {
    part: '首轮三星以上',
    whole: '首轮已评价',
    rest: '首轮两星以下',
    formula: '首轮评价三星及以上 ÷ 首轮在本期评价',
    leavesOut: EXCUSED,
  }),
  fiveStarRate: rate('五星率', 'rated', [5], {
    part: '五星',
    whole: '已评价',
    rest: '四星以下',
    formula: '末轮评价五星 ÷ 本期评价；几位委员评价的取最低',
    leavesOut: EXCUSED,
  }),
  ratedRate: rate('参评率', 'feedback', [1], {
    part: '已评价',
    whole: '已评价或评价期已过',
    rest: '没有评价',
    formula: '已评价 ÷ 本期评价或没有评价而办结的民情',
    leavesOut: '还在评价期内、没有评价的',
  }),
  reworkRate: rate('整改率', 'replied', [REWORKED, SOLVED + REWORKED], {
    part: '有过整改',
    whole: '已答复',
    rest: '没有整改过',
    formula: '因低星整改过 ÷ 首轮答复在本期的民情',
    leavesOut: '还没有答复的',
    good: 'less',
  }),
  returnRate: rate('退单率', 'assigned', [1], {
    part: '退回',
    whole: '交办单',
    rest: '没有退回',
    formula: '被退回的交办单 ÷ 本期发出的交办单，主办、协办都计',
    leavesOut: '无',
    good: 'less',
  }),
  stars: {
    name: '平均星级',
    formula: '末轮评价的星数之和 ÷ 本期评价；几位委员评价的取最低',
    leavesOut: EXCUSED,
    form: 'mean',
    of: 'rated',
    partName: '星数',
    wholeName: '已评价',
    restName: '',
    good: 'more',
  },
} as const satisfies Record<string, Made>;

/** Where reports of the period are now: one figure for each end of the flow. */
type EndFigure = `at:${FlowEnd}`;
const ENDS = Object.fromEntries(
  FLOW_END_NAMES.map((end, mark) => [
    `at:${end}`,
    {
      ...count(
        FLOW_ENDS[end],
        'reported',
        `本期提交、现在${FLOW_ENDS[end]}的民情`,
        '转给别的地区的；启用日期以前的',
      ),
      marks: [mark],
    },
  ]),
) as unknown as Record<EndFigure, Made>;

/** How often each grade was given: one figure for each. */
export const GRADES = [5, 4, 3, 2, 1] as const;
type StarFigure = `stars:${(typeof GRADES)[number]}`;
const STARS = Object.fromEntries(
  GRADES.map((grade) => [
    `stars:${grade}`,
    {
      ...count(
        `${STAR_COUNTS[grade]}`,
        'rated',
        `末轮评价为${STAR_COUNTS[grade]}的民情；几位委员评价的取最低`,
        EXCUSED,
      ),
      marks: [grade],
    },
  ]),
) as unknown as Record<StarFigure, Made>;

export type FigureName = keyof typeof MADE | EndFigure | StarFigure;
export const FIGURES: Readonly<Record<FigureName, Made>> = { ...MADE, ...ENDS, ...STARS };
/** Those asked for by default: the others are shown by a picture of their own. */
export const USUAL_FIGURES = Object.keys(MADE) as FigureName[];
export const FIGURE_NAMES = Object.keys(FIGURES) as [FigureName, ...FigureName[]];
export type Figure = Made;

/** Told of members and not of cases: it opens no list. */
export const PARTICIPATION: FigureDefinition = {
  name: '参与率',
  formula: '本期提交过民情的委员 ÷ 期末在任的委员；联名的每位都计',
  leavesOut: '期末已离任的委员',
};

/** Fewer than this many in the denominator, and a unit, an area or a category is not ranked; administrators may raise it. */
export const LEAST_RANKED = 30;

/** 93.7%, rounded; never 100% while anything is missing and never 0% while there is anything. Empty without a whole. */
export function rateText({ part, whole }: Rate): string {
  if (whole === 0) {
    return '';
  }
  const tenths = Math.round((part / whole) * 1_000);
  const told = part === whole ? 1_000 : part === 0 ? 0 : Math.min(999, Math.max(1, tenths));
  return told === 1_000 ? '100%' : `${(told / 10).toFixed(1)}%`;
}

/** What a figure is, from the tallies of its kind by mark. */
export function figureFrom(name: FigureName, byMark: ReadonlyMap<number, number>): Rate {
  const { form, marks }: Made = FIGURES[name];
  let part = 0;
  let whole = 0;
  for (const [mark, n] of byMark) {
    const counts = marks === undefined || marks.includes(mark);
    part += form === 'mean' ? mark * n : counts ? n : 0;
    whole += n;
  }
  return { part, whole: form === 'count' ? part : whole };
}

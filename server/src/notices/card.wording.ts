/** What each card says by default, and what may stand in its words. A new duty needs its line here. */
import { RESULT_CLASSES } from '@minqing/shared/words';
import type { Case, Duty, Purpose } from '@minqing/shared/workflow';
import { leadName, type Telling } from '../cases/index.ts';
import type { Text, Words } from './wording.ts';

const card = (
  name: string,
  to: string,
  words: Required<Pick<Words, 'strip' | 'body' | 'more' | 'done'>> & Words,
): Text => ({ name, to, words });

const CARDS: Record<Purpose | 'counts', Text> = {
  review: card('请审核', '政协审核人', {
    strip: '新民情，请审核',
    body: '{情况}',
    more: '不予受理、改文字',
    done: '民情审核',
  }),
  supplement: card('请补充', '第一提出人', {
    strip: '退回补充，请您补充',
    body: '{情况}',
    open: '去补充',
    more: '打开详情',
    done: '补充民情',
  }),
  join: card('邀请联名', '受邀的委员', {
    strip: '邀请您联名',
    body: '{情况}',
    open: '去看看',
    more: '打开详情',
    done: '联名邀请',
  }),
  dispatch: card('请交办', '三服务办经办人', {
    strip: '已受理，请交办',
    body: '{情况}',
    open: '去交办',
    more: '打开详情',
    done: '民情交办',
  }),
  handle: card('请签收、答复', '主办单位经办人', {
    strip: '新交办，请签收',
    body: '{情况}',
    more: '打开详情，加照片、核实、退回改派',
    done: '民情办理',
  }),
  cohandle: card('请会签', '协办单位经办人', {
    strip: '协办，请会签',
    body: '{情况}',
    more: '打开详情',
    done: '协办会签',
  }),
  answer: card('请回答核实', '提出人', {
    strip: '单位向您核实',
    body: '{核实问题}',
    more: '打开详情',
    done: '回答核实',
  }),
  extension: card('请决定延期', '三服务办经办人', {
    strip: '单位申请延期，请决定',
    body: '申请延到 {延期到}。{延期原因}',
    open: '去决定',
    more: '打开详情',
    done: '延期审批',
  }),
  approve: card('请审签答复', '单位负责人', {
    strip: '答复已写好，请审签',
    body: '{待审答复}',
    open: '去审签',
    more: '打开详情',
    done: '答复审签',
  }),
  check: card('请审核答复', '三服务办经办人', {
    strip: '答复已写好，请审核',
    body: '{待审答复}',
    open: '去审核',
    more: '打开详情',
    done: '答复审核',
  }),
  supervision: card('请答复督办', '单位负责人', {
    strip: '督办，请负责人答复',
    body: '{督办要求}',
    open: '去答复',
    more: '打开详情',
    done: '督办答复',
  }),
  rate: card('请评价', '提出人', {
    strip: '答复到了，等您评价',
    body: '{办理结果}。{答复内容}',
    more: '看全文',
    done: '答复评价',
  }),
  ruling: card('请裁定', '督查', {
    strip: '多次不满意，请裁定',
    body: '已整改 {整改次数} 次，委员仍不满意',
    open: '去裁定',
    more: '打开详情',
    done: '督查裁定',
  }),
  appeal: card('请复核', '督查', {
    strip: '单位申请复核，请裁定',
    body: '{复核理由}',
    open: '去复核',
    more: '打开详情',
    done: '评价复核',
  }),
  counts: {
    name: '每日小结',
    to: '督查',
    words: { strip: '今天的民情', title: '在办 {在办件数} 件，没有等您裁定的', open: '看在办的' },
  },
};

const VARIANTS = {
  'dispatch.transferred': { of: 'dispatch', name: '请改派', strip: '单位退回，请改派', open: '去改派' },
  'handle.rework': { of: 'handle', name: '退回整改，请签收', strip: '退回整改，请签收' },
  'handle.reply': { of: 'handle', name: '签收之后，请答复', strip: '请答复' },
  'handle.reworkReply': { of: 'handle', name: '整改中，请答复', strip: '整改，请答复' },
  'handle.paused': { of: 'handle', name: '等委员回答', strip: '等委员回答，计时暂停' },
  'counts.ruling': {
    of: 'counts',
    name: '每日小结，有待裁定的',
    title: '在办 {在办件数} 件，{待裁定件数} 件等您裁定',
    open: '看待裁定的',
  },
} as const satisfies Record<string, { of: keyof typeof CARDS; name: string } & Words>;
export type CardText = keyof typeof CARDS | keyof typeof VARIANTS;

const PREFIX = 'card.';
/** The id of a card's text, as the catalogue and the pages of 管理 know it. */
export const cardTextId = (text: CardText): string => `${PREFIX}${text}`;

/** Every text of a card by its id, variants after what they are one of. */
export const CARD_TEXTS: ReadonlyMap<string, Text> = new Map(
  Object.entries(CARDS).flatMap(([name, own]) => [
    [`${PREFIX}${name}`, own] as const,
    ...Object.entries(VARIANTS)
      .filter(([, variant]) => variant.of === name)
      .map(([id, { of, name: label, ...words }]) => {
        return [`${PREFIX}${id}`, { ...own, name: label, words, of: `${PREFIX}${of}` }] as const;
      }),
  ]),
);

/** What a card is about, as its name in the delivery log. */
export const CARD_LABELS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(CARDS).map(([name, { words }]) => [name, words.strip ?? name]),
);

/** Which words fit the duty as it stands; those of an ended one too. */
export function cardTextOf(purpose: Purpose, c: Case, duty: Duty | undefined): CardText {
  if (purpose === 'dispatch' && duty && c.transferred) {
    return 'dispatch.transferred';
  }
  if (purpose !== 'handle' || !duty) {
    return purpose;
  }
  if (duty.actions.includes('sign')) {
    return c.reworks > 0 ? 'handle.rework' : 'handle';
  }
  if (c.ask) {
    return 'handle.paused';
  }
  return c.reworks > 0 ? 'handle.reworkReply' : 'handle.reply';
}

interface ValueSources {
  telling: Pick<Telling, 'unit'>;
  areaName(id: string | null): string;
  categoryName(id: string): string;
  /** True after the host's content review refused the citizen's words: then none of them. */
  plain: boolean;
}
type Value = (c: Case, x: ValueSources, round: number) => string;

/** What people wrote: left away when a host's review refuses it. */
const WRITTEN: Record<string, Value> = {
  情况: (c) => c.content.situation,
  核实问题: (c) => c.ask?.question ?? '',
  待审答复: (c) => c.approval?.reply.text ?? '',
  延期原因: (c) => c.extension?.reason ?? '',
  督办要求: (c) => c.supervision?.text ?? '',
  复核理由: (c) => c.appeals.find((a) => a.outcome === null)?.reason ?? '',
  答复内容: (c, _x, round) => c.replies.find((r) => r.round === round)?.text ?? '',
};
const TOLD: Record<string, Value> = {
  民情编号: (c) => c.number,
  民情标题: (c, x) => (x.plain ? `民情 ${c.number}` : c.content.title),
  类别: (c, x) => x.categoryName(c.content.categoryId),
  地区: (c, x) => x.areaName(c.content.place.areaId),
  主办单位: (c, x) => leadName(c, x.telling),
  整改次数: (c) => String(c.reworks),
  延期到: (c) => c.extension?.until ?? '',
  办理结果: (c, _x, round) => {
    const reply = c.replies.find((r) => r.round === round);
    return reply ? RESULT_CLASSES[reply.class] : '';
  },
};

/** What any card may name. */
export const COMMON_CARD_VARIABLES: readonly string[] = ['民情标题', '民情编号', '类别', '地区', '主办单位'];

/** Every variable of a card as it now is. */
export function cardValues(c: Case, x: ValueSources, round: number): Record<string, string> {
  const of = (values: Record<string, Value>): [string, string][] =>
    Object.entries(values).map(([name, value]) => [name, value(c, x, round)]);
  const written = of(WRITTEN).map(([name, value]) => [name, x.plain ? '' : value]);
  return Object.fromEntries([...of(TOLD), ...written]);
}

/** What each event says in the timeline: its title, words, tone and files, for this viewer. */
import {
  ADOPTION_LEVELS,
  APPEAL_OUTCOMES,
  CONTACT_WAYS,
  GRADES,
  OUTCOMES,
  RESULT_CLASSES,
  REVEAL_BASES,
  SUPERVISION_LEVELS,
  URGENCIES,
  VISIT_OUTCOMES,
  type AdoptionLevel,
  type ContactWay,
  type Outcome,
  type RevealBasis,
  type Urgency,
  type VisitOutcome,
} from '@minqing/shared/words';
import type { FileView, TimelineEntry } from '@minqing/shared/contract';
import { deadlineText, momentText } from '@minqing/shared/time';
import {
  CLOCKS,
  type ApprovalStep,
  type Assignment,
  type Case,
  type CaseEvent,
  type ClockKind,
  type EventData,
  type ReminderStep,
  type Reply,
} from '@minqing/shared/workflow';
import type { CaseWording } from '../catalogue/index.ts';
import type { Names } from './names.ts';
import type { Sight } from './sight.ts';
import { beforeText, type Telling } from './case.words.ts';

export interface TimelineContext {
  c: Case;
  sight: Sight;
  viewerId: string | null;
  names: Names;
  files: (ids: readonly string[]) => FileView[];
  telling: Telling;
  wording: Pick<CaseWording, 'categoryName'>;
}

interface Step {
  title: string;
  text?: string;
  tone?: TimelineEntry['tone'];
  fileIds?: readonly string[];
  internal?: boolean;
  result?: TimelineEntry['result'];
  stars?: number;
}

const dataOf = <T>(e: CaseEvent): T => e.data as T;
const reasonOf = (e: CaseEvent): string => dataOf<{ reason?: string }>(e).reason ?? '';

function unitNames(x: TimelineContext, assignments: readonly Assignment[], part: Assignment['part']): string {
  return assignments
    .filter((a) => a.part === part)
    .map((a) => x.telling.unit(a.unitId)?.name ?? '（已撤销单位）')
    .join('、');
}

function dispatched(e: CaseEvent, x: TimelineContext): string {
  const { assignments, note } = dataOf<{ assignments: Assignment[]; note?: string }>(e);
  const co = unitNames(x, assignments, 'co');
  const clock = e.clocks.find((k) => k.do === 'start' && k.clock.kind === 'reply');
  const due = clock?.do === 'start' ? `，${beforeText(clock.clock.dueAt, x.telling.now)} 前答复` : '';
  return `主办${unitNames(x, assignments, 'lead')}${co ? `，协办${co}` : ''}${due}。${note ? `\n交办意见：${note}` : ''}`;
}

const clockLabel = (e: CaseEvent): string => CLOCKS[dataOf<{ kind: ClockKind }>(e).kind]?.label ?? '';

const REMINDED: Partial<Record<ReminderStep, string>> = {
  head: '超期未办，已告诉单位负责人',
  dispatcher: '超期未办，已告诉三服务办',
  inspector: '超期未办，已告诉督查',
};

export const APPROVAL_LABELS: Record<ApprovalStep, string> = {
  countersign: '会签',
  head: '负责人审签',
  dispatcher: '三服务办审核',
};

/** 「会签 → 负责人审签」 */
export const approvalWords = (steps: readonly ApprovalStep[]): string =>
  steps.map((step) => APPROVAL_LABELS[step]).join(' → ');

const dayText = (date: string, x: TimelineContext): string =>
  deadlineText(x.telling.calendar.closeOfBusiness(date), x.telling.now).replace(/ \d\d:\d\d$/u, '');

/** 「承诺 9月30日 前落实」, the reason of 暂不能办, or nothing. */
export function resultDetail(reply: Pick<Reply, 'class' | 'promisedOn' | 'reason'>): string {
  if (reply.class === 'planned' && reply.promisedOn) {
    return `承诺 ${reply.promisedOn} 前落实`;
  }
  return reply.class === 'declined' ? (reply.reason ?? '') : '';
}

function answered(reply: Reply): Step {
  return {
    title: reply.round > 1 ? '已重新答复' : '已答复',
    text: reply.text,
    tone: 'good',
    fileIds: reply.fileIds,
    result: { class: reply.class, label: RESULT_CLASSES[reply.class], detail: resultDetail(reply) },
  };
}

export const STEPS: Partial<Record<CaseEvent['action'], (e: CaseEvent, x: TimelineContext) => Step>> = {
  submit: (e, x) => {
    const { content } = dataOf<EventData['submit']>(e);
    const who = e.personId === x.viewerId ? '您' : '委员';
    return {
      title: `${who}${e.version > 1 ? '补充后再次提交' : '提交了民情'}`,
      text: content.situation,
      fileIds: content.fileIds,
    };
  },
  withdraw: (e) => ({ title: e.personId ? '已撤回' : '超过 30 天没有补充，自动撤回', text: reasonOf(e) }),
  accept: (e, x) => {
    const { urgency, note } = dataOf<{ urgency: Urgency; note?: string }>(e);
    const mark = urgency === 'normal' ? '' : `按${URGENCIES[urgency]}件办理`;
    return { title: '已受理', text: [mark, x.sight.staff ? (note ?? '') : ''].filter(Boolean).join('\n') };
  },
  return: (e) => ({ title: '退回补充', text: reasonOf(e), tone: 'warn' }),
  decline: (e) => ({ title: '不予受理', text: reasonOf(e), tone: 'bad' }),
  edit: () => ({ title: '修改了文字', text: '委员原文保留在旁边', internal: true }),
  correct: (e, x) => {
    const { categoryId, place, reason } = dataOf<EventData['correct'] & { reason?: string }>(e);
    const parts = [
      categoryId ? `类别改为${x.wording.categoryName(x.c.areaId, categoryId)}` : '',
      place ? `地点改为${place.text}` : '',
      x.sight.staff ? (reason ?? '') : '',
    ];
    return { title: '更正', text: parts.filter(Boolean).join('，') };
  },
  sendBack: (e) => ({ title: '退回政协', text: reasonOf(e), tone: 'warn' }),
  dispatch: (e, x) => ({ title: '已交办', text: dispatched(e, x) }),
  redispatch: (e, x) => ({
    title: '已改派',
    text: `${dispatched(e, x)}\n原因：${reasonOf(e)}`,
    tone: 'warn',
  }),
  changeCoHandlers: (e, x) => {
    const { assignments, cancelled } = dataOf<EventData['changeCoHandlers']>(e);
    const removed = x.c.assignments.filter((a) => cancelled.includes(a.id));
    const parts = [
      assignments.length > 0 ? `增加${unitNames(x, assignments, 'co')}` : '',
      removed.length > 0 ? `撤销${unitNames(x, removed, 'co')}` : '',
    ];
    return { title: '调整协办单位', text: parts.filter(Boolean).join('，') };
  },
  recall: (e) => ({ title: '撤回交办', text: reasonOf(e), tone: 'warn' }),
  sign: () => ({ title: '已签收' }),
  receive: (e) => ({ title: '平台已接收', text: `编号 ${e.data['number'] as string}`, internal: true }),
  transferBack: (e, x) => {
    const { reason, suggestedUnitId, lead } = dataOf<{
      reason: string;
      suggestedUnitId: string | null;
      lead: boolean;
    }>(e);
    const suggested = suggestedUnitId ? x.telling.unit(suggestedUnitId)?.name : null;
    return {
      title: lead ? '退回改派' : '协办单位退回',
      text: `${reason}${suggested ? `\n建议由${suggested}办理` : ''}`,
      tone: 'warn',
      internal: !lead,
    };
  },
  progress: (e) => {
    const { text, fileIds, visible } = dataOf<{ text: string; fileIds: string[]; visible: boolean }>(e);
    return { title: '办理进展', text, fileIds, internal: !visible };
  },
  ask: (e) => ({ title: '向委员核实', text: dataOf<EventData['ask']>(e).ask.question, tone: 'warn' }),
  answer: (e, x) => {
    const { text, fileIds } = dataOf<{ text: string; fileIds: string[] }>(e);
    return { title: e.personId === x.viewerId ? '您回答了核实' : '委员回答了核实', text, fileIds };
  },
  lapseAsk: () => ({ title: '核实到期，计时继续', text: '两个工作日内没有等到回答' }),
  opinion: (e, x) => {
    const { text, fileIds, release } = dataOf<{ text: string; fileIds: string[] } & EventData['opinion']>(e);
    const own: Step = { title: '会签意见', text, fileIds, internal: true };
    // The last opinion lets the reply go out: what the authors read of this event is the answer.
    return release && !x.sight.staff ? answered(release.reply) : own;
  },
  reply: (e, x) => {
    const { reply, release, approval } = dataOf<EventData['reply']>(e);
    return release
      ? answered(release.reply)
      : {
          ...answered(reply),
          title: '答复已写好，待审签',
          text: [approvalWords(approval?.steps ?? []), reply.text].join('\n'),
          tone: 'normal',
          internal: !x.sight.staff,
        };
  },
  approve: (e, x) => {
    const { note, step, release } = dataOf<{ note: string; step: ApprovalStep } & EventData['approve']>(e);
    const by = step === 'head' ? '负责人已审签' : '三服务办已审核';
    return release
      ? {
          ...answered(release.reply),
          ...(x.sight.staff && note ? { text: `${release.reply.text}\n${by}：${note}` } : {}),
        }
      : { title: by, text: note, internal: true };
  },
  lapseCountersign: (e) => {
    const { release } = dataOf<EventData['lapseCountersign']>(e);
    return release ? answered(release.reply) : { title: '会签到期，答复继续往下走', internal: true };
  },
  rejectReply: (e) => ({ title: '答复被退回修改', text: reasonOf(e), tone: 'warn', internal: true }),
  requestExtension: (e, x) => {
    const { extension } = dataOf<EventData['requestExtension']>(e);
    return {
      title: '申请延期',
      text: `延到 ${dayText(extension.until, x)}。${extension.reason}`,
      internal: true,
    };
  },
  grant: (e, x) => ({
    title: '同意延期',
    text: `答复时限改到 ${dayText(dataOf<{ until: string }>(e).until, x)}下班`,
    tone: 'warn',
  }),
  deny: (e) => ({ title: '没有同意延期', text: reasonOf(e), internal: true }),
  contact: (e, x) => {
    const { at, way, text, fileIds, visible } = dataOf<{
      at: string;
      way: ContactWay;
      text: string;
      fileIds: string[];
      visible: boolean;
    }>(e);
    return {
      title: `面商（${CONTACT_WAYS[way]}）`,
      text: `${momentText(Date.parse(at), x.telling.now)}\n${text}`,
      fileIds,
      internal: !visible,
    };
  },
  rate: (e, x) => {
    const { rating, support } = dataOf<EventData['rate']>(e);
    const you = e.personId === x.viewerId;
    const who = you ? '您' : support ? '附议委员' : e.capacity.kind === 'mergedAuthor' ? '并案委员' : '委员';
    const words = [rating.reasons.join('、'), rating.text].filter(Boolean).join('\n');
    // None of those whose cases were merged sees what another wrote.
    const hidden = e.capacity.kind !== 'author' && !you && !x.sight.staff;
    return {
      title: `${who}打了${rating.stars} 星 · ${GRADES[rating.stars] ?? ''}`,
      text: hidden ? '' : words,
      stars: rating.stars,
      tone: rating.stars <= 2 ? 'bad' : 'good',
    };
  },
  settle: (e, x) => {
    if (e.to === 'dispatched') {
      return { title: '退回整改', text: dispatched(e, x), tone: 'warn' };
    }
    if (e.to === 'disputed') {
      return { title: '转督查裁定', text: '整改后仍不满意', tone: 'bad' };
    }
    const outcome = dataOf<{ outcome: Outcome | null }>(e).outcome;
    return { title: '已办结', text: outcome ? OUTCOMES[outcome] : '', tone: 'good' };
  },
  conclude: (e) => {
    const { text, again } = dataOf<{ text: string; again: boolean }>(e);
    return { title: again ? '裁定：再交办一次' : '裁定：维持答复，办结', text, tone: 'warn' };
  },
  takeOver: () => ({ title: '委员接手了这件民情' }),
  reconsider: (e) => ({ title: '重新受理审核', text: reasonOf(e) }),
  invite: () => ({ title: '邀请了联名委员' }),
  join: () => ({ title: '同意联名', tone: 'good' }),
  declineJoin: () => ({ title: '不参加联名' }),
  leave: (e) => ({ title: '退出联名', text: reasonOf(e) }),
  support: () => ({ title: '附议' }),
  reveal: (e) => ({
    title: '向办理单位公开姓名',
    text: `${REVEAL_BASES[dataOf<{ basis: RevealBasis }>(e).basis]}：${reasonOf(e)}`,
    tone: 'warn',
  }),
  merge: (e) => ({ title: '已并案', text: `并入 ${dataOf<{ intoNumber: string }>(e).intoNumber}，一起办理` }),
  separate: () => ({ title: '已拆案，单独审核' }),
  absorb: () => ({ title: '又有委员反映同一件事，已并案' }),
  release: () => ({ title: '拆出一件民情', internal: true }),
  escalate: (e, x) => ({
    title: `上报${x.telling.unit(dataOf<EventData['escalate']>(e).receiving.committeeId)?.name ?? ''}`,
    text: reasonOf(e),
  }),
  delegate: (e, x) => ({
    title: `下转${x.telling.unit(dataOf<EventData['delegate']>(e).receiving.committeeId)?.name ?? ''}`,
    text: reasonOf(e),
  }),
  appeal: (e) => ({
    title: '单位申请复核评价',
    text: dataOf<EventData['appeal']>(e).appeal.reason,
    tone: 'warn',
  }),
  reviewAppeal: (e) => {
    const { outcome, text } = dataOf<EventData['reviewAppeal'] & { text: string }>(e);
    return { title: `复核结论：${APPEAL_OUTCOMES[outcome]}`, text };
  },
  followUp: (e) => {
    const { text, fileIds } = dataOf<{ text: string; fileIds: string[] }>(e);
    return { title: '跟踪落实', text, fileIds };
  },
  fulfil: (e) => {
    const { text, fileIds } = dataOf<{ text: string; fileIds: string[] }>(e);
    return { title: '已落实', text, fileIds, tone: 'good' };
  },
  reopen: (e) => ({ title: '重新办理', text: reasonOf(e), tone: 'warn' }),
  visit: (e, x) => {
    const { at, way, outcome, text } = dataOf<{
      at: string;
      way: ContactWay;
      outcome: VisitOutcome;
      text: string;
    }>(e);
    return {
      title: `回访：${VISIT_OUTCOMES[outcome]}`,
      text: [`${momentText(Date.parse(at), x.telling.now)} ${CONTACT_WAYS[way]}`, text]
        .filter(Boolean)
        .join('\n'),
    };
  },
  adopt: (e) => {
    const { level, note } = dataOf<{ level: AdoptionLevel; note: string }>(e);
    return { title: ADOPTION_LEVELS[level], text: note, tone: 'good' };
  },
  instruct: (e) => {
    const { text, visible } = dataOf<{ text: string; visible: boolean }>(e);
    return { title: '领导批示', text, internal: !visible };
  },
  commend: (e) => ({ title: '评为优秀案例', text: dataOf<{ note: string }>(e).note, tone: 'good' }),
  publish: (e) => ({ title: '已公开', text: dataOf<EventData['publish']>(e).title, tone: 'good' }),
  supervise: (e) => {
    const { supervision } = dataOf<EventData['supervise']>(e);
    return { title: SUPERVISION_LEVELS[supervision.level], text: supervision.text, tone: 'bad' };
  },
  answerSupervision: (e) => {
    const { text, fileIds } = dataOf<{ text: string; fileIds: string[] }>(e);
    return { title: '答复督办', text, fileIds, internal: true };
  },
  recount: (e) => ({ title: `${clockLabel(e)}时限顺延`, text: dataOf<{ why: string }>(e).why }),
  supplement: (e, x) => {
    const { text, fileIds } = dataOf<{ text: string; fileIds: string[] }>(e);
    return { title: e.personId === x.viewerId ? '您补充了情况' : '委员补充了情况', text, fileIds };
  },
  comment: (e) => ({ title: '备注', text: dataOf<{ text: string }>(e).text, internal: true }),
  urge: (e, x) => ({
    title: e.personId === x.viewerId ? '您催办了一次' : '催办',
    text: dataOf<{ text: string }>(e).text,
    tone: 'warn',
  }),
  overdue: (e) => ({ title: `${clockLabel(e)}超期`, tone: 'bad' }),
  remind: (e) => ({
    title: REMINDED[dataOf<{ step: ReminderStep }>(e).step] ?? `${clockLabel(e)}快到期，已提醒`,
    internal: true,
  }),
};

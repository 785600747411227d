/** One event of the history → one step of the parcel's course, as this viewer may see it. */
import {
  GRADES,
  OUTCOMES,
  RESULT_CLASSES,
  URGENCIES,
  type Outcome,
  type Urgency,
} from '@minqing/shared/words';
import type { FileView, TimelineEntry } from '@minqing/shared/contract';
import { isoShanghaiFull, momentText } from '@minqing/shared/time';
import {
  CLOCKS,
  spec,
  type Assignment,
  type Case,
  type CaseEvent,
  type ClockKind,
  type EventData,
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

const STEPS: Partial<Record<CaseEvent['action'], (e: CaseEvent, x: TimelineContext) => Step>> = {
  submit: (e, x) => {
    const { content } = dataOf<EventData['submit']>(e);
    const again = e.version > 1;
    const who = e.personId === x.viewerId ? '您' : '委员';
    return {
      title: again ? `${who}补充后再次提交` : `${who}提交了民情`,
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
  opinion: (e) => {
    const { text, fileIds } = dataOf<{ text: string; fileIds: string[] }>(e);
    return { title: '会签意见', text, fileIds, internal: true };
  },
  reply: (e) => {
    const { reply } = dataOf<EventData['reply']>(e);
    const detail =
      reply.class === 'planned' && reply.promisedOn
        ? `承诺 ${reply.promisedOn} 前落实`
        : reply.class === 'declined'
          ? (reply.reason ?? '')
          : '';
    return {
      title: reply.round > 1 ? '已重新答复' : '已答复',
      text: reply.text,
      tone: 'good',
      fileIds: reply.fileIds,
      result: { class: reply.class, label: RESULT_CLASSES[reply.class], detail },
    };
  },
  rate: (e, x) => {
    const { rating } = dataOf<EventData['rate']>(e);
    const who = e.personId === x.viewerId ? '您' : '委员';
    const words = [rating.reasons.join('、'), rating.text].filter(Boolean).join('\n');
    return {
      title: `${who}打了${rating.stars} 星 · ${GRADES[rating.stars] ?? ''}`,
      text: words,
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
  remind: (e) => ({ title: `${clockLabel(e)}快到期，已提醒`, internal: true }),
};

/** 「市公安局交警支队 周凯」; an anonymous author stays 匿名委员 for those who may not know. */
function whoOf(e: CaseEvent, x: TimelineContext): string {
  const { capacity } = e;
  if (capacity.kind === 'timer') {
    return '';
  }
  if (capacity.kind === 'platform') {
    return '三服务小管家';
  }
  if (capacity.kind === 'author') {
    return e.personId === x.viewerId ? '' : x.sight.names ? `${x.names(e.personId).name}委员` : '匿名委员';
  }
  const unit = capacity.unitId ? x.telling.unit(capacity.unitId) : undefined;
  return [unit?.name ?? '', x.names(e.personId).name].filter(Boolean).join(' ');
}

/** Newest first. Internal entries are left out for those who do not work on the case. */
export function presentTimeline(events: readonly CaseEvent[], x: TimelineContext): TimelineEntry[] {
  return events
    .map((e): TimelineEntry => {
      const step = STEPS[e.action]?.(e, x) ?? { title: spec(e.action).label };
      return {
        version: e.version,
        action: e.action,
        title: step.title,
        who: whoOf(e, x),
        at: isoShanghaiFull(e.at),
        atText: momentText(e.at, x.telling.now),
        text: step.text ?? '',
        tone: step.tone ?? 'normal',
        files: x.files(step.fileIds ?? []),
        result: step.result ?? null,
        stars: step.stars ?? null,
        internal: step.internal ?? false,
      };
    })
    .filter((entry) => !entry.internal || x.sight.staff)
    .toReversed();
}

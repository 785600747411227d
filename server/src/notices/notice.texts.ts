/** What each plain notice says: one text each, as data. Two or three lines; the rest is behind the link. */
import { lastingDeadline, lastingMoment } from './moments.ts';
import { CLOCKS, type Case, type CaseEvent, type ClockKind, type NoticeName } from '@minqing/shared/workflow';
import type { NoticeContent } from '../hosts/index.ts';
import { leadName, type Telling } from '../cases/index.ts';

export interface NoticeContext {
  c: Case;
  /** The event it tells of. */
  event: CaseEvent;
  telling: Telling;
  /** Who did it, in words the reader may see; empty for the system. */
  who: string;
  categoryName(id: string): string;
}

interface Words {
  title: string;
  body: string;
  tone: NonNullable<NoticeContent['status']>['tone'];
}

const due = (x: NoticeContext, kind: ClockKind): string => {
  const clock = x.c.clocks.findLast((k) => k.kind === kind && k.stoppedAt === null);
  return clock ? lastingDeadline(clock.dueAt) : '';
};
const dataText = (x: NoticeContext, key: string): string => String(x.event.data[key] ?? '');
const clockOf = (x: NoticeContext): string => CLOCKS[x.event.data.kind as ClockKind]?.label ?? '';

const TEXTS: Record<NoticeName, (x: NoticeContext) => Words> = {
  received: (x) => ({ title: '已收到您的民情', body: `政协将在 ${due(x, 'review')} 前审核`, tone: 'blue' }),
  accepted: (x) => ({
    title: '政协已受理',
    body: `三服务办将在 ${due(x, 'dispatch')} 前交办`,
    tone: 'green',
  }),
  declined: (x) => ({ title: '没有受理您的民情', body: dataText(x, 'reason'), tone: 'grey' }),
  dispatched: (x) => ({
    title: `已交办${leadName(x.c, x.telling)}`,
    body: `${due(x, 'reply')} 前答复您`,
    tone: 'green',
  }),
  progressed: (x) => ({
    title: `${leadName(x.c, x.telling)}报了进展`,
    body: dataText(x, 'text'),
    tone: 'blue',
  }),
  answered: (x) => ({ title: '委员回答了核实，计时继续', body: dataText(x, 'text'), tone: 'blue' }),
  supplemented: (x) => ({ title: '委员补充了情况', body: dataText(x, 'text'), tone: 'blue' }),
  opinion: (x) => ({ title: '协办单位有了会签意见', body: dataText(x, 'text'), tone: 'blue' }),
  coReturned: (x) => ({ title: '协办单位退回了交办', body: dataText(x, 'reason'), tone: 'amber' }),
  taken: (x) => ({
    title: '这件民情不再由您单位办理',
    body: dataText(x, 'reason') || '三服务办已调整',
    tone: 'grey',
  }),
  withdrawn: (x) => ({
    title: x.event.personId ? '您撤回了这件民情' : '30 天没有补充，已自动撤回',
    body: '记录仍在，可以重新提交',
    tone: 'grey',
  }),
  upheld: (x) => ({ title: '督查裁定：维持答复，办结', body: dataText(x, 'text'), tone: 'grey' }),
  ruledAgain: (x) => ({ title: '督查裁定：再交办一次', body: dataText(x, 'text'), tone: 'blue' }),
  closed: () => ({ title: '评价期已过，这件民情办结', body: '没有评价的不计入满意率', tone: 'grey' }),
  urged: (x) => ({
    title: `${x.who || '有人'}催办`,
    body: dataText(x, 'text') || '请尽快办理',
    tone: 'amber',
  }),
  reminded: (x) => {
    const clock = x.c.clocks.find((k) => k.id === x.event.data.clockId);
    return {
      title: `${clockOf(x)}快到期了`,
      body: clock ? `请在 ${lastingDeadline(clock.dueAt)} 前${clockOf(x)}` : '',
      tone: 'amber',
    };
  },
  overdue: (x) => {
    const clock = x.c.clocks.find((k) => k.id === x.event.data.clockId);
    return {
      title: `${clockOf(x)}已超期`,
      body: clock ? `时限是 ${lastingMoment(clock.dueAt)}，请马上办理` : '',
      tone: 'red',
    };
  },
  askLapsed: () => ({ title: '没有等到委员回答，计时继续', body: '请按已知情况答复', tone: 'amber' }),
};

/** The content of a notice, host-independent. Its number tells apart two notices that would read the same. */
export function noticeContent(notice: NoticeName, x: NoticeContext, path: string): NoticeContent {
  const words = TEXTS[notice](x);
  return {
    number: `${x.c.number}·${x.event.version}`,
    title: words.title,
    lines: [
      { label: '民情', value: x.c.content.title },
      { label: '类别', value: x.categoryName(x.c.content.categoryId) },
      { label: '时间', value: lastingMoment(x.event.at) },
    ],
    body: words.body,
    path,
    buttons: [],
    status: { text: words.title.slice(0, 6), tone: words.tone },
  };
}

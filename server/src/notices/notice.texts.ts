/** What each plain notice says: one text each, as data. Two or three lines; the rest is behind the link. */
import { lastingDeadline, lastingMoment } from './moments.ts';
import { ADOPTION_LEVELS, APPEAL_OUTCOMES } from '@minqing/shared/words';
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
  filedForYou: (x) => ({
    title: '工作人员替您提交了民情',
    body: `政协将在 ${due(x, 'review')} 前审核。要自己补充、修改，请打开后点「由我接手」`,
    tone: 'blue',
  }),
  escalated: (x) => {
    const clock = x.c.clocks.find((k) => k.id === x.event.data.clockId);
    const who = clock?.unitId ? (x.telling.unit(clock.unitId)?.shortName ?? '') : '';
    return {
      title: `${who}${clockOf(x)}超期，请督促`,
      body: clock ? `时限是 ${lastingMoment(clock.dueAt)}` : '',
      tone: 'red',
    };
  },
  merged: (x) => ({
    title: '已与同一件事并案办理',
    body: `并入 ${dataText(x, 'intoNumber')}，答复和评价都会送到您这里`,
    tone: 'blue',
  }),
  separated: () => ({ title: '已从并案中拆出，单独审核', body: '政协将重新审核', tone: 'blue' }),
  absorbed: () => ({ title: '又有委员反映同一件事', body: '已并案，一起办理', tone: 'blue' }),
  handedOver: (x) => ({
    title: `已转${x.telling.unit(x.c.committeeId)?.name ?? '另一级政协'}审核`,
    body: `将在 ${due(x, 'review')} 前审核`,
    tone: 'blue',
  }),
  reconsidered: (x) => ({ title: '政协重新受理审核', body: dataText(x, 'reason'), tone: 'blue' }),
  joined: (x) => ({ title: '有委员同意联名', body: x.who, tone: 'green' }),
  joinDeclined: (x) => ({ title: '有委员不参加联名', body: x.who, tone: 'grey' }),
  left: (x) => ({ title: '有委员退出联名', body: dataText(x, 'reason'), tone: 'grey' }),
  extended: (x) => ({
    title: '同意延期',
    body: `答复时限改到 ${due(x, 'reply')}`,
    tone: 'amber',
  }),
  notExtended: (x) => ({
    title: '没有同意延期',
    body: `${dataText(x, 'reason')}。仍须在 ${due(x, 'reply')} 前答复`,
    tone: 'amber',
  }),
  extensionLapsed: () => ({
    title: '延期申请没有决定就到期了',
    body: '答复已超期，申请不再有效',
    tone: 'red',
  }),
  replyRejected: (x) => ({
    title: '答复被退回，请修改',
    body: `${dataText(x, 'reason')}。请在 ${due(x, 'reply')} 前重新答复`,
    tone: 'amber',
  }),
  contacted: (x) => ({
    title: `${leadName(x.c, x.telling)}记录了面商`,
    body: dataText(x, 'text'),
    tone: 'blue',
  }),
  followedUp: (x) => ({ title: '计划有了进展', body: dataText(x, 'text'), tone: 'blue' }),
  fulfilled: (x) => ({ title: '承诺的事已落实', body: dataText(x, 'text'), tone: 'green' }),
  promiseMissed: (x) => ({
    title: '承诺的日期到了，还没有落实',
    body: `${leadName(x.c, x.telling)}已收到提醒；30 天内可以要求重新办理`,
    tone: 'red',
  }),
  reopened: (x) => ({ title: '重新办理', body: dataText(x, 'reason'), tone: 'blue' }),
  supervised: (x) => {
    const words = x.event.data.supervision as { text?: string } | undefined;
    return { title: '督查挂牌督办', body: words?.text ?? '', tone: 'red' };
  },
  supervisionAnswered: (x) => ({ title: '督办有了答复', body: dataText(x, 'text'), tone: 'blue' }),
  appealed: (x) => ({ title: '单位申请复核低分评价', body: dataText(x, 'reason'), tone: 'amber' }),
  appealReviewed: (x) => ({
    title: `复核结论：${APPEAL_OUTCOMES[x.event.data.outcome as keyof typeof APPEAL_OUTCOMES] ?? ''}`,
    body: `${dataText(x, 'text')}。原评价不改`,
    tone: 'blue',
  }),
  adopted: (x) => ({
    title: `您的民情被采用：${ADOPTION_LEVELS[x.event.data.level as keyof typeof ADOPTION_LEVELS] ?? ''}`,
    body: dataText(x, 'note'),
    tone: 'green',
  }),
  instructed: (x) => ({ title: `${x.who}批示`, body: dataText(x, 'text'), tone: 'red' }),
  commended: (x) => ({ title: '评为优秀案例', body: dataText(x, 'note'), tone: 'green' }),
  published: (x) => ({ title: '这件民情已公开', body: dataText(x, 'title'), tone: 'green' }),
  revealed: (x) => ({ title: '您的姓名已向办理单位公开', body: dataText(x, 'reason'), tone: 'amber' }),
  dueMoved: (x) => {
    const clock = x.c.clocks.find((k) => k.id === x.event.data.clockId);
    return {
      title: `${clockOf(x)}时限顺延`,
      body: `${dataText(x, 'why')}，改到 ${clock ? lastingDeadline(clock.dueAt) : ''}`,
      tone: 'blue',
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

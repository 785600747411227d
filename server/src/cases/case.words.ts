/** The sentences about a case: whose move it is, how much time is left. One text for phone, PC, card and notice. */
import { CASE_STATES, LIGHTS } from '@minqing/shared/words';
import type { LeftView } from '@minqing/shared/contract';
import {
  deadlineText,
  isoShanghaiFull,
  leftText,
  momentText,
  overText,
  usedText,
  MINUTES_PER_WORKING_DAY,
} from '@minqing/shared/time';
import {
  clockThatMatters,
  CLOCKS,
  leadAssignment,
  moverOf,
  stillAwaited,
  type Case,
  type Clock,
  type Purpose,
} from '@minqing/shared/workflow';
import type { WorkingCalendar } from '@minqing/shared/calendar';
import type { UnitFacts } from '@minqing/shared/workflow';

export interface Telling {
  now: number;
  calendar: WorkingCalendar;
  unit(id: string): UnitFacts | undefined;
  /** What a connected platform is called. */
  platform?: ((id: string) => string) | undefined;
}

/** Whose eyes the sentence is for. `you` is what this viewer must do, if anything. */
export interface Reader {
  author: boolean;
  you: Purpose | null;
  /** Works with cases: is told by whom this one is handled. A member sees no difference. */
  staff?: boolean;
}

export const leadName = (c: Case, t: Pick<Telling, 'unit'>): string => {
  const id = leadAssignment(c)?.unitId ?? c.replies.at(-1)?.unitId;
  return (id && t.unit(id)?.shortName) || '承办单位';
};

/** The light, the time left and the due moment of one clock. */
export function leftOf(clock: Clock, t: Telling): LeftView {
  const { calendar, now } = t;
  const paused = clock.pausedAt !== null;
  const light = calendar.lightOf({
    now,
    startAt: clock.startedAt,
    dueAt: clock.dueAt,
    limit: clock.limit,
    paused,
    pausedMinutes: clock.pausedMinutes,
  });
  const minutes = calendar.remaining(now, clock.dueAt);
  const over = now > clock.dueAt;
  return {
    clockId: clock.id,
    light,
    text: paused ? LIGHTS.paused.word : over ? overText(-minutes) : `还剩 ${leftText(minutes)}`,
    dueText: `${deadlineText(clock.dueAt, now)} 前${CLOCKS[clock.kind].label}`,
    dueAt: isoShanghaiFull(clock.dueAt),
    leftMinutes: Math.trunc(minutes),
    wholeMinutes: Math.round(calendar.workingMinutesBetween(clock.startedAt, clock.dueAt)),
  };
}

/** What waits for somebody beside the case's own course. */
const BESIDE_NEXT: Partial<Record<Purpose, string>> = {
  join: '邀请您联名',
  extension: '等您决定延期',
  approve: '等您审签',
  check: '等您审核答复',
  supervision: '等您答复督办',
  appeal: '等您复核',
};

/** Whose signature a submitted reply waits for. */
function approvalText(c: Case, t: Pick<Telling, 'unit'>): string {
  const step = c.approval?.steps[0];
  return step === 'countersign'
    ? '等协办单位会签'
    : step === 'head'
      ? `等${leadName(c, t)}负责人审签`
      : '等三服务办审核答复';
}

/** The connected platform whose move it is, for whoever works with cases; null where it is somebody's here. */
export function platformAtWork(c: Case, reader: Reader, t: Telling): string | null {
  return reader.staff && c.handledBy !== undefined && moverOf(c) === 'platform'
    ? (t.platform?.(c.handledBy) ?? '对接平台')
    : null;
}

/** 「等您审核」「交警支队办理中」: the second line of a row. */
export function nextText(c: Case, reader: Reader, t: Telling): string {
  const you = reader.you;
  const beside = you ? BESIDE_NEXT[you] : undefined;
  if (beside) {
    return beside;
  }
  const platform = you === null ? platformAtWork(c, reader, t) : null;
  if (platform !== null) {
    return c.state === 'accepted' ? `等${platform}交办` : `由${platform}办理`;
  }
  switch (c.state) {
    case 'submitted':
      return you === 'review' ? '等您审核' : '等政协审核';
    case 'returned':
      return you === 'supplement' ? '请您补充后再交' : '等委员补充';
    case 'accepted':
      return you === 'dispatch'
        ? c.transferred
          ? '等您改派'
          : '等您交办'
        : c.transferred
          ? '等三服务办改派'
          : '等三服务办交办';
    case 'dispatched':
      return you === 'handle' || you === 'cohandle' ? '等您签收' : `等${leadName(c, t)}签收`;
    case 'handling':
      if (c.ask) {
        return you === 'answer' ? '等您回答' : '等委员回答';
      }
      return you === 'handle' ? '等您答复' : you === 'cohandle' ? '等您会签' : `${leadName(c, t)}办理中`;
    case 'replying':
      return you === 'cohandle' ? '等您会签' : approvalText(c, t);
    case 'replied':
      return you === 'rate' ? '等您评价' : '等委员评价';
    case 'disputed':
      return you === 'ruling' ? '等您裁定' : '等督查裁定';
    case 'closed':
      return closedText(c);
    default:
      return CASE_STATES[c.state];
  }
}

function closedText(c: Case): string {
  if (c.outcome === 'upheld') {
    return '裁定办结';
  }
  const stars = c.ratings.filter((r) => r.round === c.round).map((r) => r.stars);
  return stars.length > 0 ? `已办结，${Math.min(...stars)} 星` : '已办结，未评价';
}

/** 「请在 7月9日 周四 17:00」「请在今天 14:30」: only a figure stands apart from the words before it. */
export function beforeText(dueAt: number, now: number): string {
  const due = deadlineText(dueAt, now);
  return `请在${/^\d/.test(due) ? ' ' : ''}${due}`;
}

/** The largest words of the case page, in phrases that do not break. */
export function headlineOf(c: Case, reader: Reader, t: Telling): string[] {
  const clock = clockThatMatters(c);
  const by = (verb: string): string[] => {
    if (!clock) {
      return [`请${verb}`];
    }
    return t.now > clock.dueAt
      ? ['已过时限，', `请马上${verb}`]
      : [beforeText(clock.dueAt, t.now), `前${verb}`];
  };
  const unit = leadName(c, t);
  switch (reader.you) {
    case 'review':
      return by('审核');
    case 'dispatch':
      return by(c.transferred ? '改派' : '交办');
    case 'handle':
      return c.ask ? ['正在等委员回答，', '计时暂停'] : by(c.state === 'dispatched' ? '签收' : '答复');
    case 'cohandle':
      return [unit, '主办，', '请您会签'];
    case 'answer':
      return [unit, '想向您核实，', '等您回答'];
    case 'supplement':
      return ['请补充后', '再次提交'];
    case 'rate':
      return [unit, '已答复，', '等您评价'];
    case 'ruling':
      return by('裁定');
    case 'join':
      return ['邀请您', '联名反映'];
    case 'extension':
      return [unit, '申请延期，', '请决定'];
    case 'approve':
      return by('审签答复');
    case 'check':
      return by('审核答复');
    case 'supervision':
      return ['督查督办，', '请答复'];
    case 'appeal':
      return [unit, '申请复核，', '请给出结论'];
    default:
      return headlineElsewhere(c, reader, t) ?? headlineForOthers(c, unit, t);
  }
}

function headlineElsewhere(c: Case, reader: Reader, t: Telling): string[] | null {
  const platform = platformAtWork(c, reader, t);
  if (platform === null) {
    return null;
  }
  return c.state === 'accepted' ? ['政协已受理，', `等${platform}`, '交办'] : [`由${platform}`, '办理'];
}

function headlineForOthers(c: Case, unit: string, t: Telling): string[] {
  switch (c.state) {
    case 'submitted':
      return ['已经提交，', '等政协审核'];
    case 'returned':
      return ['已退回，', '等委员补充'];
    case 'declined':
      return ['政协没有受理', '这件民情'];
    case 'withdrawn':
      return ['这件民情', '已撤回'];
    case 'accepted':
      return c.transferred ? ['单位退回，', '等三服务办改派'] : ['政协已受理，', '等三服务办交办'];
    case 'dispatched':
      return c.round > 1 && c.reworks > 0 ? ['已退回', unit, '整改'] : ['已交办', `${unit}，`, '等签收'];
    case 'handling':
      return c.ask ? [unit, '在等', '委员回答'] : [unit, c.reworks > 0 ? '正在整改' : '正在办理'];
    case 'merged':
      return ['已与同一件事', '并案办理'];
    case 'replying':
      return [`${unit}已写好答复，`, approvalText(c, t)];
    case 'replied':
      return [unit, '已答复，', `等 ${stillAwaited(c, () => false).length} 位委员评价`];
    case 'disputed':
      return ['多次不满意，', '等督查裁定'];
    default:
      return [closedText(c).replace('，', ' · '), '']
        .filter(Boolean)
        .concat(c.closedAt ? [momentText(c.closedAt, t.now)] : []);
  }
}

/** Working minutes of the unit from dispatch to its accepted submission, less the pauses; null before a reply. */
export function unitMinutes(c: Case, calendar: WorkingCalendar): { used: number; clock: Clock } | null {
  const clock = c.clocks.findLast((k) => k.kind === 'reply' && k.stoppedAt !== null);
  if (!clock || clock.stoppedAt === null || c.releasedAt === null) {
    return null;
  }
  return {
    used: calendar.workingMinutesBetween(clock.startedAt, clock.stoppedAt) - clock.pausedMinutes,
    clock,
  };
}

/** 1.5 天 — for the middle of a ring. */
export function ringValue(minutes: number): string {
  return minutes >= MINUTES_PER_WORKING_DAY ? usedText(minutes).replace('个工作日', '天') : leftText(minutes);
}

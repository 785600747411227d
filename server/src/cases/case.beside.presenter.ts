/** What stands beside a case's own course: joint authors, merged cases, a reply under approval, plans, honours. */
import { ADOPTION_LEVELS, APPEAL_OUTCOMES, RESULT_CLASSES, SUPERVISION_LEVELS } from '@minqing/shared/words';
import type { CaseView } from '@minqing/shared/contract';
import { deadlineText, momentText } from '@minqing/shared/time';
import type { ApprovalStep, Author, Case, CaseEvent, EventData } from '@minqing/shared/workflow';
import { unitRef, viewerIdOf, type Presenting } from './presenting.ts';
import { APPROVAL_LABELS, resultDetail } from './timeline.steps.ts';

/** A case that belongs to this one, named for those who may see both. */
export interface Relative {
  id: string;
  number: string;
  title: string;
}

const JOINED: Record<Author['joined'], string> = {
  first: '提出人',
  invited: '等待同意联名',
  accepted: '已同意联名',
  declined: '不参加联名',
  left: '已退出',
};

/** The authors, each by name where the viewer may know it; who did not join is told to the authors and the committee only. */
export function presentAuthors(c: Case, p: Presenting): CaseView['authors'] {
  const viewerId = viewerIdOf(p.viewer);
  const inside = p.sight.author || p.sight.reviewer;
  return c.authors
    .filter((a) => inside || a.personId === viewerId || a.joined === 'first' || a.joined === 'accepted')
    .map((a) => {
      const joined = a.joined === 'first' || a.joined === 'accepted';
      return {
        name: p.sight.names ? p.names(a.personId).name : '匿名委员',
        detail: p.sight.names ? p.names(a.personId).title : '由政协代为联系',
        phone: joined && p.sight.phone ? (p.phones.get(a.personId) ?? null) : null,
        you: a.personId === viewerId,
        joined: a.joined,
        joinedLabel: JOINED[a.joined],
      };
    });
}

function presentApproval(c: Case, events: readonly CaseEvent[], p: Presenting): CaseView['approval'] {
  if (!c.approval || !p.sight.staff) {
    return null;
  }
  const { reply, steps } = c.approval;
  const submitted = events.findLast((e) => e.action === 'reply');
  const all = (submitted?.data as EventData['reply'] | undefined)?.approval?.steps ?? steps;
  const [now] = steps;
  const stateOf = (step: ApprovalStep): 'done' | 'now' | 'ahead' =>
    step === now ? 'now' : steps.includes(step) ? 'ahead' : 'done';
  return {
    text: reply.text,
    files: p.files(reply.fileIds),
    result: { class: reply.class, label: RESULT_CLASSES[reply.class], detail: resultDetail(reply) },
    steps: all.map((step) => ({ label: APPROVAL_LABELS[step], state: stateOf(step) })),
    by: `${p.names(reply.personId).name} · ${momentText(reply.at, p.world.now)}`,
  };
}

function presentPlan(c: Case, p: Presenting): CaseView['plan'] {
  const reply = c.replies.at(-1);
  if (reply?.class !== 'planned' || !reply.promisedOn) {
    return null;
  }
  const day = (ms: number): string => momentText(ms, p.world.now);
  if (c.fulfilledAt !== null) {
    return { promisedOn: reply.promisedOn, text: `已落实 · ${day(c.fulfilledAt)}`, state: 'fulfilled' };
  }
  const due = deadlineText(p.world.calendar.closeOfBusiness(reply.promisedOn), p.world.now);
  return c.promiseMissedAt === null
    ? { promisedOn: reply.promisedOn, text: `承诺 ${due} 前落实`, state: 'open' }
    : { promisedOn: reply.promisedOn, text: `已过承诺日期 ${reply.promisedOn}`, state: 'missed' };
}

function honoursOf(c: Case): string[] {
  return [
    ...new Set(c.adoptions.map((a) => ADOPTION_LEVELS[a.level])),
    ...(c.commendedAt === null ? [] : ['优秀案例']),
    ...(c.published ? ['已公开'] : []),
  ];
}

type Beside = Pick<
  CaseView,
  | 'authors'
  | 'filedBy'
  | 'supporters'
  | 'mergedInto'
  | 'absorbed'
  | 'approval'
  | 'extension'
  | 'supervision'
  | 'appeals'
  | 'plan'
  | 'honours'
  | 'visitWanted'
>;

/** `relatives` are the cases it was merged into or that were merged into it. */
export function presentBeside(
  c: Case,
  events: readonly CaseEvent[],
  p: Presenting,
  relatives: readonly Relative[],
): Beside {
  const { staff, reviewer } = p.sight;
  const relative = (id: string): CaseView['absorbed'] =>
    relatives.filter((r) => r.id === id).map((r) => ({ caseId: r.id, number: r.number, title: r.title }));
  const viewerId = viewerIdOf(p.viewer);
  return {
    authors: presentAuthors(c, p),
    filedBy: c.filedBy && (reviewer || p.sight.author) ? p.names(c.filedBy).name : null,
    supporters: {
      count: c.supporters.length,
      you: c.supporters.some((s) => s.personId === viewerId),
    },
    mergedInto: reviewer && c.mergedInto ? (relative(c.mergedInto)[0] ?? null) : null,
    absorbed: reviewer ? c.absorbed.flatMap((a) => relative(a.caseId)) : [],
    approval: presentApproval(c, events, p),
    extension:
      c.extension && staff
        ? {
            untilText: deadlineText(p.world.calendar.closeOfBusiness(c.extension.until), p.world.now),
            reason: c.extension.reason,
            askedText: momentText(c.extension.at, p.world.now),
          }
        : null,
    supervision:
      c.supervision && staff
        ? {
            levelLabel: SUPERVISION_LEVELS[c.supervision.level],
            text: c.supervision.text,
            atText: momentText(c.supervision.at, p.world.now),
            answered: c.supervision.answeredAt !== null,
          }
        : null,
    appeals: c.appeals.map((a) => ({
      round: a.round,
      unit: unitRef(a.unitId, p.world.unit),
      reason: a.reason,
      outcome: a.outcome,
      outcomeLabel: a.outcome ? APPEAL_OUTCOMES[a.outcome] : '正在复核',
    })),
    plan: presentPlan(c, p),
    honours: honoursOf(c),
    visitWanted: reviewer ? c.visitWanted : null,
  };
}

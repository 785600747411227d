/** What an urge together says: before it is sent, in the chat of whoever must move, and afterwards. */
import { lateClock, LATE_REASONS, lateMove, lateReason } from '@minqing/shared/statistics';
import { overText } from '@minqing/shared/time';
import { CASE_STATES } from '@minqing/shared/words';
import type { Case } from '@minqing/shared/workflow';
import type { NoticeContent } from '../hosts/index.ts';
import type { Calendars } from '../cases/index.ts';
import { queuePath } from '../notices/index.ts';
import type { Naming } from './words.ts';

/** Titles told before sending; more would be skipped by every reader. */
const NAMED = 3;
const UNITS_NAMED = 4;
/** What a notice shows of its words (hosts cut there), less the line that tells how many there are. */
const BODY = 270;

export interface UnitCount {
  name: string;
  count: number;
}

const listed = (names: readonly string[], most: number, rest: string): string =>
  names.length > most ? `${names.slice(0, most).join('、')}等 ${rest}` : names.join('、');

/** 「给交警支队（3 件）、婺城区住建局（1 件）各发 1 条催办，写明《…》《…》等 4 件。发出后不能撤回。」 */
export function confirmSentence(units: readonly UnitCount[], titles: readonly string[]): string {
  const whom = listed(
    units.map(({ name, count }) => `${name}（${count} 件）`),
    UNITS_NAMED,
    `${units.length} 家`,
  );
  const named = titles
    .slice(0, NAMED)
    .map((title) => `《${title}》`)
    .join('');
  const rest = titles.length > NAMED ? `等 ${titles.length} 件` : '';
  return `给${whom}${units.length > 1 ? '各' : ''}发 1 条催办，写明${named}${rest}。发出后不能撤回。`;
}

/** 「已催 17 件，给 2 个单位各发了 1 条；1 件没有催」 */
export function progressSentence(p: {
  open: boolean;
  total: number;
  done: number;
  urged: number;
  units: readonly string[];
}): string {
  if (p.open && p.done < p.total) {
    return `已催 ${p.urged} 件，还有 ${p.total - p.done} 件`;
  }
  const skipped = p.done - p.urged;
  const missed = skipped > 0 ? `；${skipped} 件没有催` : '';
  if (p.urged === 0) {
    return `一件也没有催${skipped > 0 ? '，原因在下面' : ''}`;
  }
  const told = p.units.length > 1 ? `给 ${p.units.length} 家各发了 1 条` : `给${p.units[0] ?? ''}发了 1 条`;
  return `已催 ${p.urged} 件，${told}${missed}`;
}

/** Why a case that was chosen is late no more; null while it is. */
export function notLateAnyMore(c: Case, now: number): string | null {
  const clock = lateClock(c);
  if (clock && clock.dueAt < now) {
    return null;
  }
  if (c.clocks.some((k) => k.stoppedAt === null && k.pausedAt !== null)) {
    return '计时暂停，在等委员回答';
  }
  return c.state === 'replied' || c.state === 'closed'
    ? '已经答复'
    : `已经不超期，现在是${CASE_STATES[c.state]}`;
}

/** The notice to one unit: how many, who urges, the words, then as many cases by name as a chat shows. */
export function urgeNotice(
  cases: readonly Case[],
  x: {
    batchId: string;
    who: string;
    text: string;
    now: number;
    path: string;
    calendars: Calendars;
  },
): NoticeContent {
  const over = (c: Case): number => {
    const clock = lateClock(c);
    return clock ? -x.calendars.of(c.areaId).remaining(x.now, clock.dueAt) : 0;
  };
  const worst = cases.toSorted((a, b) => over(b) - over(a));
  const verbs = [...new Set(cases.map((c) => LATE_REASONS[lateReason(c) ?? 'unanswered'].verb))].join('、');
  const lines: string[] = x.text ? [x.text] : [];
  let left = BODY - (x.text.length + 1);
  let named = 0;
  for (const c of worst) {
    const line = `${named + 1}. ${c.content.title}（${overText(over(c))}）`;
    if (line.length + 1 > left) {
      break;
    }
    lines.push(line);
    left -= line.length + 1;
    named += 1;
  }
  if (named < worst.length) {
    lines.push(named === 0 ? `共 ${worst.length} 件，点开看` : `还有 ${worst.length - named} 件，点开看`);
  }
  const most = worst[0];
  return {
    number: `催办·${x.batchId.replaceAll('-', '').slice(-10)}`,
    title: `${cases.length} 件民情超期，请尽快${verbs}`,
    lines: [
      { label: '催办', value: x.who },
      ...(most ? [{ label: '最久', value: overText(over(most)) }] : []),
    ],
    body: lines.join('\n'),
    path: x.path,
    buttons: [],
    status: { text: '催办', tone: 'red' },
  };
}

/** Where the notice leads: the late queue of whoever must move. */
export function queueOf(mover: string, unitId: string, areaId: string): string {
  switch (mover) {
    case 'dispatcher':
      return queuePath(`dispatcher:${unitId}`, 'late');
    case 'reviewer':
      return queuePath(`reviewer:${unitId}`, 'late');
    case 'inspector':
      return queuePath(`inspector:${areaId}`, 'ruling');
    default:
      return queuePath(`handler:${unitId}`, 'late');
  }
}

/** Who is urged for a case: a unit as one, whoever in it must move. */
export function partyOf(c: Case): { mover: string; unitId: string } {
  const move = lateMove(c);
  return {
    mover: move?.mover === 'head' || move?.mover === 'handler' ? 'unit' : (move?.mover ?? ''),
    unitId: move?.unitId ?? '',
  };
}

/** 「婺城区住建局」, 「金华市三服务办」, 「督查」 */
export function partyName(
  party: { mover: string; unitId: string },
  directory: Pick<Naming, 'unit' | 'platform'>,
): string {
  if (party.mover === 'platform') {
    return directory.platform(party.unitId);
  }
  return party.unitId ? (directory.unit(party.unitId)?.name ?? '（已撤销单位）') : '督查';
}

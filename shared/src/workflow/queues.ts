/** The queues of each desk, as data: the server turns them into indexed queries, the screens into tabs and counts. */
import type { CaseState, Role } from '../words/index.ts';
import type { CaseFlag, Mover } from './duties.ts';

export interface QueueFilter {
  states?: readonly CaseState[];
  mover?: Mover;
  /** Given back by a unit and accepted again: 待改派. */
  transferred?: boolean;
  /** Round above 1: 整改中. */
  rework?: boolean;
  light?: 'amber' | 'red';
  /** Somebody is late with it, on whichever of its clocks: what 督办 counts. */
  anyoneLate?: boolean;
  /** Due before the end of the business day. */
  dueToday?: boolean;
  /** Only the desk's unit as lead or as co-handler. */
  part?: 'lead' | 'co';
  /** The co-handler's own assignment is still open. */
  opinionOpen?: boolean;
  /** What waits for this author: an unanswered question, stars not given, a report to supplement. */
  waitsForMe?: boolean;
  /** Marked beside its state: an extension to decide, a visit to make. */
  flag?: CaseFlag;
  /** Received here once and handed up or down since; without it only what is received here now. */
  passed?: boolean;
  /** Of a lower office where everybody reported it: this one acts in its place. Shown while there is one. */
  stepped?: boolean;
  /** True: handled on a connected platform; false: here. */
  elsewhere?: boolean;
  /** Cases of others that this member supports. */
  supported?: boolean;
}

export interface Queue {
  id: string;
  label: string;
  group: 'mine' | 'others' | 'limits' | 'done';
  tone: 'normal' | 'amber' | 'red';
  filter: QueueFilter;
}

/** Open at a government desk: nothing unreviewed. */
export const GOVERNMENT_STATES: readonly CaseState[] = [
  'accepted',
  'dispatched',
  'handling',
  'replying',
  'replied',
  'disputed',
  'closed',
];
export const OPEN_STATES: readonly CaseState[] = [
  'submitted',
  'returned',
  'accepted',
  'dispatched',
  'handling',
  'replying',
  'replied',
  'disputed',
];
const ENDED_STATES: readonly CaseState[] = ['closed', 'declined', 'withdrawn', 'merged'];
const AT_UNIT: readonly CaseState[] = ['dispatched', 'handling', 'replying'];

const queue = (
  id: string,
  label: string,
  group: Queue['group'],
  filter: QueueFilter,
  tone: Queue['tone'] = 'normal',
): Queue => ({
  id,
  label,
  group,
  tone,
  filter,
});

const all = queue('all', '全部在办', 'others', { states: OPEN_STATES });
/** What a connected platform handles is no work of an office or a unit here: it stands in a list of its own. */
const HERE: QueueFilter = { elsewhere: false };
const limits = (states: readonly CaseState[], where: QueueFilter = {}): Queue[] => [
  queue('today', '今日到期', 'limits', { states, dueToday: true, ...where }),
  queue('soon', '即将到期', 'limits', { states, light: 'amber', ...where }, 'amber'),
  queue('late', '已超期', 'limits', { states, light: 'red', ...where }, 'red'),
];
const closed = queue('closed', '已办结', 'done', { states: ['closed'] });

/** By role; the first is what the desk opens with. */
export const QUEUES: Partial<Record<Role, readonly Queue[]>> = {
  member: [
    queue('waiting', '等您处理', 'mine', { waitsForMe: true }),
    queue('open', '在办', 'others', { states: OPEN_STATES }),
    queue('done', '已结束', 'done', { states: ENDED_STATES }),
    queue('supported', '我附议的', 'others', { supported: true }),
    queue('all', '全部', 'others', {}),
  ],
  reviewer: [
    queue('review', '待审核', 'mine', { states: ['submitted'] }),
    queue('visit', '待回访', 'mine', { flag: 'visit' }),
    queue('stepped', '代下级办', 'mine', { stepped: true, states: OPEN_STATES }),
    queue('returned', '待补充', 'others', { states: ['returned'] }),
    queue('dispatching', '待交办', 'others', { states: ['accepted'] }),
    queue('handling', '办理中', 'others', { states: AT_UNIT }),
    queue('replied', '待评价', 'others', { states: ['replied'] }),
    queue('disputed', '待裁定', 'others', { states: ['disputed'] }),
    ...limits(OPEN_STATES),
    all,
    queue('passed', '已上报下转', 'done', { passed: true }),
    queue('ended', '已结束', 'done', { states: ENDED_STATES }),
  ],
  dispatcher: [
    queue('dispatch', '待交办', 'mine', { states: ['accepted'], mover: 'dispatcher', transferred: false }),
    queue('redispatch', '待改派', 'mine', { states: ['accepted'], mover: 'dispatcher', transferred: true }),
    queue('check', '待审核答复', 'mine', { flag: 'check' }),
    queue('extension', '延期待批', 'mine', { flag: 'extension', ...HERE }),
    queue('stepped', '代下级办', 'mine', {
      stepped: true,
      states: OPEN_STATES.filter((state) => GOVERNMENT_STATES.includes(state)),
    }),
    queue('unsigned', '待签收', 'others', { states: ['dispatched'], ...HERE }),
    queue('handling', '办理中', 'others', { states: ['handling', 'replying'], ...HERE }),
    queue('replied', '待评价', 'others', { states: ['replied'] }),
    queue('rework', '整改中', 'others', { states: AT_UNIT, rework: true, ...HERE }),
    queue('elsewhere', '平台在办', 'others', { states: ['accepted', ...AT_UNIT], elsewhere: true }),
    ...limits(['accepted', ...AT_UNIT], HERE),
    all,
    closed,
  ],
  handler: [
    queue('sign', '待签收', 'mine', { states: ['dispatched'], part: 'lead', ...HERE }),
    queue('handling', '办理中', 'mine', { states: ['handling'], part: 'lead', ...HERE }),
    queue('soon', '即将到期', 'limits', { states: AT_UNIT, part: 'lead', light: 'amber', ...HERE }, 'amber'),
    queue('late', '已超期', 'limits', { states: AT_UNIT, part: 'lead', light: 'red', ...HERE }, 'red'),
    queue('opinion', '待会签', 'mine', { states: AT_UNIT, part: 'co', opinionOpen: true, ...HERE }),
    queue('rework', '整改中', 'mine', { states: AT_UNIT, part: 'lead', rework: true, ...HERE }),
    queue('promise', '待落实', 'mine', { part: 'lead', flag: 'promise', ...HERE }),
    queue('elsewhere', '平台在办', 'others', { states: AT_UNIT, elsewhere: true }),
    queue('replying', '待审签', 'others', { states: ['replying'], part: 'lead' }),
    queue('replied', '待评价', 'others', { states: ['replied', 'disputed'] }),
    closed,
  ],
  head: [
    queue('approve', '待我审签', 'mine', { part: 'lead', flag: 'approve' }),
    queue('supervised', '督办待答复', 'mine', { part: 'lead', flag: 'supervised' }),
    queue('handling', '办理中', 'others', { states: AT_UNIT, part: 'lead', ...HERE }),
    queue('elsewhere', '平台在办', 'others', { states: AT_UNIT, elsewhere: true }),
    queue('soon', '即将到期', 'limits', { states: AT_UNIT, part: 'lead', light: 'amber', ...HERE }, 'amber'),
    queue('late', '已超期', 'limits', { states: AT_UNIT, part: 'lead', light: 'red', ...HERE }, 'red'),
    queue('replied', '待评价', 'others', { states: ['replied', 'disputed'] }),
    closed,
  ],
  inspector: [
    queue('ruling', '待裁定', 'mine', { states: ['disputed'] }),
    queue('appeal', '待复核', 'mine', { flag: 'appeal' }),
    queue('supervised', '督办中', 'others', { flag: 'supervised' }),
    queue('handling', '办理中', 'others', { states: AT_UNIT }),
    queue(
      'soon',
      '临近',
      'limits',
      { states: ['accepted', ...AT_UNIT, 'disputed'], light: 'amber' },
      'amber',
    ),
    queue('late', '超期', 'limits', { anyoneLate: true }, 'red'),
    all,
    closed,
  ],
  leader: [
    queue('handling', '办理中', 'others', { states: AT_UNIT }),
    queue('late', '超期', 'limits', { anyoneLate: true }, 'red'),
    all,
    closed,
  ],
};

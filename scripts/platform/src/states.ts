/** Where a matter stands here, in this platform's own words, and how its log of messages leads there. */

export const STATES = {
  DJS: '待接收',
  DPD: '待派单',
  DQS: '待签收',
  BLZ: '办理中',
  DHS: '待反映人核实',
  DPJ: '待评价',
  CXB: '重新办理',
  DCD: '待裁定',
  YBJ: '已办结',
  YTH: '已退回政协',
  YCH: '已撤回',
} as const;
export type StateCode = keyof typeof STATES;

export interface Logged {
  side: 'M' | 'P';
  seq: number;
  id: string;
  type: string;
  at: number;
  body: Body;
}

/** A message of either side, as far as it is read here. */
export interface Body {
  id: string;
  caseId: string;
  seq: number;
  type: string;
  at: string;
  state?: string;
  unit?: string;
  due?: Record<string, string>;
  /** Of a message of the other side: the last of ours that had reached it. */
  heard?: number;
  data: Record<string, unknown>;
}

export interface Matter {
  caseId: string;
  number: string;
  title: string;
  day: string;
  state: StateCode;
  lead: string | null;
  co: string[];
  due: Record<string, string>;
  extension: { until: string; reason: string } | null;
  stars: number | null;
}

const AFTER: Partial<Record<string, StateCode>> = {
  'case.received': 'DPD',
  'office.dispatched': 'DQS',
  'office.redispatched': 'DQS',
  'office.recalled': 'DPD',
  'office.sentBack': 'YTH',
  'unit.signed': 'BLZ',
  'unit.progressed': 'BLZ',
  'unit.asked': 'DHS',
  'unit.returned': 'DPD',
  'unit.replied': 'DPJ',
  'author.answered': 'BLZ',
  'question.lapsed': 'BLZ',
  'case.reopened': 'DJS',
  'case.cancelled': 'YCH',
};

/** The matter its log tells of; null before it was handed over. What happened first is told by the messages’ own moments. */
export function matterOf(log: readonly Logged[]): Matter | null {
  const handed = log.find((m) => m.type === 'case.handed');
  if (!handed) {
    return null;
  }
  const { title } = handed.body.data as { title: string };
  const accepted = String((handed.body.data as { acceptedAt: string }).acceptedAt);
  const matter: Matter = {
    caseId: handed.body.caseId,
    number: '',
    title,
    day: accepted.slice(0, 10),
    state: 'DJS',
    lead: null,
    co: [],
    due: {},
    extension: null,
    stars: null,
  };
  for (const message of inOrder(log)) {
    fold(matter, message);
  }
  return matter;
}

/**
 * Both sides’ messages as they happened; each side’s own order is never changed. The other side says how far it had
 * heard us; where it does not, the moments decide.
 */
function inOrder(log: readonly Logged[]): Logged[] {
  const sides = (['M', 'P'] as const).map((side) =>
    log.filter((m) => m.side === side).toSorted((a, b) => a.seq - b.seq),
  );
  const [theirs, ours] = sides as [Logged[], Logged[]];
  const merged: Logged[] = [];
  for (const message of theirs) {
    const { heard } = message.body;
    const first = (own: Logged): boolean => (heard === undefined ? own.at < message.at : own.seq <= heard);
    while (ours[0] && first(ours[0])) {
      merged.push(...ours.splice(0, 1));
    }
    merged.push(message);
  }
  return [...merged, ...ours];
}

function fold(matter: Matter, { type, body }: Logged): void {
  const data = body.data as Record<string, never>;
  if (matter.state === 'YCH' && type !== 'case.handed') {
    return; // what its clerk did before the cancellation was heard of moves nothing any more
  }
  matter.due = { ...matter.due, ...body.due };
  switch (type) {
    case 'case.handed':
      Object.assign(matter, { state: 'DJS', lead: null, co: [], extension: null });
      return;
    case 'case.received':
      matter.number = data['number'] ?? '';
      break;
    case 'office.dispatched':
    case 'office.redispatched':
      matter.lead = data['lead'] ?? null;
      matter.co = data['co'] ?? [];
      matter.extension = null;
      break;
    case 'office.coHandlersChanged':
      matter.co = data['co'] ?? [];
      return;
    case 'unit.extensionRequested':
      matter.extension = { until: data['until'] ?? '', reason: data['reason'] ?? '' };
      return;
    case 'office.extensionGranted':
    case 'office.extensionDenied':
      matter.extension = null;
      return;
    case 'unit.opined':
    case 'unit.contacted':
      return;
    case 'author.rated':
      matter.stars = data['stars'] ?? null;
      return;
    case 'case.settled':
      matter.state = data['outcome'] === 'closed' ? 'YBJ' : data['outcome'] === 'disputed' ? 'DCD' : 'CXB';
      return;
    case 'case.ruled':
      matter.state = data['ruling'] === 'uphold' ? 'YBJ' : 'DJS';
      return;
    default:
      break;
  }
  // A co-handler that signs or reports does not move the matter.
  const byCo = body.unit !== undefined && body.unit !== matter.lead && matter.co.includes(body.unit);
  const next = AFTER[type];
  if (next && !byCo) {
    matter.state = next;
  }
}

/** What a clerk of the platform may do to a matter, by this platform's own rules and words. */
import { randomUUID } from 'node:crypto';
import type { BusinessClock } from './clock.ts';
import { chinaIso } from './clock.ts';
import type { FileFacts } from './files.ts';
import type { Body, Matter, StateCode } from './states.ts';
import type { PlatformStore } from './store.ts';
import { Problem } from './wire.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

interface Given {
  text?: string;
  reason?: string;
  lead?: string;
  co?: string[];
  days?: number;
  until?: string;
  unit?: string;
  class?: string;
  promisedOn?: string;
  question?: string;
  /** Ids of files that were uploaded for this matter. */
  files?: string[];
}

interface Act {
  label: string;
  from: readonly StateCode[];
  type: string;
  /** Fields its form asks for. */
  asks: readonly (keyof Given)[];
  data(given: Given, matter: Matter, store: PlatformStore): Record<string, unknown>;
  due?(given: Given, now: number): Record<string, string>;
  when?(matter: Matter): boolean;
}

const AT_UNIT: readonly StateCode[] = ['DQS', 'BLZ', 'CXB'];
const text = (given: Given, what = '内容'): string => {
  const words = (given.text ?? given.reason ?? given.question ?? '').trim();
  if (words === '') {
    throw new Problem(400, 'missing', { title: `请写${what}` });
  }
  return words;
};
const lead = (given: Given): string => {
  if (!given.lead) {
    throw new Problem(400, 'missing', { title: '请选主办单位' });
  }
  return given.lead;
};
const filesOf = (given: Given, store: PlatformStore): FileFacts[] =>
  (given.files ?? []).map((id) => {
    const facts = store.files.facts(id);
    if (!facts) {
      throw new Problem(400, 'missing', { title: '附件没有传上来，请重新选' });
    }
    return facts;
  });
/** This platform counts plain days to 18:00; its calendar is its own affair. */
const endOfDay = (now: number, days: number): string => {
  const day = new Date(now + days * DAY + 8 * HOUR).toISOString().slice(0, 10);
  return `${day}T18:00:00+08:00`;
};

export const ACTS = {
  receive: {
    label: '接收',
    from: ['DJS', 'CXB'],
    type: 'case.received',
    asks: [],
    when: (matter) => matter.state === 'DJS' || matter.number === '',
    data: (_given, matter, store) => ({
      number:
        matter.number || `SFW-${matter.day.slice(0, 4)}-${String(store.next('number')).padStart(5, '0')}`,
    }),
    due: (_given, now) => ({ dispatch: chinaIso(now + DAY) }),
  },
  dispatch: {
    label: '派单',
    from: ['DPD'],
    type: 'office.dispatched',
    asks: ['lead', 'co', 'days', 'text'],
    data: (given) => ({ lead: lead(given), co: given.co ?? [], note: given.text ?? '' }),
    due: (given, now) => ({ sign: endOfDay(now, 1), reply: endOfDay(now, given.days ?? 3) }),
  },
  recall: {
    label: '撤回派单',
    from: AT_UNIT,
    type: 'office.recalled',
    asks: ['reason'],
    data: (given) => ({ reason: text(given, '原因') }),
  },
  sendBack: {
    label: '退回政协',
    from: ['DPD'],
    type: 'office.sentBack',
    asks: ['reason'],
    data: (given) => ({ reason: text(given, '原因') }),
  },
  sign: { label: '签收', from: ['DQS', 'CXB'], type: 'unit.signed', asks: ['unit'], data: () => ({}) },
  progress: {
    label: '报进展',
    from: AT_UNIT,
    type: 'unit.progressed',
    asks: ['unit', 'text', 'files'],
    data: (given, _matter, store) => ({
      text: text(given, '进展'),
      files: filesOf(given, store),
      visible: true,
    }),
  },
  ask: {
    label: '向反映人核实',
    from: AT_UNIT,
    type: 'unit.asked',
    asks: ['question'],
    data: (given) => ({ question: text(given, '问题') }),
  },
  requestExtension: {
    label: '申请延期',
    from: AT_UNIT,
    type: 'unit.extensionRequested',
    asks: ['until', 'reason'],
    when: (matter) => matter.extension === null,
    data: (given) => ({ until: given.until ?? '', reason: text(given, '原因') }),
  },
  grant: {
    label: '同意延期',
    from: AT_UNIT,
    type: 'office.extensionGranted',
    asks: [],
    when: (matter) => matter.extension !== null,
    data: () => ({ note: '' }),
  },
  deny: {
    label: '不同意延期',
    from: AT_UNIT,
    type: 'office.extensionDenied',
    asks: ['reason'],
    when: (matter) => matter.extension !== null,
    data: (given) => ({ reason: text(given, '原因') }),
  },
  giveBack: {
    label: '单位退单',
    from: AT_UNIT,
    type: 'unit.returned',
    asks: ['reason'],
    data: (given) => ({ reason: text(given, '原因'), suggested: null }),
  },
  reply: {
    label: '答复',
    from: AT_UNIT,
    type: 'unit.replied',
    asks: ['class', 'text', 'promisedOn', 'files'],
    data: (given, _matter, store) => ({
      class: given.class ?? 'solved',
      text: text(given, '答复'),
      files: filesOf(given, store),
      reason: given.class === 'declined' ? (given.reason ?? text(given, '原因')) : null,
      promisedOn: given.class === 'planned' ? (given.promisedOn ?? null) : null,
    }),
  },
} as const satisfies Record<string, Act>;
export type ActName = keyof typeof ACTS;

const OFFICE = new Set<ActName>(['receive', 'dispatch', 'recall', 'sendBack', 'grant', 'deny']);

/** What the clerk may do with the matter now. */
export function actsOn(matter: Matter): ActName[] {
  return (Object.keys(ACTS) as ActName[]).filter((name) => {
    const act: Act = ACTS[name];
    return act.from.includes(matter.state) && (act.when?.(matter) ?? true);
  });
}

/** Does it: one message at the end of the matter's log, to be sent. Throws {@link Problem}. */
export function doAct(
  store: PlatformStore,
  clock: BusinessClock,
  caseId: string,
  name: string,
  given: Given,
): Matter {
  return store.transaction(() => {
    const matter = store.matter(caseId);
    if (!matter) {
      throw new Problem(404, 'unknownCase', { title: '没有这件' });
    }
    if (!(name in ACTS) || !actsOn(matter).includes(name as ActName)) {
      throw new Problem(409, 'notNow', { title: `这件现在是${matter.state}，不能这样办` });
    }
    const act: Act = ACTS[name as ActName];
    // Its clock may run behind the other side's: what follows a message never says it came before it.
    const now = Math.max(clock.now(), ...store.log(caseId).map((message) => message.at));
    const data = act.data(given, matter, store);
    const unit = OFFICE.has(name as ActName) ? undefined : (given.unit ?? matter.lead ?? undefined);
    const draft: Body = {
      id: randomUUID(),
      caseId,
      seq: store.last(caseId, 'P') + 1,
      type: act.type,
      at: chinaIso(now),
      ...(unit === undefined ? {} : { unit }),
      due: act.due?.(given, now) ?? grantedDue(name, matter),
      data,
    };
    const after = store.preview(draft);
    store.put('P', { ...draft, state: after.state }, false);
    return store.matter(caseId) ?? matter;
  });
}

/** A granted extension ends at 18:00 of the day asked for. */
const grantedDue = (name: string, matter: Matter): Record<string, string> =>
  name === 'grant' && matter.extension ? { reply: `${matter.extension.until}T18:00:00+08:00` } : {};

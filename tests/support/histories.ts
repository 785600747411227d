/**
 * A city's cases with random histories, made through `perform`: whoever may act does something that the state lets be
 * tried, and what is refused is left out. The same seed makes the same histories.
 */
import { shanghaiDate } from '../../shared/src/time/index.ts';
import type { ActionName, Actor, Case } from '../../shared/src/workflow/index.ts';
import { findCase } from '../../server/src/cases/case.repository.ts';
import { AppError } from '../../server/src/errors.ts';
import type { Office } from './office.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WAITS = [1, 1, 2, 5, 15, 40, 80, 120, 260].map((minutes) => minutes * MINUTE);
const CATEGORIES = ['traffic', 'education', 'city', 'housing'];
const CITY = '金华市政协';
const COUNTY = '婺城区政协';
const TIMER: Actor = { kind: 'timer' };

/** A generator of numbers from 0 to 1 (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Try {
  weight: number;
  who(c: Case): Actor | null;
  input?(c: Case): object;
  /** Waits for it before it is tried: a period that has to be over. */
  after?: number;
}

export interface Histories {
  ids: string[];
  /** `action>state` of everything that was done. */
  done: Set<string>;
  /** Goes on by so many steps. */
  live(steps: number): Promise<void>;
}

/** Time is taken slowly near `until`: nothing happens after it. */
export function histories(office: Office, seed: number, until: number): Histories {
  const next = random(seed);
  const below = (n: number): number => Math.floor(next() * n);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  const ids: string[] = [];
  const done = new Set<string>();

  const units = ['市公安局交警支队', '市教育局', '市建设局'];
  const countyUnits = ['婺城区教育局', '婺城区公安局', '婺城区住建局'];
  const byUnit = new Map([...units, ...countyUnits].map((name) => [office.unit(name), name]));
  const inCounty = (c: Case): boolean => c.areaId === office.area('婺城区');
  const reviewer = (c: Case): Actor => office.holder('reviewer', inCounty(c) ? COUNTY : CITY);
  const dispatcher = (c: Case): Actor =>
    office.holder('dispatcher', inCounty(c) ? '婺城区三服务办' : '金华市三服务办');
  const inspector = (): Actor => office.holder('inspector', '金华市');
  const handlerOf = (unitId: string | undefined): Actor | null => {
    const name = byUnit.get(unitId ?? '');
    return name ? office.holder('handler', name) : null;
  };
  const lead = (c: Case): Actor | null =>
    handlerOf(c.assignments.findLast((a) => a.part === 'lead' && a.state !== 'cancelled')?.unitId);
  const co = (c: Case): Actor | null =>
    handlerOf(c.assignments.findLast((a) => a.part === 'co' && a.state !== 'cancelled')?.unitId);
  const members = [0, 1, 2].map((n) => office.holder('member', CITY, n));
  const idOf = (actor: Actor): string => (actor.kind === 'person' ? actor.personId : '');
  const author = (c: Case): Actor =>
    members.find((m) => idOf(m) === pick(c.authors.filter((a) => a.joined !== 'declined')).personId) ??
    (members[0] as Actor);
  const invited = (c: Case): Actor | null =>
    members.find((m) => c.authors.some((a) => a.joined === 'invited' && a.personId === idOf(m))) ?? null;
  const unitsFor = (c: Case): string[] =>
    inCounty(c) ? countyUnits : [...units, ...countyUnits.slice(0, 1)];
  const given = (c: Case): object => {
    const [first = '', ...others] = unitsFor(c)
      .map((name) => office.unit(name))
      .toSorted(() => next() - 0.5);
    return {
      leadUnitId: first,
      coUnitIds: next() < 0.5 ? others.slice(0, 1) : [],
      countersign: next() < 0.3,
      ...(next() < 0.3 ? { limit: { unit: 'hours', amount: 3.5 } } : {}),
    };
  };
  const why = (): object => ({ reason: '说明' });
  const place = (): object => ({
    text: '某路口',
    areaId: pick([office.area('金东区'), office.area('婺城区'), null]),
  });
  const content = (): object => ({
    title: `迎宾大道路口拥堵${below(10_000)}`,
    situation: '排队很长',
    categoryId: pick(CATEGORIES),
    place: place(),
  });
  const disclosure = (): object => ({ anonymous: next() < 0.2 });
  const running = (c: Case, kind: string): object => ({
    clockId: c.clocks.findLast((k) => k.kind === kind)?.id ?? 'none',
  });

  const TRIES: Partial<Record<ActionName, Try>> = {
    accept: { weight: 9, who: reviewer, input: () => (next() < 0.5 ? { categoryId: pick(CATEGORIES) } : {}) },
    return: { weight: 1, who: reviewer, input: why },
    decline: { weight: 0.6, who: reviewer, input: why },
    reconsider: { weight: 1, who: reviewer, input: why },
    edit: { weight: 0.6, who: reviewer, input: content },
    correct: {
      weight: 0.6,
      who: reviewer,
      input: () => (next() < 0.5 ? { categoryId: pick(CATEGORIES) } : { place: place() }),
    },
    merge: { weight: 0.6, who: reviewer, input: () => ({ intoCaseId: pick(ids) }) },
    separate: { weight: 1, who: reviewer },
    delegate: { weight: 0.6, who: reviewer, input: () => ({ ...why(), areaId: office.area('婺城区') }) },
    escalate: { weight: 0.4, who: reviewer, input: why },
    submit: { weight: 5, who: author, input: () => ({ ...content(), disclosure: disclosure() }) },
    withdraw: { weight: 0.5, who: author },
    invite: {
      weight: 0.7,
      who: author,
      input: (c) => ({
        personIds: members
          .map(idOf)
          .filter((id) => !c.authors.some((a) => a.personId === id))
          .slice(0, 1),
      }),
    },
    join: { weight: 4, who: invited },
    dispatch: { weight: 9, who: dispatcher, input: given },
    sendBack: { weight: 0.6, who: dispatcher, input: why },
    redispatch: { weight: 0.7, who: dispatcher, input: (c) => ({ ...given(c), ...why() }) },
    changeCoHandlers: {
      weight: 0.7,
      who: dispatcher,
      input: (c) => ({ coUnitIds: [office.unit(pick(unitsFor(c)))].slice(0, below(2)) }),
    },
    recall: { weight: 0.5, who: dispatcher, input: why },
    sign: { weight: 5, who: (c) => (next() < 0.7 ? lead(c) : co(c)) },
    progress: { weight: 1, who: lead, input: () => ({ text: '去过现场' }) },
    opinion: { weight: 2, who: co, input: () => ({ text: '同意' }) },
    transferBack: { weight: 1, who: (c) => (next() < 0.8 ? lead(c) : co(c)), input: why },
    ask: { weight: 1.2, who: lead, input: () => ({ question: '哪个路口？' }) },
    answer: { weight: 3, who: author, input: () => ({ text: '南边' }) },
    lapseAsk: { weight: 1, who: () => TIMER, input: (c) => running(c, 'ask'), after: 3 * DAY },
    lapseCountersign: {
      weight: 1,
      who: () => TIMER,
      input: (c) => running(c, 'countersign'),
      after: 4 * DAY,
    },
    requestExtension: {
      weight: 1,
      who: lead,
      input: () => ({ ...why(), until: shanghaiDate(office.clock.business + 6 * DAY) }),
    },
    grant: { weight: 3, who: dispatcher },
    deny: { weight: 1, who: dispatcher, input: why },
    reply: {
      weight: 8,
      who: lead,
      input: () =>
        next() < 0.3
          ? {
              class: 'planned',
              text: '列入计划',
              promisedOn: shanghaiDate(office.clock.business + 20 * DAY),
            }
          : next() < 0.2
            ? { class: 'declined', text: '暂不能办', reason: '没有经费' }
            : { class: 'solved', text: '已经调好' },
    },
    approve: { weight: 6, who: () => office.holder('head', '市公安局交警支队') },
    rejectReply: { weight: 2, who: () => office.holder('head', '市公安局交警支队'), input: why },
    rate: {
      weight: 9,
      who: author,
      input: () => {
        const stars = pick([1, 2, 2, 2, 3, 4, 5]);
        return { stars, ...(stars < 3 ? { reasons: ['问题还在'] } : {}) };
      },
    },
    settle: { weight: 1.5, who: () => TIMER, after: 9 * DAY },
    conclude: {
      weight: 6,
      who: inspector,
      input: () => ({ ruling: next() < 0.5 ? 'uphold' : 'dispatchAgain', text: '看过了' }),
    },
    appeal: { weight: 3, who: lead, input: why },
    reviewAppeal: {
      weight: 4,
      who: inspector,
      input: () => ({ outcome: next() < 0.6 ? 'excused' : 'stands', text: '看过了' }),
    },
    fulfil: { weight: 1, who: lead, input: () => ({ text: '已经落实' }) },
    reopen: { weight: 1, who: (c) => (next() < 0.5 ? author(c) : inspector()), input: why },
    adopt: { weight: 1, who: reviewer, input: () => ({ level: pick(['city', 'province']) }) },
    supplement: { weight: 0.5, who: author, input: () => ({ text: '还有一处' }) },
  };
  const names = Object.keys(TRIES) as ActionName[];
  const weights = names.map((name) => TRIES[name]?.weight ?? 0);
  const drawn = (): ActionName => {
    let at = next() * weights.reduce((sum, weight) => sum + weight, 0);
    return names[weights.findIndex((weight) => (at -= weight) < 0)] ?? 'accept';
  };

  async function file(): Promise<void> {
    const {
      title,
      situation,
      categoryId,
      place: where,
    } = content() as {
      title: string;
      situation: string;
      categoryId: string;
      place: { text: string; areaId: string | null };
    };
    const id = await office.filed(pick(members), {
      title,
      situation,
      categoryId,
      place: where,
      anonymous: next() < 0.2,
    });
    ids.push(id);
  }

  async function step(): Promise<void> {
    const hasten = until - office.clock.business > 12 * DAY;
    office.clock.business += hasten ? pick(WAITS) : MINUTE;
    if (ids.length < 6 || next() < 0.035) {
      await file();
      return;
    }
    const id = pick(ids);
    // Most of what can be drawn is nothing for the case as it stands: the next draw is free.
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const c = await office.app.store.read((db) => findCase(db, id));
      const action = drawn();
      const { who, input, after = 0 } = TRIES[action] as Try;
      const actor = c ? who(c) : null;
      if (!c || !actor || (after > 0 && (!hasten || next() < 0.6))) {
        continue;
      }
      const now = office.clock.business;
      office.clock.business += after;
      try {
        const changed = await office.did(actor, id, action, input?.(c) ?? {});
        done.add(`${action}>${changed.state}`);
        return;
      } catch (error) {
        if (!(error instanceof AppError)) {
          throw error;
        }
        office.clock.business = now;
      }
    }
  }

  return {
    ids,
    done,
    async live(steps) {
      for (let i = 0; i < steps; i += 1) {
        await step();
      }
    },
  };
}

/**
 * People who take cases through their lives while the server dies under them. They do what an honest client does: one
 * key for one act, the same key again when the answer was lost, and never a second act before the first is answered.
 */
import { randomUUID } from 'node:crypto';
import type { Told } from './checker.ts';
import type { World } from './world.ts';

/** Somebody who acts: their id at the messenger, their userid, their session. */
export interface Hand {
  personId: string;
  userId: string;
  token: string;
}

export interface Office {
  unitId: string;
  handler: Hand;
}

export interface Crew {
  members: Hand[];
  reviewer: Hand;
  dispatcher: Hand;
  offices: Office[];
}

interface View {
  state: string;
  version: number;
  round?: number;
}

const CREW_OFFICES = [
  ['市公安局交警支队', 'jh0004'],
  ['市教育局', 'jh0023'],
  ['市建设局', 'jh0026'],
  ['市交通运输局', 'jh0028'],
  ['市生态环境局', 'jh0030'],
] as const;
const CREW_MEMBERS = ['jh0001', 'jh0007', 'jh0008', 'jh0009'];
/** Longer than any run of kills keeps the server from answering. */
const PATIENCE_MS = 90_000;
const RETRY_MS = 60;
/** A right act is refused at most while something the server has promised is not there yet: that is told as a finding. */
const REFUSED_FOR_MS = 4_000;

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Signs everybody on; a server must be up. */
export async function gatherCrew(world: World): Promise<Crew> {
  const items = await world.control<{ id: string; userid: string }[]>('GET', '/people');
  const hand = async (userId: string): Promise<Hand> => {
    const personId = items.find((p) => p.userid === userId)?.id ?? '';
    return { personId, userId, token: await world.signOn(personId) };
  };
  const dispatcher = await hand('jh0003');
  const offices: Office[] = [];
  for (const [name, userId] of CREW_OFFICES) {
    const answer = await fetch(`${world.url}/api/units?q=${encodeURIComponent(name)}`, {
      headers: { authorization: `Bearer ${dispatcher.token}` },
    });
    const found = (await answer.json()) as { items: { id: string; name: string }[] };
    offices.push({
      unitId: found.items.find((u) => u.name === name)?.id ?? '',
      handler: await hand(userId),
    });
  }
  return {
    members: await Promise.all(CREW_MEMBERS.map(hand)),
    reviewer: await hand('jh0002'),
    dispatcher,
    offices,
  };
}

/** The act was refused again and again though it was right, or never answered. */
class GaveUp extends Error {
  override name = 'GaveUp';
}

export interface Clients {
  /** What the server has acknowledged, in the order of each case. */
  told: Told[];
  /** Right acts that were refused, in words. */
  refused: string[];
  cases: string[];
  /** Resolves with the next answer to an act, at the moment it arrives. */
  nextAnswer(): Promise<void>;
  /** Starts `count` people who begin case after case until `finish`. */
  begin(count: number): void;
  /** No new cases; resolves when those begun are closed. */
  finish(): Promise<void>;
}

export function createClients(
  world: World,
  crew: Crew,
  options: { cards: boolean; thinkMs: number },
): Clients {
  const told: Told[] = [];
  const refused: string[] = [];
  const cases: string[] = [];
  let going = true;
  let ring: () => void = () => undefined;
  let loops: Promise<void>[] = [];

  /** One act over HTTP under one key, until it is answered. */
  async function act(hand: Hand, caseId: string, action: string, input: object = {}): Promise<View> {
    const key = randomUUID();
    const end = Date.now() + PATIENCE_MS;
    let refusedSince = 0;
    for (;;) {
      const { status, body } = await post(world.url, hand, caseId, action, key, input);
      if (status >= 200 && status < 300) {
        ring();
        const view = body as View;
        told.push({
          caseId,
          action,
          userId: hand.userId,
          version: typeof view.version === 'number' ? view.version : null,
        });
        await pause(options.thinkMs);
        return view;
      }
      if (status >= 400 && status < 500) {
        refusedSince ||= Date.now();
        refused.push(`${action} of ${caseId}: ${status} ${JSON.stringify(body).slice(0, 300)}`);
      }
      if (Date.now() > end || (refusedSince > 0 && Date.now() > refusedSince + REFUSED_FOR_MS)) {
        throw new GaveUp(`${action} of ${caseId}: ${status} ${JSON.stringify(body).slice(0, 300)}`);
      }
      await pause(RETRY_MS);
    }
  }

  const stateOf = async (hand: Hand, caseId: string): Promise<View | null> => {
    const answer = await ask(`${world.url}/api/cases/${caseId}`, {
      headers: { authorization: `Bearer ${hand.token}` },
    });
    return answer.status === 200 ? (answer.body as View) : null;
  };

  /** The same act by pressing a card: pressed again until the card's answer or the case itself says that it is done. */
  async function press(
    hand: Hand,
    of: { caseId: string; title: string; action: string; buttons: string[] },
    params: object,
    isDone: (view: View) => boolean,
  ): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (Date.now() < end) {
      const view = await stateOf(hand, of.caseId);
      if (view && isDone(view)) {
        told.push({ caseId: of.caseId, action: of.action, userId: hand.userId, version: null });
        return;
      }
      const card = view ? await cardWith(hand, of.title, of.buttons[0] ?? '') : undefined;
      for (const button of card === undefined ? [] : of.buttons) {
        await world.control('POST', `/people/${hand.personId}/cards/${card}/actions`, {
          actionIds: [button],
          params,
        });
      }
      await pause(card === undefined ? 2 * RETRY_MS : RETRY_MS);
    }
    throw new GaveUp(`nobody could press ${of.action} for ${of.caseId}`);
  }

  async function cardWith(hand: Hand, title: string, button: string): Promise<string | undefined> {
    const { items } = await world.control<{
      items: {
        outTrackId?: string;
        title: string;
        buttons: { actionId?: string; enabled: boolean }[];
        stars?: { actionId: string; done: boolean };
      }[];
    }>('GET', `/people/${hand.personId}/chat`);
    return items.findLast(
      (item) =>
        item.title === title &&
        (item.buttons.some((b) => b.actionId === button && b.enabled) || item.stars?.actionId === button),
    )?.outTrackId;
  }

  async function live(caseId: string, n: number, cards: boolean): Promise<void> {
    const title = `路口配时 ${String(n).padStart(4, '0')} 号`;
    const member = crew.members[n % crew.members.length]!;
    const { unitId, handler } = crew.offices[n % crew.offices.length]!;
    const content = {
      title,
      situation: `全天用同一配时，早高峰排队约 200 米。${randomUUID()}`,
      categoryId: 'traffic',
      place: { text: '迎宾大道与环城南路交叉口', areaId: '330703' },
    };
    await act(member, caseId, 'submit', content);
    if (n % 5 === 2) {
      await act(crew.reviewer, caseId, 'return', { reason: '请写清是哪个路口' });
      await act(member, caseId, 'submit', { ...content, suggestion: '按车流分时段' });
    }
    if (cards) {
      const about = { caseId, title, action: 'accept', buttons: ['accept'] };
      await press(crew.reviewer, about, {}, (v) => v.state !== 'submitted');
    } else {
      await act(crew.reviewer, caseId, 'accept');
    }
    await act(crew.dispatcher, caseId, 'dispatch', {
      leadUnitId: unitId,
      limit: { unit: 'days', amount: 3 },
    });
    await handle(caseId, title, n, handler, member, cards);
    if (n % 7 === 3) {
      await act(member, caseId, 'rate', { stars: 2, text: '还是排队' });
      await handle(caseId, title, n, handler, member, cards);
    }
    if (cards) {
      const about = { caseId, title, action: 'rate', buttons: ['star', 'rate'] };
      await press(member, about, { stars: 5 }, (v) => v.state === 'closed');
    } else {
      await act(member, caseId, 'rate', { stars: 5 });
    }
  }

  /** From signing to the reply. */
  async function handle(
    caseId: string,
    title: string,
    n: number,
    handler: Hand,
    member: Hand,
    cards: boolean,
  ): Promise<void> {
    if (cards) {
      const about = { caseId, title, action: 'sign', buttons: ['sign'] };
      await press(handler, about, {}, (v) => v.state !== 'dispatched');
    } else {
      await act(handler, caseId, 'sign');
    }
    if (n % 4 === 1) {
      await act(handler, caseId, 'ask', { question: '是哪个方向排队？' });
      await act(member, caseId, 'answer', { text: '南北方向' });
    }
    if (n % 3 === 0) {
      await act(handler, caseId, 'progress', { text: '已到路口实测' });
    }
    const text = '已改为四个时段，南北直行绿灯加到 48 秒。';
    if (cards) {
      const about = { caseId, title, action: 'reply', buttons: ['reply'] };
      await press(
        handler,
        about,
        { class: { index: 0, value: '已解决' }, reply: text },
        (v) => v.state === 'replied',
      );
    } else {
      await act(handler, caseId, 'reply', { class: 'solved', text });
    }
  }

  /** Who presses cards waits for them, and lives are short: every second person goes on without. */
  async function loop(_: unknown, index: number): Promise<void> {
    while (going) {
      const caseId = randomUUID();
      cases.push(caseId);
      try {
        await live(caseId, cases.length, options.cards && index % 2 === 0);
      } catch (error) {
        if (!(error instanceof GaveUp)) {
          throw error;
        }
        refused.push(`gave up: ${error.message}`);
      }
    }
  }

  return {
    told,
    refused,
    cases,
    nextAnswer: () =>
      new Promise((resolve) => {
        ring = resolve;
      }),
    begin(count) {
      loops = Array.from({ length: count }, loop);
    },
    async finish() {
      going = false;
      await Promise.all(loops);
    },
  };
}

interface Answer {
  /** 0 when no answer came. */
  status: number;
  body: unknown;
}

const post = (
  url: string,
  hand: Hand,
  caseId: string,
  action: string,
  key: string,
  input: object,
): Promise<Answer> =>
  ask(`${url}/api/cases/${caseId}/actions/${action}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${hand.token}`,
      'idempotency-key': key,
      'content-type': 'application/json',
    },
    body: JSON.stringify(input),
  });

async function ask(url: string, init: RequestInit): Promise<Answer> {
  try {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(20_000) });
    const words = await answer.text();
    return { status: answer.status, body: words === '' ? {} : (JSON.parse(words) as unknown) };
  } catch {
    return { status: 0, body: {} };
  }
}

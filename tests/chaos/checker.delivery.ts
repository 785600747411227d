/** The checker's second half: what reached people. Reads the messenger as anybody can, by its control API. */
import { number, text, type Row } from './tables.ts';

export interface Delivered {
  cases: readonly Row[];
  events: readonly Row[];
  outbox: readonly Row[];
  cards: readonly Row[];
  accounts: readonly Row[];
  finished: ReadonlySet<string>;
}

interface LogLine {
  api: string;
  direction: string;
  verdict: string;
  code: string;
  refs: { outTrackId?: string; sourceId?: string };
}

interface Item {
  outTrackId?: string;
  title: string;
  text: string;
  state: string;
  fields: { label: string; value: string }[];
  buttons: { actionId?: string; enabled: boolean; title: string }[];
  components: unknown[];
}

interface Todo {
  sourceId: string;
}

interface Person {
  userId: string;
  chat: Item[];
  open: Todo[];
  done: Todo[];
}

/** What the author of a case is told after an act, in the words a person reads. Written apart from the server's texts. */
const AUTHOR_IS_TOLD: [action: string, title: RegExp][] = [
  ['submit', /^已收到您的民情$/],
  ['accept', /^政协已受理$/],
  ['dispatch', /^已交办/],
  ['progress', /报了进展$/],
];
/** Whose card an act brings. */
const BRINGS: [action: string, purpose: string][] = [
  ['submit', 'review'],
  ['return', 'supplement'],
  ['accept', 'dispatch'],
  ['dispatch', 'handle'],
  ['reply', 'rate'],
  ['ask', 'answer'],
];

export async function checkDelivery(messengerUrl: string, run: Delivered): Promise<string[]> {
  const get = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${messengerUrl}/control${path}`)).json()) as T;
  const log = await wholeLog(get);
  const items = await get<{ id: string; userid: string }[]>('/people');
  const involved = new Set(run.outbox.map((row) => text(row['account_id'])));
  const people = new Map<string, Person>();
  for (const account of run.accounts.filter((a) => involved.has(text(a['id'])))) {
    const id = items.find((p) => p.userid === text(account['user_id']))?.id ?? '';
    const { items: chat } = await get<{ items: Item[] }>(`/people/${id}/chat`);
    const { open, done } = await get<{ open: Todo[]; done: Todo[] }>(`/people/${id}/todos`);
    people.set(text(account['id']), { userId: text(account['user_id']), chat, open, done });
  }
  return [
    ...settled(run),
    ...cardsOnce(run, log, people),
    ...noticesOnce(run, people),
    ...todosOnce(run, log, people),
    ...broughtCards(run),
    ...toldAuthors(run, people),
  ];
}

async function wholeLog(get: <T>(path: string) => Promise<T>): Promise<LogLine[]> {
  const lines: (LogLine & { seq: number })[] = [];
  for (;;) {
    const { items } = await get<{ items: (LogLine & { seq: number })[] }>(
      `/log?after=${lines.at(-1)?.seq ?? 0}&limit=10000`,
    );
    if (items.length === 0) {
      return lines;
    }
    lines.push(...items);
  }
}

/** Calls that had their effect, whether or not their answer arrived. */
const tookEffect = (line: LogLine): boolean => line.code === '' && line.verdict !== 'refused';

function settled(run: Delivered): string[] {
  return run.outbox
    .filter((row) => ['waiting', 'dead'].includes(text(row['status'])))
    .map(
      (row) =>
        `outbox: ${text(row['kind'])} ${text(row['notice'])} ${text(row['id'])} is ${text(row['status'])}: ${text(row['last_error'])}`,
    );
}

/** A card stands once; when its duty is over it says so and nothing on it can be pressed. */
function cardsOnce(run: Delivered, log: readonly LogLine[], people: ReadonlyMap<string, Person>): string[] {
  const findings: string[] = [];
  const creations = countBy(
    log.filter((l) => l.api === 'card.createAndDeliver' && tookEffect(l)),
    (l) => l.refs.outTrackId,
  );
  const known = new Set(run.cards.map((c) => text(c['out_track_id'])));
  findings.push(
    ...[...creations.keys()]
      .filter((id) => !known.has(id))
      .map((id) => `card ${id} stands at the messenger, but nowhere else`),
  );
  const duties = countBy(
    run.cards,
    (c) => `${text(c['case_id'])} ${text(c['duty_key'])} ${text(c['person_id'])}`,
  );
  findings.push(...[...duties].filter(([, n]) => n > 1).map(([duty]) => `two cards for one duty: ${duty}`));
  for (const card of run.cards.filter((c) => c['case_id'] !== null)) {
    const id = text(card['out_track_id']);
    const name = `card ${text(card['purpose'])} ${id} of case ${text(card['case_id'])}`;
    const made = creations.get(id) ?? 0;
    const copies = people.get(text(card['account_id']))?.chat.filter((i) => i.outTrackId === id) ?? [];
    if (made > 1 || copies.length !== made) {
      findings.push(`${name} was created ${made} times and stands ${copies.length} times`);
    }
    const rows = run.outbox.filter((r) => r['kind'] === 'card' && r['card_id'] === card['id']);
    if (made === 0 && rows.some((r) => r['status'] === 'done')) {
      findings.push(`${name} is marked as sent and never was`);
    }
    if (made === 0 && number(card['live']) === 1) {
      findings.push(`${name} never reached anybody though its duty lasts`);
    }
    if (run.finished.has(text(card['case_id']))) {
      findings.push(...copies.flatMap((copy) => isOver(name, copy, text(card['result_text']))));
    }
  }
  return findings;
}

function isOver(name: string, copy: Item, result: string): string[] {
  const said = JSON.stringify(copy.components);
  const pressable = copy.buttons.filter((b) => b.actionId !== undefined && b.enabled);
  return [
    ...(copy.state === 'handled' ? [] : [`${name} still looks unhandled though its case is closed`]),
    ...(pressable.length === 0
      ? []
      : [`${name} can still be pressed: ${pressable.map((b) => b.title).join('、')}`]),
    ...(result !== '' && said.includes(result) ? [] : [`${name} does not tell how it ended: ${result}`]),
  ];
}

/** The number and title of a notice, which together are its own: from the bytes that were to be sent … */
function nameOfPayload(payload: string): string {
  const message = JSON.parse(payload) as {
    oa?: { body: { title: string; form: { value: string }[] } };
    action_card?: { title: string; markdown: string };
  };
  return message.oa
    ? `${message.oa.body.form[0]?.value} ${message.oa.body.title}`
    : `${message.action_card?.markdown}`;
}
/** … and from what stands in a chat. */
const nameOfItem = (item: Item): string =>
  item.fields.length > 0 ? `${item.fields[0]?.value} ${item.title}` : item.text;

function noticesOnce(run: Delivered, people: ReadonlyMap<string, Person>): string[] {
  const findings: string[] = [];
  const wanted = new Set<string>();
  for (const row of run.outbox.filter((r) => r['kind'] === 'notice' && r['status'] !== 'dropped')) {
    const person = people.get(text(row['account_id']));
    const name = nameOfPayload(text(row['payload']));
    wanted.add(`${person?.userId} ${name}`);
    const there =
      person?.chat.filter((item) => item.outTrackId === undefined && nameOfItem(item) === name).length ?? 0;
    if (there !== 1) {
      findings.push(
        `notice ${name} to ${person?.userId} is ${text(row['status'])} and was delivered ${there} times`,
      );
    }
  }
  for (const { userId, chat } of people.values()) {
    for (const item of chat.filter(
      (i) => i.outTrackId === undefined && !wanted.has(`${userId} ${nameOfItem(i)}`),
    )) {
      findings.push(`${userId} got a notice nobody sent: ${nameOfItem(item)}`);
    }
  }
  return findings;
}

function todosOnce(run: Delivered, log: readonly LogLine[], people: ReadonlyMap<string, Person>): string[] {
  const findings: string[] = [];
  const creations = countBy(
    log.filter((l) => l.api === 'todo.create' && tookEffect(l)),
    (l) => l.refs.sourceId,
  );
  for (const card of run.cards.filter((c) => c['case_id'] !== null)) {
    const name = `to-do ${text(card['purpose'])} ${text(card['id'])}`;
    const person = people.get(text(card['account_id']));
    const mine = (list: readonly Todo[] = []): number => list.filter((t) => t.sourceId === card['id']).length;
    const [open, done, made] = [mine(person?.open), mine(person?.done), creations.get(text(card['id'])) ?? 0];
    const rows = run.outbox.filter(
      (r) => r['kind'] === 'todo' && r['card_id'] === card['id'] && r['payload'] === 'open',
    );
    if (made > 1 || open + done !== made) {
      findings.push(`${name} was created ${made} times and stands ${open + done} times`);
    }
    if (made === 0 && rows.some((r) => r['status'] === 'done')) {
      findings.push(`${name} is marked as sent and never was`);
    }
    if (number(card['live']) === 0 && open > 0) {
      findings.push(`${name} is still open though its duty is over`);
    }
  }
  return findings;
}

/** Each act that hands the case to somebody has brought a card for it. */
function broughtCards(run: Delivered): string[] {
  return BRINGS.flatMap(([action, purpose]) =>
    run.events
      .filter((e) => e['action'] === action && run.finished.has(text(e['case_id'])))
      .filter((e) => !run.cards.some((c) => c['case_id'] === e['case_id'] && c['purpose'] === purpose))
      .map((e) => `${action} of case ${text(e['case_id'])} brought nobody a ${purpose} card`),
  );
}

/** The author was told of each act once, whatever the outbox believes. */
function toldAuthors(run: Delivered, people: ReadonlyMap<string, Person>): string[] {
  const findings: string[] = [];
  for (const one of run.cases.filter((c) => run.finished.has(text(c['id'])))) {
    const mine = run.events.filter((e) => e['case_id'] === one['id']);
    const author = text(mine[0]?.['user_id']);
    const chat = [...people.values()].find((p) => p.userId === author)?.chat ?? [];
    for (const [action, title] of AUTHOR_IS_TOLD) {
      for (const event of mine.filter((e) => e['action'] === action)) {
        const tag = `${text(one['number'])}·${text(event['version'])}`;
        const there = chat.filter((item) => item.fields[0]?.value === tag && title.test(item.title)).length;
        if (there !== 1) {
          findings.push(`${author} was told ${there} times of ${action} (${tag})`);
        }
      }
    }
  }
  return findings;
}

function countBy<T>(list: readonly T[], keyOf: (one: T) => string | undefined): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of list) {
    const key = keyOf(one) ?? '';
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/**
 * Compares the two databases from outside: plain SQL over both, the contract's words written down a second time by
 * hand, no code of either side. Run it when nothing moves any more.
 */
import { DatabaseSync } from 'node:sqlite';
import { number, openTables, text, type Row } from '../../chaos/tables.ts';

export interface Compared {
  cases: number;
  fromUs: number;
  fromThem: number;
  /** Messages of theirs that an administrator gave up, with a reason. */
  dismissed: number;
  /** What is wrong, one sentence each. */
  findings: string[];
}

/** What each of their messages does to a case. */
const DOES: Record<string, string> = {
  'case.received': 'receive',
  'office.dispatched': 'dispatch',
  'office.redispatched': 'redispatch',
  'office.recalled': 'recall',
  'office.sentBack': 'sendBack',
  'office.extensionGranted': 'grant',
  'office.extensionDenied': 'deny',
  'unit.signed': 'sign',
  'unit.progressed': 'progress',
  'unit.asked': 'ask',
  'unit.returned': 'transferBack',
  'unit.extensionRequested': 'requestExtension',
  'unit.replied': 'reply',
};
/** What we have to tell of each act of ours. */
const TELLS: Record<string, string> = {
  accept: 'case.handed',
  correct: 'case.corrected',
  supplement: 'author.supplemented',
  answer: 'author.answered',
  lapseAsk: 'question.lapsed',
  rate: 'author.rated',
  settle: 'case.settled',
  conclude: 'case.ruled',
  reopen: 'case.reopened',
  withdraw: 'case.cancelled',
  urge: 'case.urged',
};
/** Where a case may stand here when it stands so there. */
const MEANS: Record<string, readonly string[]> = {
  DJS: ['accepted'],
  DPD: ['accepted'],
  DQS: ['dispatched'],
  BLZ: ['handling', 'dispatched'],
  DHS: ['handling', 'dispatched'],
  DPJ: ['replied'],
  CXB: ['dispatched'],
  DCD: ['disputed'],
  YBJ: ['closed'],
  YTH: ['submitted'],
  YCH: ['withdrawn'],
};

/**
 * @param hereUrl our database, as in DATABASE_URL
 * @param thereFile their SQLite file
 */
export async function compareBoth(hereUrl: string, thereFile: string): Promise<Compared> {
  const ours = await openTables(hereUrl);
  const theirs = new DatabaseSync(thereFile, { readOnly: true, timeout: 5_000 });
  try {
    const here = {
      cases: await ours.all('SELECT id, state, version FROM cases'),
      events: await ours.all(
        'SELECT id, case_id, version, action, capacity_json, data_json FROM event ORDER BY case_id, version',
      ),
      out: await ours.all(
        'SELECT id, case_id, seq, type, status, body_json FROM exchange_out ORDER BY case_id, seq',
      ),
      in: await ours.all(
        'SELECT message_id, case_id, seq, type, status, version, body_json FROM exchange_in ORDER BY case_id, seq',
      ),
      places: await ours.all('SELECT case_id, state_code, out_seq, in_seq FROM exchange_case'),
      files: await ours.all('SELECT id, sha256, bytes FROM file'),
    };
    const there = {
      log: theirs
        .prepare('SELECT case_id, side, seq, id, type, body, sent FROM log ORDER BY case_id, side, seq')
        .all() as Row[],
      matters: theirs.prepare('SELECT case_id, state FROM matter').all() as Row[],
    };
    return compare(here, there);
  } finally {
    theirs.close();
    await ours.close();
  }
}

type Rows = readonly Row[];
const of = (rows: Rows, column = 'case_id'): Map<string, Row[]> =>
  Map.groupBy(rows, (row) => text(row[column]));

function compare(
  here: { cases: Rows; events: Rows; out: Rows; in: Rows; places: Rows; files: Rows },
  there: { log: Rows; matters: Rows },
): Compared {
  const findings: string[] = [];
  const events = of(here.events);
  const [out, came, log] = [of(here.out), of(here.in), of(there.log)];
  const [cases, matters, places] = [of(here.cases, 'id'), of(there.matters), of(here.places)];
  const files = of(here.files, 'id');
  const handed = here.events
    .filter((e) => text(e['action']) === 'accept' && 'handledBy' in parse(e['data_json']))
    .map((e) => text(e['case_id']));
  const all = new Set([...handed, ...out.keys(), ...came.keys(), ...log.keys(), ...places.keys()]);
  for (const caseId of all) {
    const say = (words: string): void => void findings.push(`${caseId}: ${words}`);
    const [ourOut, ourIn] = [out.get(caseId) ?? [], came.get(caseId) ?? []];
    const theirLog = log.get(caseId) ?? [];
    const side = (name: string): Row[] => theirLog.filter((row) => text(row['side']) === name);
    sameMessages(say, 'ours', ourOut.map(sentOf), side('M').map(loggedOf));
    sameMessages(say, 'theirs', side('P').map(loggedOf), ourIn.map(cameOf));
    ourOut
      .filter((row) => text(row['status']) !== 'sent')
      .forEach((row) => say(`our ${text(row['seq'])} is ${text(row['status'])}`));
    side('P')
      .filter((row) => number(row['sent']) !== 1)
      .forEach((row) => say(`their ${text(row['seq'])} is not sent`));
    appliedOnce(say, events.get(caseId) ?? [], ourIn);
    toldOnce(say, events.get(caseId) ?? [], ourOut);
    sameFiles(say, files, side('M'));
    standsAlike(say, cases.get(caseId)?.[0], matters.get(caseId)?.[0], places.get(caseId)?.[0], {
      ours: ourOut.length,
      theirs: ourIn,
    });
  }
  return {
    cases: all.size,
    fromUs: here.out.length,
    fromThem: here.in.length,
    dismissed: here.in.filter((row) => text(row['status']) === 'dismissed').length,
    findings,
  };
}

interface Message {
  seq: number;
  id: string;
  body: string;
}

const parse = (json: unknown): Record<string, unknown> => JSON.parse(text(json)) as Record<string, unknown>;

/** The message itself, whatever the order of its keys; links to files are made anew each time. */
function essence(body: Record<string, unknown>): string {
  const sorted = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(sorted)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(
            Object.entries(value)
              .filter(([key]) => key !== 'href' && key !== 'files')
              .toSorted(([a], [b]) => (a < b ? -1 : 1))
              .map(([key, inner]) => [key, sorted(inner)]),
          )
        : value;
  const { id, caseId, seq, type, at, unit, state, due, data } = body;
  return JSON.stringify(
    sorted({ id, caseId, seq, type, at: Date.parse(text(at)), unit, state, due: due ?? {}, data }),
  );
}

const sentOf = (row: Row): Message => ({
  seq: number(row['seq']),
  id: text(row['id']),
  body: essence(parse(row['body_json'])['message'] as Record<string, unknown>),
});
const cameOf = (row: Row): Message => ({
  seq: number(row['seq']),
  id: text(row['message_id']),
  body: essence(parse(row['body_json'])),
});
const loggedOf = (row: Row): Message => ({
  seq: number(row['seq']),
  id: text(row['id']),
  body: essence(parse(row['body'])),
});

type Say = (words: string) => void;

/** Both have the same messages, numbered 1, 2, 3 …, word for word. */
function sameMessages(say: Say, whose: string, sent: readonly Message[], got: readonly Message[]): void {
  for (let i = 0; i < Math.max(sent.length, got.length); i += 1) {
    const [a, b] = [sent[i], got[i]];
    if (!a || !b) {
      say(`${whose}: ${a ? 'sent' : 'received'} alone: ${(a ?? b)?.body ?? ''}`);
    } else if (a.seq !== i + 1 || b.seq !== i + 1) {
      say(`${whose}: number ${i + 1} stands at ${a.seq} and ${b.seq}`);
    } else if (a.id !== b.id) {
      say(`${whose}: number ${a.seq} is ${a.id} and ${b.id}`);
    } else if (a.body !== b.body) {
      say(`${whose}: number ${a.seq} differs: ${a.body} ≠ ${b.body}`);
    }
  }
}

/** Each of their messages that was not given up made one event, in the order they sent them, and nothing else did. */
function appliedOnce(say: Say, events: Rows, came: Rows): void {
  const done = events
    .filter((e) => parse(e['capacity_json'])['kind'] === 'platform')
    .map((e) => `${text(e['version'])} ${text(e['action'])} ${wordsOf(parse(e['data_json']))}`);
  const told = came
    .filter((row) => text(row['status']) !== 'dismissed')
    .map((row) => {
      const body = parse(row['body_json']);
      return `${text(row['version'])} ${DOES[text(row['type'])] ?? '?'} ${wordsOf(body['data'] as Record<string, unknown>)}`;
    });
  if (done.join('\n') !== told.join('\n')) {
    say(`done in their name [${done.join(' | ')}], told by them [${told.join(' | ')}]`);
  }
  came
    .filter((row) => !['applied', 'dismissed'].includes(text(row['status'])))
    .forEach((row) => say(`their ${text(row['seq'])} is ${text(row['status'])}`));
}

/** What was said with it, wherever the two keep it. */
function wordsOf(data: Record<string, unknown>): string {
  const { reply, ask, extension } = data as Record<string, Record<string, unknown> | undefined>;
  return text(
    data['text'] ??
      data['reason'] ??
      data['question'] ??
      reply?.['text'] ??
      ask?.['question'] ??
      extension?.['reason'],
  );
}

/** Each act of ours that they have to hear of is one message, in the order of the acts. */
function toldOnce(say: Say, events: Rows, out: Rows): void {
  let theirs = false;
  const due: string[] = [];
  for (const event of events) {
    const action = text(event['action']);
    theirs ||= action === 'accept' && 'handledBy' in parse(event['data_json']);
    const ours = parse(event['capacity_json'])['kind'] !== 'platform';
    if (theirs && ours && TELLS[action]) {
      due.push(TELLS[action]);
    }
    if (['withdraw', 'sendBack'].includes(action)) {
      theirs = false;
    }
  }
  const told = out.map((row) => text(row['type']));
  if (due.join(' ') !== told.join(' ')) {
    say(`had to tell [${due.join(' ')}], told [${told.join(' ')}]`);
  }
}

/** What they were told of a file is what we keep. */
function sameFiles(say: Say, files: Map<string, Row[]>, log: Rows): void {
  for (const row of log) {
    const { files: told = [] } = parse(row['body'])['data'] as { files?: Record<string, unknown>[] };
    for (const file of told) {
      const kept = files.get(text(file['id']))?.[0];
      if (
        text(kept?.['sha256']) !== text(file['sha256']) ||
        number(kept?.['bytes']) !== number(file['bytes'])
      ) {
        say(`file ${text(file['id'])} is another one there`);
      }
    }
  }
}

function standsAlike(
  say: Say,
  c: Row | undefined,
  matter: Row | undefined,
  place: Row | undefined,
  messages: { ours: number; theirs: Rows },
): void {
  const [here, there] = [text(c?.['state']), text(matter?.['state'])];
  if (!(MEANS[there] ?? []).includes(here)) {
    say(`stands at ${here || 'nothing'} here and at ${there || 'nothing'} there`);
  }
  if (number(place?.['out_seq']) !== messages.ours || number(place?.['in_seq']) !== messages.theirs.length) {
    say(`counts ${text(place?.['out_seq'])} and ${text(place?.['in_seq'])}`);
  }
  const last = messages.theirs.findLast((row) => text(row['status']) === 'applied');
  const said = last ? text(parse(last['body_json'])['state']) : '';
  if (text(place?.['state_code']) !== said) {
    say(`was last told ${said} and keeps ${text(place?.['state_code'])}`);
  }
}

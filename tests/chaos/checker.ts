/**
 * Judges a run from outside: its own SQL over the database, its own reading of the messenger's log, chats and to-do
 * lists. It shares no code with the server; every rule here is written down a second time, by hand.
 */
import { createHash } from 'node:crypto';
import { checkDelivery, type Delivered } from './checker.delivery.ts';
import { number, openTables, text, type Row } from './tables.ts';

/** A change that a client was told is kept. */
export interface Told {
  caseId: string;
  action: string;
  userId: string;
  /** The version the answer named; null when it named none. */
  version: number | null;
}

export interface Judged {
  databaseUrl: string;
  messengerUrl: string;
  told: readonly Told[];
  /** Cases whose clients were answered for every act they tried: nothing else may have happened in them. */
  finished: ReadonlySet<string>;
}

/** What is wrong, one sentence each; empty when all is well. Run it when nothing moves any more. */
export async function judge(run: Judged): Promise<string[]> {
  const tables = await openTables(run.databaseUrl);
  try {
    const [events, cases, ledger, pending, outbox, cards, accounts] = await Promise.all([
      tables.all(
        'SELECT event.id, event.case_id, event.version, event.action, event.hash, event.prev_hash, account.user_id FROM event LEFT JOIN account ON account.person_id = event.person_id ORDER BY event.case_id, event.version',
      ),
      tables.all('SELECT id, number, version, state FROM cases'),
      tables.all('SELECT seq, event_id, event_hash, chain_hash, source FROM ledger ORDER BY seq'),
      tables.all('SELECT event_id FROM event_pending'),
      tables.all('SELECT * FROM outbox ORDER BY id'),
      tables.all('SELECT * FROM card ORDER BY id'),
      tables.all('SELECT id, user_id, union_id, person_id FROM account'),
    ]);
    const delivered: Delivered = { cases, events, outbox, cards, accounts, finished: run.finished };
    return [
      ...toldOnce(run, events),
      ...dense(events, cases),
      ...sealed(events, ledger, pending),
      ...(await checkDelivery(run.messengerUrl, delivered)),
    ];
  } finally {
    await tables.close();
  }
}

const byCase = (rows: readonly Row[], column: string): Map<string, Row[]> => {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const id = text(row[column]);
    found.set(id, [...(found.get(id) ?? []), row]);
  }
  return found;
};

/** Acknowledged changes are there, once; in finished cases there is nothing else that a person did. */
function toldOnce(run: Judged, events: readonly Row[]): string[] {
  const findings: string[] = [];
  const happened = byCase(events, 'case_id');
  for (const [caseId, told] of Map.groupBy(run.told, (t) => t.caseId)) {
    // The end of a round follows from a rating: nobody asks for it.
    const done = (happened.get(caseId) ?? []).filter((e) => text(e['action']) !== 'settle');
    const count = (
      list: readonly { action: string; userId: string }[],
      action: string,
      userId: string,
    ): number => list.filter((one) => one.action === action && one.userId === userId).length;
    const facts = done.map((e) => ({ action: text(e['action']), userId: text(e['user_id']) }));
    for (const { action, userId } of told) {
      const [wanted, there] = [count(told, action, userId), count(facts, action, userId)];
      if (there < wanted) {
        findings.push(
          `lost: case ${caseId}, ${action} by ${userId} was acknowledged ${wanted} times and stands ${there} times`,
        );
      }
    }
    for (const { version, action } of told) {
      if (version !== null && !(happened.get(caseId) ?? []).some((e) => number(e['version']) === version)) {
        findings.push(
          `lost: case ${caseId}, ${action} was acknowledged as version ${version}, which does not exist`,
        );
      }
    }
    const inOrder = (list: readonly { action: string; userId: string }[]): string =>
      list.map((one) => `${one.action}/${one.userId}`).join(' ');
    if (run.finished.has(caseId) && inOrder(told) !== inOrder(facts)) {
      findings.push(`case ${caseId} was told [${inOrder(told)}] and has [${inOrder(facts)}]`);
    }
  }
  for (const caseId of happened.keys()) {
    if (!run.told.some((t) => t.caseId === caseId)) {
      findings.push(`case ${caseId} has events though nobody was told of one`);
    }
  }
  return [...new Set(findings)];
}

/** Versions of a case are 1, 2, 3 …, each event names the one before it, and the case stands at the last. */
function dense(events: readonly Row[], cases: readonly Row[]): string[] {
  const findings: string[] = [];
  const happened = byCase(events, 'case_id');
  for (const [caseId, list] of happened) {
    list.forEach((event, index) => {
      if (number(event['version']) !== index + 1) {
        findings.push(`case ${caseId}: version ${index + 1} is ${text(event['version'])}`);
      }
      const before = index === 0 ? '' : text(list[index - 1]?.['hash']);
      if (text(event['prev_hash']) !== before) {
        findings.push(`case ${caseId}: version ${index + 1} does not name the event before it`);
      }
    });
    const row = cases.find((c) => text(c['id']) === caseId);
    if (number(row?.['version']) !== list.length) {
      findings.push(`case ${caseId} stands at ${text(row?.['version'])} with ${list.length} events`);
    }
  }
  const without = cases.filter((c) => !happened.has(text(c['id'])));
  findings.push(...without.map((c) => `case ${text(c['id'])} has no event`));
  const numbers = cases.map((c) => text(c['number']));
  return new Set(numbers).size === numbers.length ? findings : [...findings, 'two cases have one number'];
}

/** Every event has one place in the ledger; places are 1, 2, 3 … and each seal covers the one before. */
function sealed(events: readonly Row[], ledger: readonly Row[], pending: readonly Row[]): string[] {
  const findings: string[] = [];
  if (pending.length > 0) {
    findings.push(`${pending.length} events wait for their place in the ledger`);
  }
  let chain = '';
  ledger.forEach((entry, index) => {
    if (number(entry['seq']) !== index + 1) {
      findings.push(`ledger: place ${index + 1} is ${text(entry['seq'])}`);
    }
    chain = createHash('sha256')
      .update(chain + text(entry['event_hash']))
      .digest('hex');
    if (chain !== text(entry['chain_hash'])) {
      findings.push(`ledger: the seal of ${text(entry['seq'])} does not fit`);
    }
  });
  const places = ledger.filter((e) => text(e['source']) === 'case').map((e) => text(e['event_id']));
  if (new Set(places).size !== places.length) {
    findings.push('ledger: an event has two places');
  }
  const known = new Set(places);
  const ids = new Set(events.map((e) => text(e['id'])));
  findings.push(
    ...[...ids].filter((id) => !known.has(id)).map((id) => `ledger: event ${id} has no place`),
    ...places.filter((id) => !ids.has(id)).map((id) => `ledger: ${id} is no event`),
  );
  return findings;
}

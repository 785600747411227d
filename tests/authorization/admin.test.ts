/**
 * 管理 over HTTP and the wrong people: every endpoint the document has is asked by a member, a handler and the
 * administrator of another area. Where admin.calls.ts has its lines, the input would do something for the right one; any
 * other gets what its schema asks for, so that none is left out.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../server/src/store/index.ts';
import { STORES, type TestDatabase } from '../support/stores.ts';
import { openTale, type Part, type Tale } from '../support/tale.ts';
import { unzipped } from '../output/files.ts';
import { openTown, type Citizen, type Town } from '../support/town.ts';
import { callsOf, type Call } from './admin.calls.ts';
import { operationsOf, type Operation } from './openapi.ts';

const PATHS = /^\/api\/(admin|audit|deliveries)(\/|$)/;
/** What a county's administrator never reads about the city. */
const FOREIGN = ['周凯', '方敏', '陈洁', '林淑芬', '市公安局交警支队', '市综合行政执法局'];
describe.each(STORES.filter((store) => store.name === 'sqlite'))('管理 and the wrong people', (store) => {
  let database: TestDatabase;
  let town: Town;
  let tale: Tale;
  let operations: Operation[];
  let calls: Record<string, Call>;
  beforeAll(async () => {
    database = await store.create();
    town = await openTown({ databaseUrl: database.databaseUrl, workers: false });
    tale = await openTale(town);
    operations = await operationsOf(town, PATHS);
    calls = await callsOf(tale);
  });
  afterAll(async () => {
    await town?.stop();
    await database?.drop();
  });

  async function ask(part: Part, operation: Operation): Promise<{ status: number; text: string }> {
    const { values = {}, body } = calls[operation.id] ?? (operation as Partial<Call>);
    const path = operation.path.replaceAll(
      /\{(\w+)\}/g,
      (_all, name: string) => values[name] ?? `no-${name}`,
    );
    const query = new URLSearchParams(
      operation.query.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
    ).toString();
    const citizen: Citizen = await tale.as(part);
    const bytes = typeof body === 'string';
    const answer = await fetch(`${town.url}${path}${query ? `?${query}` : ''}`, {
      method: operation.method,
      headers: {
        ...citizen.headers,
        ...(operation.method === 'GET' ? {} : { 'idempotency-key': uuidv7() }),
        ...(body === undefined
          ? {}
          : { 'content-type': bytes ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: bytes ? body : JSON.stringify(body) }),
    });
    const sheets = answer.headers.get('content-type')?.includes('spreadsheetml.sheet');
    const text = sheets
      ? [...unzipped(Buffer.from(await answer.arrayBuffer())).values()].map(String).join('\n')
      : await answer.text();
    return { status: answer.status, text };
  }

  it('has lines only for endpoints there are', () => {
    expect(operations.length).toBeGreaterThan(60);
    const ids = new Set(operations.map((one) => one.id));
    expect(Object.keys(calls).filter((id) => !ids.has(id))).toEqual([]);
  });

  it.each(['member', 'handler'] as const)('a %s gets nothing anywhere', async (part) => {
    const answered = [];
    for (const operation of operations) {
      const { status, text } = await ask(part, operation);
      // Input made from a schema may be refused before it is asked who asks.
      const refused = calls[operation.id] ? status === 403 : status >= 400 && status < 500;
      if (!refused) {
        answered.push(`${operation.id}: ${status} ${text.slice(0, 200)}`);
      }
    }
    expect(answered).toEqual([]);
  });

  it('the administrator of another area neither changes nor reads anything of this one', async () => {
    const faults = [];
    for (const operation of operations) {
      const { status, text } = await ask('countyReviewer', operation);
      const outsider = calls[operation.id]?.outsider ?? 'unknown';
      const refused = [403, 404, 409].includes(status);
      const told = FOREIGN.filter((word) => text.includes(word));
      const fine = {
        refused: refused && told.length === 0,
        nothing: status === 200 && told.length === 0,
        line: status === 200 && text.includes('"grants":[]'),
        unknown: status < 500 && told.length === 0,
      };
      if (!fine[outsider]) {
        faults.push(`${operation.id}: ${status} ${told.join(' ')} ${text.slice(0, 200)}`);
      }
    }
    expect(faults).toEqual([]);
  });

  it('and the right one may do all of it', async () => {
    const refused = [];
    // What ends things comes last.
    const order = operations
      .filter((one) => calls[one.id])
      .toSorted((a, b) => Number(ends(a)) - Number(ends(b)));
    for (const operation of order) {
      const { status, text } = await ask('admin', operation);
      if (status === 400 || status === 403 || status === 404 || status >= 500) {
        refused.push(`${operation.id}: ${status} ${text.slice(0, 200)}`);
      }
    }
    expect(refused).toEqual([]);
  });
});

const ends = ({ id }: Operation): boolean => /^(end|stop|remove|clear|discard)/.test(id);

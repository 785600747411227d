import { isDeepStrictEqual } from 'node:util';
import { CAST, openTale } from '../../tests/support/tale.ts';
import { openTown, type Citizen } from '../../tests/support/town.ts';
import {
  interleaved,
  median,
  ratio,
  type Bench,
  type DatabaseKind,
  type Finding,
  type Tools,
} from './kit.ts';
import { load, type Measured } from './load.ts';
import { serveTwin } from './twin.ts';

const CASES = 40;
const CONNECTIONS = 8;
const MS = 2_000;

/** A page of twenty rows through the product and through a twin written by hand. */
async function measure(tools: Tools, kind: DatabaseKind): Promise<Finding['rows']> {
  const databaseUrl = await tools.database(kind);
  const town = await openTown({ databaseUrl });
  tools.finally(() => town.stop());
  const tale = await openTale(town);
  for (let i = 0; i < CASES; i += 1) {
    await tale.filed({ title: `第 ${i + 1} 个路口的红绿灯` });
  }
  await tale.quiet();
  const twin = await serveTwin(town.app, databaseUrl);
  tools.finally(() => twin.stop());
  const reviewer = await town.person(CAST.reviewer);
  const path = `/api/cases?desk=${encodeURIComponent(await deskOf(reviewer))}&queue=review`;
  await mustAgree(reviewer, `${town.url}${path}`, `${twin.url}${path}`);

  const seen: Record<string, Measured[]> = { product: [], twin: [] };
  const variant = (name: 'product' | 'twin', base: string) => async (): Promise<number> => {
    const measured = await load({
      url: base + path,
      headers: reviewer.headers,
      connections: CONNECTIONS,
      ms: MS,
    });
    seen[name]?.push(measured);
    return measured.perSecond;
  };
  const found = await interleaved(tools.runs, {
    product: variant('product', town.url),
    twin: variant('twin', twin.url),
  });
  const latency = (name: string, of: 'p50' | 'p99'): string =>
    median((seen[name] ?? []).slice(1).map((measured) => measured[of])).toFixed(1);
  return (['product', 'twin'] as const).map((name) => [
    `${kind}: ${name}`,
    Math.round(found[name]),
    latency(name, 'p50'),
    latency(name, 'p99'),
    ratio(found[name], found.twin),
  ]);
}

async function deskOf(citizen: Citizen): Promise<string> {
  const { body } = await citizen.call('GET', '/queues');
  const { desks } = body as unknown as { desks: { id: string; role: string }[] };
  return desks.find((desk) => desk.role === 'reviewer')?.id ?? '';
}

/** A twin that answers something else measures nothing. */
async function mustAgree(citizen: Citizen, one: string, other: string): Promise<void> {
  const [left, right] = await Promise.all(
    [one, other].map(async (url) => (await fetch(url, { headers: citizen.headers })).json()),
  );
  if ((left as { items: unknown[] }).items.length !== 20 || !isDeepStrictEqual(left, right)) {
    throw new Error(
      `the twin answers something else than the product:\n${JSON.stringify(right).slice(0, 600)}`,
    );
  }
}

export const bench: Bench = {
  about: 'the list endpoint beside a twin written by hand',
  async run(tools) {
    const rows = [];
    for (const kind of tools.databases) {
      tools.say(kind);
      rows.push(...(await measure(tools, kind)));
    }
    return [
      {
        title: 'A list of 20 rows, against a hand-written twin',
        columns: ['', 'answers a second', 'ms, half', 'ms, 99 of 100', 'of the twin'],
        rows,
        note: `${CONNECTIONS} connections. The twin is one Express handler with plain SQL (\`scripts/bench/twin.ts\`): it loads the session, parses the same input and output and answers the same bytes.`,
      },
    ];
  },
};

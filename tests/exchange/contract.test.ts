/** The contract: its examples fit it both ways, its first version is kept, and the other side's code needs no more. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { breaks } from '../../scripts/docs/exchange.compare.ts';
import { renderExchange, schemas } from '../../scripts/docs/exchange.ts';
import {
  INBOUND,
  INBOUND_TYPES,
  inboundSchema,
  OUTBOUND_TYPES,
  outboundSchema,
} from '../../shared/src/exchange/index.ts';

const at = (name: string): string =>
  readFileSync(new URL(`../../docs/exchange/${name}`, import.meta.url), 'utf8');
const examples = JSON.parse(at('examples.json')) as Record<'outbound' | 'inbound', { type: string }[]>;
type Json = Record<string, unknown>;
const v1 = JSON.parse(at('v1.json')) as Record<string, Json>;
const isTheirs = (name: string): boolean => name in INBOUND;

describe('the contract of the exchange', () => {
  it('has an example of every message, in both directions', () => {
    expect(examples.outbound.map((m) => m.type).toSorted()).toEqual(OUTBOUND_TYPES.toSorted());
    expect(examples.inbound.map((m) => m.type).toSorted()).toEqual(INBOUND_TYPES.toSorted());
  });

  it.each([...examples.outbound, ...examples.inbound])('$type: the example fits its schema', (example) => {
    const schema = isTheirs(example.type) ? inboundSchema : outboundSchema;
    expect(schema.safeParse(example).error?.issues ?? []).toEqual([]);
  });

  it.each(examples.inbound)(
    '$type: an example without its number, or with a wrong type, does not',
    (example) => {
      expect(inboundSchema.safeParse({ ...example, seq: undefined }).success).toBe(false);
      expect(inboundSchema.safeParse({ ...example, type: 'unit.sung' }).success).toBe(false);
    },
  );

  it('is an OpenAPI document of both sides whose references lead somewhere', () => {
    const document = JSON.parse(renderExchange()) as {
      paths: Json;
      components: { schemas: Json };
    };
    expect(Object.keys(document.paths)).toHaveLength(9);
    const refs = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/([\w.]+)/g)].map(
      (m) => m[1] ?? '',
    );
    expect(refs.filter((name) => !(name in document.components.schemas))).toEqual([]);
  });

  it('keeps what version 1 promised', () => {
    const now = schemas();
    const found = Object.entries(v1).flatMap(([name, was]) =>
      breaks(was, now[name] ?? {}, isTheirs(name) ? 'theirs' : 'ours', name),
    );
    expect(found).toEqual([]);
  });

  it.each<[string, string, 'ours' | 'theirs', (schema: Json) => void, RegExp]>([
    [
      'a field of ours that is gone',
      'case.handed',
      'ours',
      (s) => void delete dataOf(s).properties['title'],
      /title is gone/,
    ],
    [
      'a field they must send now',
      'unit.signed',
      'theirs',
      (s) => (dataOf(s).required = ['signedBy']),
      /signedBy is needed/,
    ],
    [
      'another kind of value',
      'author.rated',
      'ours',
      (s) => (dataOf(s).properties['stars'] = { type: 'string' }),
      /stars/,
    ],
  ])('would fail on %s', (_what, name, sends, change, words) => {
    const now = structuredClone(schemas()[name] ?? {});
    change(now);
    expect(breaks(v1[name] ?? {}, now, sends, name).join()).toMatch(words);
  });
});

const dataOf = (schema: Json): { properties: Json; required?: string[] } =>
  (schema['properties'] as { data: { properties: Json } }).data;

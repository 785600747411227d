/** A whole answer made from its schema: every field there is, each enumerated kind once, every text one given text. */
import { z } from 'zod';
import type { JsonSchema as Schema } from '../support/json-schema.ts';

/** `text` stands wherever a text is free; patterns and formats are not looked at. */
export function sampleOf<T>(schema: z.ZodType<T>, text: string): T {
  return make(z.toJSONSchema(schema, { io: 'output', reused: 'inline' }) as Schema, text) as T;
}

function make(schema: Schema, text: string, given?: unknown): unknown {
  if (given !== undefined) {
    return given;
  }
  if (schema.const !== undefined || schema.enum) {
    return schema.const ?? schema.enum?.[0];
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) {
    // What may be missing is there.
    return make(choices.find((one) => one.type !== 'null') ?? {}, text);
  }
  if (schema.allOf) {
    return Object.assign({}, ...schema.allOf.map((one) => make(one, text))) as object;
  }
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return { ...keyed(schema, text), ...fieldsOf(schema, text) };
    case 'array':
      return schema.prefixItems?.map((one) => make(one, text)) ?? rowsOf(schema.items, text);
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return true;
    default:
      return text;
  }
}

const fieldsOf = ({ properties = {} }: Schema, text: string, given: Record<string, unknown> = {}): object =>
  Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, make(one, text, given[name])]));

/** A record: one value for each key it may have. */
function keyed({ propertyNames, additionalProperties }: Schema, text: string): object {
  const values = typeof additionalProperties === 'object' ? additionalProperties : undefined;
  return Object.fromEntries(
    values ? (propertyNames?.enum ?? [text]).map((key) => [String(key), make(values, text)]) : [],
  );
}

/** One item; of items with a kind, one of each kind. */
function rowsOf(items: Schema | undefined, text: string): unknown[] {
  if (items === undefined) {
    return [];
  }
  const [name, kinds] =
    Object.entries(items.properties ?? {}).find(([, one]) => (one.enum?.length ?? 0) > 1) ?? [];
  return name && kinds
    ? (kinds.enum ?? []).map((kind) => fieldsOf(items, text, { [name]: kind }))
    : [make(items, text)];
}

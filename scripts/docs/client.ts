/** `server/client/src/schema.ts`: the types of every endpoint, made from the OpenAPI document. */
import type { OpenApiDocument } from '../../server/src/http/index.ts';
import { apiDocument } from './api-document.ts';

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  prefixItems?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  description?: string;
}
interface Content {
  content?: Record<string, { schema: Schema }>;
}
interface Operation {
  summary?: string;
  description?: string;
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: Content & { required?: boolean };
  responses?: Record<string, Content>;
  'x-token-scopes'?: readonly string[] | null;
}

const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const union = (types: readonly string[]): string => [...new Set(types)].join(' | ') || 'never';
const wrapped = (type: string): string => (type.includes(' ') ? `(${type})` : type);
/** Sent and answered as bytes. */
const BYTES = 'Uint8Array';

function typeOf(schema: Schema | boolean | undefined): string {
  if (schema === undefined || typeof schema === 'boolean') {
    return 'unknown';
  }
  if (schema.$ref !== undefined) {
    return `Schemas[${JSON.stringify(schema.$ref.replace('#/components/schemas/', ''))}]`;
  }
  if (schema.const !== undefined) {
    return JSON.stringify(schema.const);
  }
  if (schema.enum !== undefined) {
    return union(schema.enum.map((one) => JSON.stringify(one)));
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) {
    return union(choices.map(typeOf));
  }
  if (schema.allOf !== undefined) {
    return schema.allOf.map((one) => wrapped(typeOf(one))).join(' & ');
  }
  const types = [schema.type ?? (schema.properties ? 'object' : 'unknown')].flat();
  return union(types.map((type) => plainType(type, schema)));
}

function plainType(type: string, schema: Schema): string {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    case 'number':
    case 'integer':
      return 'number';
    case 'array':
      return schema.prefixItems
        ? `[${schema.prefixItems.map(typeOf).join(', ')}]`
        : `${wrapped(typeOf(schema.items))}[]`;
    case 'object':
      return objectType(schema);
    default:
      return 'unknown';
  }
}

function objectType({ properties = {}, required = [], additionalProperties }: Schema): string {
  const fields = Object.entries(properties).map(
    ([name, schema]) => `${key(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)}`,
  );
  const more =
    typeof additionalProperties === 'object' ? [`[more: string]: ${typeOf(additionalProperties)}`] : [];
  return fields.length + more.length === 0
    ? `Record<string, ${additionalProperties === false ? 'never' : 'unknown'}>`
    : `{ ${[...fields, ...more].join('; ')} }`;
}

/** What a call takes: parts that are there, each optional when nothing in it is required. */
function inputOf(operation: Operation): string {
  const part = (where: string): string[] => {
    const those = (operation.parameters ?? []).filter((one) => one.in === where);
    const fields = those.map((one) => `${key(one.name)}${one.required ? '' : '?'}: ${typeOf(one.schema)}`);
    const optional = those.some((one) => one.required) ? '' : '?';
    return fields.length === 0 ? [] : [`${where}${optional}: { ${fields.join('; ')} }`];
  };
  const [media, body] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const bodyPart =
    media === undefined
      ? []
      : [
          `body${operation.requestBody?.required ? '' : '?'}: ${media === 'application/json' ? typeOf(body?.schema) : BYTES}`,
        ];
  const parts = [...part('path'), ...part('query'), ...bodyPart];
  return parts.length === 0 ? '{}' : `{ ${parts.join('; ')} }`;
}

function answerOf(operation: Operation): string {
  const fine = Object.entries(operation.responses ?? {}).filter(([status]) => status.startsWith('2'));
  return union(
    fine.map(([, { content }]) => {
      const [media, body] = Object.entries(content ?? {})[0] ?? [];
      if (media === undefined) {
        return 'undefined';
      }
      return media.endsWith('json') ? typeOf(body?.schema) : media.startsWith('text/') ? 'string' : BYTES;
    }),
  );
}

/** The text of `server/client/src/schema.ts`. */
export function renderClientTypes(document: OpenApiDocument = apiDocument()): string {
  const schemas = (document.components?.['schemas'] ?? {}) as Record<string, Schema>;
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path.replace(/^\/api/, '')}`,
      operation: operation as Operation,
    })),
  );
  return [
    '/** Made by `npm run docs` from the OpenAPI document; do not edit. */',
    '',
    'export interface Schemas {',
    ...Object.entries(schemas).map(([name, schema]) => `  ${key(name)}: ${typeOf(schema)};`),
    '}',
    '',
    '/** By method and path: what a call takes and what it answers. */',
    'export interface Operations {',
    ...operations.flatMap(({ name, operation }) => [
      `  /** ${operation.summary ?? name}${scopeText(operation)} */`,
      `  ${JSON.stringify(name)}: { input: ${inputOf(operation)}; answer: ${answerOf(operation)} };`,
    ]),
    '}',
    '',
  ].join('\n');
}

/** 「 · cases:read」 where a token may. */
function scopeText(operation: Operation): string {
  const scopes = operation['x-token-scopes'];
  return scopes ? ` · ${scopes.join(' | ') || 'any token'}` : '';
}

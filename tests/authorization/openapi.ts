/** The endpoints the OpenAPI document has, each with input made from its schema: what it asks for and no more. */
import type { Town } from '../support/town.ts';
import type { JsonSchema as Schema } from '../support/json-schema.ts';

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: Schema;
}
interface Document {
  paths: Record<string, Record<string, DocumentedOperation>>;
  components?: { schemas?: Record<string, Schema> };
}
interface DocumentedOperation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema?: Schema }> };
  responses?: Record<string, { content?: Record<string, { schema?: Schema }> }>;
}

export interface Operation {
  id: string;
  method: string;
  path: string;
  /** Names of the query's parameters. */
  query: string[];
  /** Made from the schema: of the path and the query, and the body. */
  values: Record<string, string>;
  body?: unknown;
  /** Its answer holds rows: an array of objects. */
  lists: boolean;
}

/** Those whose path matches. */
export async function operationsOf(town: Pick<Town, 'url'>, paths: RegExp): Promise<Operation[]> {
  const document = (await (await fetch(`${town.url}/api/openapi.json`)).json()) as Document;
  const sample = sampler(document);
  return Object.entries(document.paths)
    .filter(([path]) => paths.test(path))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId, parameters = [], requestBody, responses }]) => {
        const asked = parameters.filter((one) => one.in === 'path' || (one.in === 'query' && one.required));
        const json = requestBody?.content['application/json']?.schema;
        return {
          id: operationId,
          method: method.toUpperCase(),
          path,
          query: parameters.filter((one) => one.in === 'query').map((one) => one.name),
          values: Object.fromEntries(asked.map((one) => [one.name, String(sample(one.schema ?? {}))])),
          ...(json ? { body: sample(json) } : {}),
          lists: holdsRows(document, responses?.['200']?.content?.['application/json']?.schema),
        };
      }),
    );
}

/** Whether an answer has an array of objects among its fields. */
function holdsRows({ components }: Document, schema: Schema | undefined): boolean {
  const found = (one: Schema | undefined): Schema | undefined => {
    const named = one?.$ref?.split('/').at(-1);
    return named ? found(components?.schemas?.[named]) : one;
  };
  return Object.values(found(schema)?.properties ?? {}).some((field) => {
    const items = found(found(field)?.items);
    return items?.type === 'object' || items?.properties !== undefined || items?.allOf !== undefined;
  });
}

const STRINGS: Record<string, string> = {
  uuid: '01900000-0000-7000-8000-000000000000',
  date: '2026-07-06',
  'date-time': '2026-07-06T08:41:00+08:00',
  uri: 'https://example.cn/',
};

/** Makes the least value a schema takes; patterns are not looked at. */
function sampler({ components }: Document): (schema: Schema) => unknown {
  function sample(schema: Schema): unknown {
    const named = schema.$ref?.split('/').at(-1);
    if (named) {
      return sample(components?.schemas?.[named] ?? {});
    }
    if (schema.const !== undefined || schema.enum) {
      return schema.const ?? schema.enum?.[0];
    }
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) {
      return sample(choices[0] ?? {});
    }
    if (schema.allOf) {
      return Object.assign({}, ...schema.allOf.map(sample)) as object;
    }
    switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
      case 'object':
        return Object.fromEntries(
          (schema.required ?? []).map((name) => [name, sample(schema.properties?.[name] ?? {})]),
        );
      case 'array':
        return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}));
      case 'integer':
      case 'number':
        return schema.minimum ?? 1;
      case 'boolean':
        return true;
      default:
        return STRINGS[schema.format ?? ''] ?? 'x'.repeat(Math.max(1, schema.minLength ?? 1));
    }
  }
  return sample;
}

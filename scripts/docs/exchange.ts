/** docs/exchange/openapi.json: both directions of the exchange, made from its zod schemas. */
import { z } from 'zod';
import {
  daySchema,
  daysSchema,
  EXCHANGE_ERRORS,
  INBOUND,
  MEDIA_TYPE,
  messagesSchema,
  OUTBOUND,
  problemSchema,
  receiptSchema,
  SIGNATURE_HEADERS,
} from '../../shared/src/exchange/index.ts';

type Json = Record<string, unknown>;

/** A schema as JSON Schema 2020-12, whole in itself; `input` for what a sender may leave out. */
function jsonOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $defs = {}, ...json } = z.toJSONSchema(schema, { io, reused: 'inline' }) as Json;
  const { $schema: _dialect, ...whole } = inlined(json, $defs as Json) as Json;
  return whole;
}

/** The value with every reference replaced by what it refers to, and no names of its own. */
function inlined(value: unknown, defs: Json): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => inlined(one, defs));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { $ref, id: name, ...rest } = value as Json;
  if (typeof $ref === 'string') {
    return inlined(defs[$ref.replace('#/$defs/', '')], defs);
  }
  // A property may be called id; the name of a schema is text.
  const kept = typeof name === 'string' || name === undefined ? rest : { id: name, ...rest };
  return Object.fromEntries(Object.entries(kept).map(([key, one]) => [key, inlined(one, defs)]));
}

const FIXED = {
  Receipt: receiptSchema,
  Problem: problemSchema,
  Days: daysSchema,
  Day: daySchema,
  Messages: messagesSchema,
};

/** JSON Schemas by name: every message of either direction, and what is answered. */
export function schemas(): Record<string, Json> {
  const of = (map: Record<string, z.ZodType>, io: 'input' | 'output'): [string, Json][] =>
    Object.entries(map).map(([name, schema]) => [name, jsonOf(schema, io)]);
  return Object.fromEntries([...of(OUTBOUND, 'output'), ...of(INBOUND, 'input'), ...of(FIXED, 'output')]);
}

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const body = (schema: Json): Json => ({ content: { [MEDIA_TYPE]: { schema } } });
const union = (names: readonly string[]): Json => ({
  oneOf: names.map(ref),
  discriminator: { propertyName: 'type' },
});
const problems = (): Json => {
  const byStatus = Map.groupBy(Object.entries(EXCHANGE_ERRORS), ([, { status }]) => status);
  return Object.fromEntries(
    [...byStatus]
      .toSorted(([a], [b]) => a - b)
      .map(([status, list]) => [
        String(status),
        {
          description: list.map(([code, { title }]) => `\`${code}\`：${title}`).join('；'),
          content: { 'application/problem+json': { schema: ref('Problem') } },
        },
      ]),
  );
};
const answered = (description: string, schema: Json, status = '200'): Json => ({
  responses: { [status]: { description, ...body(schema) }, ...problems() },
});
const inPath = (name: string, format: string): Json => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'string', format },
});
const inQuery = (name: string, schema: Json, required = true): Json => ({
  name,
  in: 'query',
  required,
  schema,
});

/** The paths one side offers; both offer the same but for what may be sent to them. */
function paths(taken: readonly string[], prefix: string): Json {
  const log = {
    parameters: [
      inPath('caseId', 'uuid'),
      inQuery('from', { enum: ['minqing', 'platform'] }),
      inQuery('after', { type: 'integer', minimum: 0 }, false),
    ],
  };
  return {
    [`${prefix}/messages`]: {
      post: {
        summary: '收一条消息：按件、按序号，重复无害',
        requestBody: { required: true, ...body(union(taken)) },
        ...answered('收下了', ref('Receipt')),
      },
    },
    [`${prefix}/days`]: {
      get: {
        summary: '对账：每天的件数和摘要',
        parameters: ['from', 'to'].map((name) => inQuery(name, { type: 'string', format: 'date' })),
        ...answered('每天一行', ref('Days')),
      },
    },
    [`${prefix}/days/{date}`]: {
      get: {
        summary: '对账：某天交来的每一件',
        parameters: [inPath('date', 'date')],
        ...answered('每件一行', ref('Day')),
      },
    },
    [`${prefix}/cases/{caseId}/messages`]: {
      get: { summary: '一件民情里一方发过的消息', ...log, ...answered('按序号', ref('Messages')) },
      post: {
        summary: '送还对方发过、自己丢了的消息',
        parameters: [inPath('caseId', 'uuid')],
        requestBody: { required: true, ...body(ref('Messages')) },
        ...answered('补回了几条', {
          type: 'object',
          required: ['restored'],
          properties: { restored: { type: 'integer' } },
        }),
      },
    },
  };
}

/** The whole document as it is written. */
export function renderExchange(): string {
  const headers = Object.values(SIGNATURE_HEADERS);
  const document = {
    openapi: '3.1.1',
    info: {
      title: '民情一点通 · 平台对接',
      version: '1',
      description: `两个方向同一套格式；消息体 ${MEDIA_TYPE}。每个请求带 ${headers.join('、')}。说明见同目录 README.md。`,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: '路径前缀按各自部署' }],
    security: [{ signature: [] }],
    paths: {
      ...paths(Object.keys(INBOUND), '/minqing/exchange/v1'),
      '/minqing/exchange/v1/files/{fileId}': {
        get: {
          summary: '取附件：链接自带签名，过期作废',
          security: [],
          parameters: [
            inPath('fileId', 'uuid'),
            ...['p', 'e', 's'].map((name) => inQuery(name, { type: 'string' })),
          ],
          responses: { 200: { description: '文件的字节', content: { '*/*': {} } }, ...problems() },
        },
      },
      ...paths(Object.keys(OUTBOUND), '/platform'),
    },
    components: {
      schemas: schemas(),
      securitySchemes: {
        signature: { type: 'apiKey', in: 'header', name: SIGNATURE_HEADERS.signature },
      },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

if (import.meta.main) {
  process.stdout.write(renderExchange());
}

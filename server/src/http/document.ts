/** The OpenAPI 3.1 document, derived from the endpoints; what no schema can say (headers, files) is added by hand. */
import type { Routing } from 'express-zod-api';
import { Documentation } from 'express-zod-api/documentation';
import { filePaths } from './document.files.ts';
import { importPaths } from './document.imports.ts';
import { webhookItems } from './document.webhooks.ts';
import { scopesFor } from './scopes.ts';

/** The framework's configuration; it does not export the type. */
export type EndpointConfig = ConstructorParameters<typeof Documentation>[0]['config'];

interface Operation {
  operationId?: string;
  tags?: string[];
  responses?: Record<string, unknown>;
  parameters?: unknown[];
  security?: unknown[];
  'x-token-scopes'?: readonly string[] | null;
}
interface PathItem {
  [method: string]: Operation;
}
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; description?: string };
  paths: Record<string, PathItem>;
  tags?: { name: string; description?: string }[];
  components?: Record<string, unknown>;
  [more: string]: unknown;
}

const TAGS = {
  away: 'Who acts for somebody who is away',
  admin: 'Areas, units, people, grants and rules, for administrators',
  session: 'Signing on and off, and who am I',
  cases: 'Reading: queues, lists, one case',
  actions: 'Acting: one endpoint for each act of the workflow',
  late: 'What is late, why, and whose move it is',
  output: 'Files and paper: workbooks, one case for printing, archives',
  audit: 'Who did what about whom, and whether the record is whole, for administrators',
  deliveries: 'What reached whom, for administrators',
  tokens: 'Access tokens, with which programs act in a person’s name',
  webhooks: 'Webhooks: who follows the steps of cases, and what was sent, for administrators',
  drafts: 'The author’s private text',
  files: 'Uploads that continue where they broke off, and downloads',
  reference: 'What forms offer to choose from',
};

const DESCRIPTION = [
  'Errors are RFC 9457 problem documents with a stable `code`. Times are ISO 8601 with offset.',
  'Every change carries an `Idempotency-Key`: the same key acts once and answers the same again; with another body it is refused (422).',
  'With a cookie session, changes also carry `X-CSRF` with the word of `GET /api/me`; a page that says in `X-Person` whom it serves gets 401 when the session is another person’s.',
  'An access token goes where a bearer session does; `x-token-scopes` names the scopes of which it needs one, null where no token may.',
].join(' ');

const KEY_PARAMETER = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'A UUID the client makes once for this change and repeats with it',
  schema: { type: 'string', format: 'uuid' },
};
const CSRF_PARAMETER = {
  name: 'X-CSRF',
  in: 'header',
  required: false,
  description: 'The word of GET /api/me; required with a cookie session',
  schema: { type: 'string' },
};

/** Of acts: done, and there is nothing to show. */
const OUT_OF_SIGHT = { description: 'Done; the act took the case out of this person’s sight' };

/** Operations without a key that are no reading by their method: signing on and off, and a preview that changes nothing. */
const WITHOUT_KEY = new Set(['signOn', 'signOff', 'previewText', 'previewUrges']);

export function buildDocument(routing: Routing, config: EndpointConfig, version: string): OpenApiDocument {
  const built = new Documentation({
    info: { title: '民情一点通 API', version, description: DESCRIPTION },
    routing,
    config,
    tags: TAGS,
    composition: 'components',
    hasHeadMethod: false,
    summarizer: ({ summary }) => summary,
  }).getSpec();
  // Plain JSON from here on; the builder writes 3.2 but uses nothing that 3.1 lacks.
  const document = JSON.parse(JSON.stringify(built)) as OpenApiDocument;
  document.openapi = '3.1.1';
  for (const item of Object.values(document.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      if (method !== 'get') {
        const keyed = WITHOUT_KEY.has(operation.operationId ?? '') ? [] : [KEY_PARAMETER];
        operation.parameters = [...(operation.parameters ?? []), ...keyed, CSRF_PARAMETER];
      }
    }
  }
  Object.assign(document.paths, filePaths, importPaths);
  document['webhooks'] = webhookItems;
  for (const item of Object.values(document.paths)) {
    for (const operation of Object.values(item).filter(({ tags }) => tags?.includes('actions'))) {
      Object.assign(operation.responses ?? {}, { 204: OUT_OF_SIGHT });
    }
  }
  tellScopes(document.paths);
  return document;
}

/** Every operation says which scopes of an access token open it. */
function tellScopes(paths: OpenApiDocument['paths']): void {
  for (const [path, item] of Object.entries(paths)) {
    const plain = path.replace(/^\/api/, '').replace(/\{\w+\}/g, 'x');
    for (const [method, operation] of Object.entries(item)) {
      operation['x-token-scopes'] = scopesFor(method.toUpperCase(), plain);
    }
  }
}

/** `docs/endpoints.md`: every endpoint in one line, made from the OpenAPI document. */
import type { OpenApiDocument } from '../../server/src/http/index.ts';
import { apiDocument } from './api-document.ts';
import { code, generated, page, table } from './markdown.ts';

interface Told {
  tag: string;
  call: string;
  summary: string;
  scopes: readonly string[] | null;
}

const TOKEN = (scopes: Told['scopes']): string =>
  scopes === null ? '—' : scopes.length === 0 ? '✓' : scopes.map(code).join(' / ');

/** The text of the page. */
export function renderEndpoints(document: OpenApiDocument = apiDocument()): string {
  const told: Told[] = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => {
      const { tags = ['other'], summary = '' } = operation as { tags?: string[]; summary?: string };
      return {
        tag: tags[0] ?? 'other',
        call: `${method.toUpperCase()} ${path}`,
        summary,
        scopes: operation['x-token-scopes'] ?? null,
      };
    }),
  );
  const described = new Map((document.tags ?? []).map((tag) => [tag.name, tag.description ?? '']));
  const tags = [...new Set([...described.keys(), ...told.map((one) => one.tag)])].filter((name) =>
    told.some((one) => one.tag === name),
  );
  return page([
    generated('接口定义'),
    '# Every endpoint',
    'Inputs, answers and errors of each: `/api/openapi.json` of a running server, for people at `/api/docs`. The last column says which scope of an access token opens it (one of several is enough; ✓ any token, — none: only a person who signed on).',
    ...tags.flatMap((name) => [
      `## ${name}`,
      ...[described.get(name) ?? ''].filter(Boolean),
      table(
        ['call', 'does', 'token'],
        told.filter((one) => one.tag === name).map((one) => [code(one.call), one.summary, TOKEN(one.scopes)]),
      ),
    ]),
  ]);
}

/** The readable page of the API. */
import type { OpenApiDocument } from './document.ts';

export const DOCS_STYLE = `
:root{color-scheme:light dark;--ink:#1d2733;--soft:#5c6b7c;--line:#d9e0e8;--paper:#fff;--tint:#f3f6f9;--key:#1256a8}
@media (prefers-color-scheme:dark){:root{--ink:#e7edf3;--soft:#9fb0c0;--line:#33414f;--paper:#151c23;--tint:#1d2731;--key:#7fb5f5}}
body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem 4rem;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif}
h1{font-size:1.6rem;margin:0}h2{font-size:1.15rem;margin:2rem 0 .5rem;padding-bottom:.25rem;border-bottom:1px solid var(--line)}
p{margin:.4rem 0;color:var(--soft)}a{color:var(--key)}
details{border:1px solid var(--line);border-radius:8px;margin:.5rem 0;background:var(--paper)}
summary{cursor:pointer;padding:.55rem .8rem;overflow-wrap:anywhere}summary b{display:inline-block;min-width:4.2rem;color:var(--key);text-transform:uppercase;font-size:.8rem}
summary code{font-weight:600}summary span{color:var(--soft);margin-left:.6rem}
details>div{padding:0 .8rem .8rem}h3{font-size:.9rem;margin:.8rem 0 .3rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}td,th{text-align:left;vertical-align:top;padding:.25rem .5rem;border-top:1px solid var(--line)}
pre{overflow:auto;max-height:24rem;background:var(--tint);border-radius:6px;padding:.6rem;font-size:.8rem;line-height:1.45}code{font-family:ui-monospace,Menlo,Consolas,monospace}
`;

interface Operation {
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: unknown }[];
  requestBody?: { content?: Record<string, { schema?: unknown }> };
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: unknown }> }>;
}

/** One HTML page; every text of the document is escaped. */
export function renderDocsPage(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation: operation as Operation })),
  );
  const sections = (document.tags ?? []).map(({ name, description }) => {
    const own = operations.filter(({ operation }) => operation.tags?.includes(name));
    const body = own
      .map(({ path, method, operation }) => renderOperation(path, method, operation))
      .join('\n');
    return `<section><h2 id="${escape(name)}">${escape(name)}</h2><p>${escape(description ?? '')}</p>\n${body}</section>`;
  });
  const schemas = (document.components?.['schemas'] ?? {}) as Record<string, unknown>;
  const shapes = Object.entries(schemas).map(
    ([name, schema]) =>
      `<details id="${escape(name)}"><summary><code>${escape(name)}</code></summary><div>${json(schema)}</div></details>`,
  );
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(document.info.title)}</title><style>${DOCS_STYLE}</style></head>
<body><h1>${escape(document.info.title)} ${escape(document.info.version)}</h1>
<p>${escape(document.info.description ?? '')} <a href="openapi.json">openapi.json</a></p>
${sections.join('\n')}
<section><h2>shapes</h2>
${shapes.join('\n')}</section></body></html>
`;
}

function renderOperation(path: string, method: string, operation: Operation): string {
  const parameters = operation.parameters?.length
    ? `<h3>Parameters</h3><table>${operation.parameters
        .map(
          (one) =>
            `<tr><th><code>${escape(one.name)}</code></th><td>${escape(one.in)}${one.required ? ', required' : ''}</td><td>${escape(one.description ?? '')}</td></tr>`,
        )
        .join('')}</table>`
    : '';
  const body = operation.requestBody?.content
    ? `<h3>Body</h3>${Object.entries(operation.requestBody.content)
        .map(([type, { schema }]) => `<p>${escape(type)}</p>${json(schema)}`)
        .join('')}`
    : '';
  const responses = Object.entries(operation.responses ?? {})
    .map(([status, response]) => `<tr><th>${escape(status)}</th><td>${shapeName(response.content)}</td></tr>`)
    .join('');
  return `<details><summary><b>${escape(method)}</b> <code>${escape(path)}</code><span>${escape(operation.summary ?? '')}</span></summary>
<div><p>${escape(operation.description ?? '')}</p>${parameters}${body}<h3>Answers</h3><table>${responses}</table></div></details>`;
}

/** A link to the shape an answer has, or its kind of content. */
function shapeName(content: Record<string, { schema?: unknown }> | undefined): string {
  return Object.entries(content ?? {})
    .map(([type, { schema }]) => {
      const reference = (schema as { $ref?: string } | undefined)?.$ref?.split('/').pop();
      return reference ? `<a href="#${escape(reference)}">${escape(reference)}</a>` : escape(type);
    })
    .join(', ');
}

function json(value: unknown): string {
  return `<pre><code>${escape(JSON.stringify(value, null, 2) ?? '')}</code></pre>`;
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

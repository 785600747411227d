/** The document for programs, and a page for people made from it: no scripts, nothing from elsewhere. */
import type { Express } from 'express';
import type { Routing } from 'express-zod-api';
import { renderDocsPage, DOCS_STYLE } from './docs.page.ts';
import { buildDocument, type EndpointConfig, type OpenApiDocument } from './document.ts';
import { hashSource } from './security.ts';

export function mountDocs(app: Express, routing: Routing, config: EndpointConfig, version: string): void {
  let document: OpenApiDocument | undefined;
  let page: string | undefined;
  // Built when first asked for: it takes a good part of a second, which no start should wait for.
  const current = (): OpenApiDocument => (document ??= buildDocument(routing, config, version));

  app.get('/api/openapi.json', (_request, response) => {
    response.set('Cache-Control', 'public, max-age=300').json(current());
  });
  app.get('/api/docs', (_request, response) => {
    page ??= renderDocsPage(current());
    response.set({
      'Cache-Control': 'public, max-age=300',
      'Content-Security-Policy': `default-src 'none'; style-src ${hashSource(DOCS_STYLE)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    });
    response.type('html').send(page);
  });
}

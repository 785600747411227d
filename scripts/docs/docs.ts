/** `npm run docs`: writes what is made from the code: documents, and the types of the client. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { renderCardGuide } from './cards.ts';
import { renderStatistics } from './statistics.ts';
import { renderExchange } from './exchange.ts';
import { renderClientTypes } from './client.ts';
import { renderEndpoints } from './endpoints.ts';
import { renderWorkflow } from './workflow.ts';

const from = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const at = (name: string): string => from(`docs/${name}`);

/** Path of each generated document → what its text should be. */
export const GENERATED: Readonly<Record<string, () => string>> = {
  [at('workflow.md')]: renderWorkflow,
  [at('card-templates.md')]: renderCardGuide,
  [at('statistics.md')]: renderStatistics,
  [at('exchange/openapi.json')]: renderExchange,
  [at('endpoints.md')]: () => renderEndpoints(),
  [from('server/client/src/schema.ts')]: () => renderClientTypes(),
};

if (import.meta.main) {
  for (const [path, render] of Object.entries(GENERATED)) {
    writeFileSync(path, render());
    console.log(path);
  }
}

/** `npm run docs`: writes the documents that are made from the code. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { renderCardGuide } from './cards.ts';
import { renderStatistics } from './statistics.ts';
import { renderExchange } from './exchange.ts';
import { renderWorkflow } from './workflow.ts';

const at = (name: string): string => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));

/** Path of each generated document → what its text should be. */
export const GENERATED: Readonly<Record<string, () => string>> = {
  [at('workflow.md')]: renderWorkflow,
  [at('card-templates.md')]: renderCardGuide,
  [at('statistics.md')]: renderStatistics,
  [at('exchange/openapi.json')]: renderExchange,
};

if (import.meta.main) {
  for (const [path, render] of Object.entries(GENERATED)) {
    writeFileSync(path, render());
    console.log(path);
  }
}

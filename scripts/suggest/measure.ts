/** `npm run suggest:measure`: how good suggestions are on reports the model has not seen, and how that grows. */
import type { Target } from '../../server/src/suggest/lessons.ts';
import { corpus } from './corpus.ts';
import { validate } from './validation.ts';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`.padStart(8);
const all = corpus();

for (const [target, name] of [
  ['unit', '主办单位 lead unit'],
  ['category', '类别 category'],
] as const satisfies [Target, string][]) {
  const m = validate(all, target);
  console.log(`\n${name}: ${m.asked} reports, ${m.labels} labels, ten-fold held out`);
  console.log(
    `  top 1              ${percent(m.top1)}   (always the commonest: ${percent(m.commonest).trim()})`,
  );
  console.log(`  top 3              ${percent(m.top3)}`);
  console.log(`  coverage           ${percent(m.coverage)}   share of reports where a suggestion is made`);
  console.log(`  right when made    ${percent(m.rightWhenSpoken)}`);
  console.log(`  calibration error  ${percent(m.calibrationError)}   belief against truth, by tenths:`);
  for (const bin of m.bins.filter((each) => each.asked > 0)) {
    console.log(
      `    ${bin.from.toFixed(1)}  ${String(bin.asked).padStart(4)} reports  believed ${percent(bin.belief)}  right ${percent(bin.right)}`,
    );
  }
  const grown = [0.25, 0.5, 1].map((share) => {
    const some = all.slice(0, Math.round(all.length * share));
    return `${some.length}: ${percent(validate(some, target).top3).trim()}`;
  });
  console.log(`  top 3 by size      ${grown.join('   ')}`);
}

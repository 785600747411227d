/** Words to find cases by, without a database's own full text: Chinese bigrams, whole Latin words and numbers. */

const HAN = /\p{Script=Han}/u;

/** The tokens of a text, each once, in order of appearance; at most 32 characters each. */
export function searchTokens(text: string): string[] {
  const found = new Set<string>();
  for (const run of text.toLowerCase().match(/\p{Script=Han}+|[\p{L}\p{N}]+/gu) ?? []) {
    if (!HAN.test(run)) {
      found.add(run.slice(0, 32));
      continue;
    }
    const characters = [...run];
    for (let i = 0; i + 1 < characters.length; i += 1) {
      found.add(`${characters[i]}${characters[i + 1]}`);
    }
    if (characters.length === 1) {
      found.add(run);
    }
  }
  return [...found];
}

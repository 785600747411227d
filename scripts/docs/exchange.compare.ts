/** What a new contract takes away from those who were written against the old one. */

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Words about a schema that bind nobody. */
const SAID = new Set(['description', 'title', 'examples', 'id', 'default']);

/**
 * Every way in which `now` breaks what `then` promised, each in one line; empty when only something was added.
 * @param sends whose messages: `ours` may never lose a field a reader relies on, `theirs` may never need a new one
 */
export function breaks(then: Json, now: Json, sends: 'ours' | 'theirs', at = ''): string[] {
  const found: string[] = [];
  for (const [key, was] of Object.entries(then)) {
    const is = now[key];
    const where = `${at}/${key}`;
    if (SAID.has(key) && !at.endsWith('/properties')) {
      continue;
    }
    if (key === 'required') {
      found.push(...required(was as string[], (is ?? []) as string[], sends, at));
    } else if (is === undefined) {
      found.push(`${where} is gone`);
    } else if (isObject(was) && isObject(is)) {
      found.push(...breaks(was, is, sends, where));
    } else if (Array.isArray(was) && was.every(isObject) && Array.isArray(is)) {
      was.forEach((one, i) => found.push(...breaks(one, (is as Json[])[i] ?? {}, sends, `${where}/${i}`)));
    } else if (JSON.stringify(was) !== JSON.stringify(is)) {
      found.push(`${where} was ${JSON.stringify(was)} and is ${JSON.stringify(is)}`);
    }
  }
  if (
    sends === 'theirs' &&
    then['required'] === undefined &&
    Array.isArray(now['required']) &&
    then['properties']
  ) {
    found.push(...required([], now['required'] as string[], sends, at));
  }
  return found;
}

function required(
  was: readonly string[],
  is: readonly string[],
  sends: 'ours' | 'theirs',
  at: string,
): string[] {
  return sends === 'ours'
    ? was.filter((name) => !is.includes(name)).map((name) => `${at}/${name} is not always there any more`)
    : is.filter((name) => !was.includes(name)).map((name) => `${at}/${name} is needed now`);
}

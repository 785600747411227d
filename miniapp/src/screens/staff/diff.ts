/** One run of characters that stayed, went or came. */
export interface Run {
  kind: 'same' | 'gone' | 'new';
  text: string;
}

/** Same runs shorter than this between two changes are noise: a shared comma does not make a sentence the same. */
const ISLAND = 2;
/** Above this many cells the comparison would be felt; the middle is then shown as one change. */
const MOST_CELLS = 4_000_000;

/**
 * What an edit did to a text, character by character (longest common subsequence), in reading order. Chinese has no
 * spaces to split words at, so characters are the unit.
 */
export function diffText(before: string, after: string): Run[] {
  const a = Array.from(before);
  const b = Array.from(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) {
    head += 1;
  }
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  ) {
    tail += 1;
  }
  const middle = compare(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  const runs: Run[] = [
    { kind: 'same', text: a.slice(0, head).join('') },
    ...withoutIslands(middle),
    { kind: 'same', text: a.slice(a.length - tail).join('') },
  ];
  return join(runs);
}

function compare(a: string[], b: string[]): Run[] {
  if (a.length === 0 || b.length === 0 || a.length * b.length > MOST_CELLS) {
    return [
      { kind: 'gone', text: a.join('') },
      { kind: 'new', text: b.join('') },
    ];
  }
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      longest[at] =
        a[i] === b[j] ? longest[at + width + 1]! + 1 : Math.max(longest[at + width]!, longest[at + 1]!);
    }
  }
  return walk(a, b, longest, width);
}

function walk(a: string[], b: string[], longest: Uint16Array, width: number): Run[] {
  const runs: Run[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      runs.push({ kind: 'same', text: a[i]! });
      i += 1;
      j += 1;
    } else if (
      j >= b.length ||
      (i < a.length && longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!)
    ) {
      runs.push({ kind: 'gone', text: a[i]! });
      i += 1;
    } else {
      runs.push({ kind: 'new', text: b[j]! });
      j += 1;
    }
  }
  return join(runs);
}

/** Turns short same runs between changes into part of the change, so that the eye meets phrases. */
function withoutIslands(runs: Run[]): Run[] {
  const out = runs.flatMap((run, at): Run[] => {
    const inside = at > 0 && at < runs.length - 1;
    if (run.kind !== 'same' || !inside || run.text.length >= ISLAND) {
      return [run];
    }
    return [
      { kind: 'gone', text: run.text },
      { kind: 'new', text: run.text },
    ];
  });
  return join(out);
}

/** Neighbours of one kind become one run; between two same runs, what went stands before what came. */
function join(runs: readonly Run[]): Run[] {
  const out: Run[] = [];
  let gone = '';
  let fresh = '';
  const flush = (): void => {
    if (gone) {
      out.push({ kind: 'gone', text: gone });
    }
    if (fresh) {
      out.push({ kind: 'new', text: fresh });
    }
    gone = '';
    fresh = '';
  };
  for (const run of runs) {
    if (run.text === '') {
      continue;
    }
    if (run.kind === 'gone') {
      gone += run.text;
    } else if (run.kind === 'new') {
      fresh += run.text;
    } else {
      flush();
      const last = out.at(-1);
      if (last?.kind === 'same') {
        last.text += run.text;
      } else {
        out.push({ ...run });
      }
    }
  }
  flush();
  return out;
}

/** A report written in one piece, and the same in its three parts. */
import { LENGTHS } from '@minqing/shared/words';

export interface Parts {
  situation: string;
  analysis: string;
  suggestion: string;
}

const HEADS = { analysis: '分析：', suggestion: '建议：' } as const;
const LONGEST = { analysis: LENGTHS.analysis, suggestion: LENGTHS.suggestion } as const;

/** The three parts as one text; null when that would be longer than the one field takes. */
export function inOnePiece({ situation, analysis, suggestion }: Parts): string | null {
  const text = [
    situation.trim(),
    analysis.trim() && `${HEADS.analysis}${analysis.trim()}`,
    suggestion.trim() && `${HEADS.suggestion}${suggestion.trim()}`,
  ]
    .filter(Boolean)
    .join('\n');
  return text.length > LENGTHS.situation ? null : text;
}

/** The parts of a text whose lines name them; what names nothing stays in the situation. */
export function inParts(text: string): Parts {
  const parts: Parts = { situation: '', analysis: '', suggestion: '' };
  let into: keyof Parts = 'situation';
  for (const line of text.split('\n')) {
    const head = (Object.keys(HEADS) as (keyof typeof HEADS)[]).find((key) => line.startsWith(HEADS[key]));
    into = head ?? into;
    const words = head ? line.slice(HEADS[head].length) : line;
    parts[into] = parts[into] === '' ? words : `${parts[into]}\n${words}`;
  }
  const fits = (Object.keys(LONGEST) as (keyof typeof LONGEST)[]).every(
    (key) => parts[key].length <= LONGEST[key],
  );
  return fits ? parts : { situation: text, analysis: '', suggestion: '' };
}

const MEMORY = 'minqing.plain';

/** Whether this person last wrote in one piece. */
export function prefersPlain(): boolean {
  try {
    return localStorage.getItem(MEMORY) === '1';
  } catch {
    return false;
  }
}

export function rememberPlain(plain: boolean): void {
  try {
    localStorage.setItem(MEMORY, plain ? '1' : '0');
  } catch {
    // A web view without storage asks for the parts each time.
  }
}

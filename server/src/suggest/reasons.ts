/** Why a candidate is named, in words that are true of the counts they come from. Pure. */
import type { SuggestionReason } from '@minqing/shared/contract';
import { categoryFeature, wordIn } from './lessons.ts';
import { speaks, type Candidate } from './model.ts';

/** Two cases are no history. */
const FEWEST = 3;
/** A share below this persuades nobody. */
const MOSTLY = 0.5;

interface Telling {
  /** 「交警支队」 or 「交通出行」 */
  name: string;
  /** 由…主办, 归… */
  verb: 'leads' | 'falls';
  /** The category of the case in question, when it is known. */
  category: { id: string; name: string } | null;
}

/** The strongest word, else the category, else how many cases it had at all. Empty when nothing can be said. */
export function reasonsOf(candidate: Candidate, telling: Telling): SuggestionReason[] {
  const word = wordReason(candidate, telling);
  if (word) {
    return [word];
  }
  const category = categoryReason(candidate, telling);
  if (category) {
    return [category];
  }
  // How much it had at all is a reason only where something of this case speaks for it as well.
  const spokenFor = candidate.evidence.some((e) => speaks(e) && wordIn(e.feature) !== null);
  return spokenFor && candidate.cases >= FEWEST && telling.verb === 'leads'
    ? [{ kind: 'cases', text: `主办过 ${candidate.cases} 件` }]
    : [];
}

const did = ({ name, verb }: Telling): string => (verb === 'leads' ? `由${name}主办` : `归「${name}」`);

function wordReason({ evidence }: Candidate, telling: Telling): SuggestionReason | null {
  const telltale = evidence
    .filter((e) => wordIn(e.feature) !== null && speaks(e) && e.all >= FEWEST && e.own / e.all >= MOSTLY)
    .toSorted((a, b) => b.weight * Math.log(b.own + 1) - a.weight * Math.log(a.own + 1))[0];
  return telltale
    ? {
        kind: 'word',
        text: `过去 ${telltale.all} 件「${wordIn(telltale.feature)}」的民情里，${telltale.own} 件${did(telling)}`,
      }
    : null;
}

function categoryReason({ evidence }: Candidate, telling: Telling): SuggestionReason | null {
  const { category } = telling;
  const found = category && evidence.find((e) => e.feature === categoryFeature(category.id));
  return category && found && found.all >= FEWEST && found.own > 0
    ? {
        kind: 'category',
        text: `过去 ${found.all} 件${category.name}类民情里，${found.own} 件${did(telling)}`,
      }
    : null;
}

export const loadText = (open: number, overdue: number): string => {
  if (open === 0) {
    return '手上没有在办的';
  }
  return `手上 ${open} 件，${overdue === 0 ? '无超期' : `${overdue} 件超期`}`;
};

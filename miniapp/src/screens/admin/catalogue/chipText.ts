/** Words with variables in an editable element: each variable one piece that is there whole or not at all. */
import { partsOf, wordingOf, type WordingPart } from '@minqing/shared/wording';

/** Draws the words; a variable nobody knows is marked. */
export function drawChips(element: HTMLElement, wording: string, known: readonly string[]): void {
  element.textContent = '';
  for (const part of partsOf(wording)) {
    element.append('text' in part ? document.createTextNode(part.text) : chipOf(part.variable, known));
  }
}

/** The one piece of a variable. */
export function chipOf(variable: string, known: readonly string[]): HTMLElement {
  const chip = document.createElement('span');
  chip.className = known.includes(variable) ? 'va' : 'va bad';
  chip.contentEditable = 'false';
  chip.dataset.variable = variable;
  chip.textContent = variable;
  return chip;
}

function readNode(node: Node, first: boolean): WordingPart[] {
  if (node.nodeType === Node.TEXT_NODE) {
    return [{ text: node.textContent ?? '' }];
  }
  if (!(node instanceof HTMLElement)) {
    return [];
  }
  if (node.dataset.variable !== undefined) {
    return [{ variable: node.dataset.variable }];
  }
  if (node.tagName === 'BR') {
    return [{ text: '\n' }];
  }
  // A browser wraps a new line in a block of its own.
  const inner = [...node.childNodes].flatMap((child, at) => readNode(child, at === 0));
  return /^(DIV|P)$/.test(node.tagName) && !first ? [{ text: '\n' }, ...inner] : inner;
}

/** What stands in the element as words with variables. */
export function readChips(element: HTMLElement): string {
  const parts = [...element.childNodes].flatMap((node, at) => readNode(node, at === 0));
  return wordingOf(parts)
    .replace(/\u00a0/g, ' ')
    .replace(/\n$/, '');
}

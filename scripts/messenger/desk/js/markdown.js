// @ts-check
/** The little of Markdown that work notices carry: headings, quotes, list items, bold, links. No HTML ever gets through. */

/** @typedef {{ text: string, bold: boolean, url: string }} Span */
/** @typedef {{ tag: 'head' | 'quote' | 'item' | 'line', spans: Span[] }} Block */

/**
 * @param {string} source
 * @returns {Block[]}
 */
export function readMarkdown(source) {
  return source
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .split(/\n|(?: {2}\n)/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^-{3,}$/.test(line))
    .map(readBlock);
}

/** @param {string} line @returns {Block} */
function readBlock(line) {
  const head = /^#{1,6}\s+(.*)$/.exec(line);
  if (head !== null) {
    return { tag: 'head', spans: readSpans(head[1] ?? '') };
  }
  const quote = /^>\s?(.*)$/.exec(line);
  if (quote !== null) {
    return { tag: 'quote', spans: readSpans(quote[1] ?? '') };
  }
  const item = /^(?:[-*]|\d+\.)\s+(.*)$/.exec(line);
  return item === null
    ? { tag: 'line', spans: readSpans(line) }
    : { tag: 'item', spans: readSpans(item[1] ?? '') };
}

/** @param {string} line @returns {Span[]} */
function readSpans(line) {
  /** @type {Span[]} */
  const spans = [];
  let last = 0;
  for (const match of line.matchAll(/\*\*(.+?)\*\*|!?\[([^\]]*)\]\(([^)\s]+)\)/g)) {
    if (match.index > last) {
      spans.push({ text: line.slice(last, match.index), bold: false, url: '' });
    }
    const isPicture = match[0].startsWith('!');
    if (!isPicture) {
      spans.push({ text: match[1] ?? match[2] ?? '', bold: match[1] !== undefined, url: match[3] ?? '' });
    }
    last = match.index + match[0].length;
  }
  if (last < line.length) {
    spans.push({ text: line.slice(last), bold: false, url: '' });
  }
  return spans;
}

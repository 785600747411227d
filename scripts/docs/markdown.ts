/** Small pieces of Markdown the generated documents are made of. */

/** Stands at the top of every generated document, so that nobody edits it by hand. */
export function generated(from: string): string {
  return `<!-- 由 \`npm run docs\` 从 ${from} 生成，请勿手改。 -->`;
}

/** A table; a `|` or a line break in a cell is made harmless. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** A word as it stands in the code; nothing for nothing. */
export function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

/** Blocks with an empty line between them and one line break at the end. */
export function page(blocks: readonly string[]): string {
  return `${blocks.join('\n\n')}\n`;
}

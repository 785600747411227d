/** Excel workbooks: written while they are read, and what the workbook of a list is. The only door of this folder. */
export { noFormula } from './formula.ts';
export {
  linesCell,
  momentCell,
  part,
  sheetsOf,
  yesCell,
  type Book,
  type ColumnOf,
  type Part,
} from './table.ts';
export { workbook, type Cell, type Column, type Sheet } from './workbook.ts';

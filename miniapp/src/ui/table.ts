/** A list that the server also gives as a workbook. */
export interface ListTable {
  /** The list's own address; its workbook stands under `/table`. */
  path: string;
  /** As the list is read; what is undefined is left out. */
  query?: Record<string, string | number | undefined>;
  /** Of the file, without its ending. */
  name: string;
  /** On the button, where 导出 alone would not say which. */
  label?: string;
}

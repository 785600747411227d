/** Text that no spreadsheet takes for a formula, however it is saved and opened again: what begins like one gets an apostrophe. */
export const noFormula = (text: string): string => (/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text);

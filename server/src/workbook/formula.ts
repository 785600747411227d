/** Signs a sheet cannot hold: they are left out before the text is looked at, so that none hides what begins like a formula. */
const UNHELD =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** Before the sign, what a spreadsheet may drop or not show: blanks of every width, joiners, marks of direction. */
const FORMULA = /^[\s\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** What XML 1.0 cannot hold is left out. */
export const heldText = (text: string): string => text.replace(UNHELD, '');

/** Text that no spreadsheet takes for a formula, however it is saved and opened again: what begins like one gets an apostrophe. */
export const noFormula = (text: string): string => {
  const held = heldText(text);
  return FORMULA.test(held) ? `'${held}` : held;
};

/** What the set-up says. Everything a person reads comes in Chinese first and in English after. */

/** Prints one step or remark, on standard output.
 * @param {string} chinese
 * @param {string} english
 */
export function say(chinese, english) {
  console.log(`▸ ${chinese}\n  ${english}`);
}

/** Prints what went wrong and what to do about it, on standard error.
 * @param {string} chinese
 * @param {string} english
 */
export function complain(chinese, english) {
  console.error(`\n✗ ${indent(chinese)}\n\n  ${indent(english)}\n`);
}

/** @param {string} text */
function indent(text) {
  return text.split('\n').join('\n  ');
}

/** What the set-up says. Everything a person reads comes in Chinese first and in English after. */

/** Prints one step or remark, on standard output.
 * @param {string} chinese
 * @param {string} english
 */
export function say(chinese, english) {
  console.log(`▸ ${chinese}\n  ${english}`);
}

const PULSE_MS = 20_000;

/**
 * Waits for something that may take long, and says so every 20 seconds.
 * @template T
 * @param {string} chinese what is being done, e.g. 安装
 * @param {string} english the same, e.g. installing
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
export async function patiently(chinese, english, work) {
  const began = Date.now();
  const pulse = setInterval(() => {
    const seconds = Math.round((Date.now() - began) / 1000);
    say(`仍在${chinese}，已 ${seconds} 秒……`, `Still ${english}, ${seconds} s…`);
  }, PULSE_MS);
  try {
    return await work;
  } finally {
    clearInterval(pulse);
  }
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

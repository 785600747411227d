// @ts-check
/** What roles are called on the desk, and in which order they are listed. */

/** @type {[code: string, word: string][]} */
const ROLES = [
  ['member', '委员'],
  ['reviewer', '政协审核'],
  ['dispatcher', '三服务办'],
  ['handler', '经办人'],
  ['head', '负责人'],
  ['inspector', '督查'],
  ['leader', '领导'],
  ['admin', '管理员'],
];
const WORDS = new Map(ROLES);
const ORDER = new Map(ROLES.map(([code], index) => [code, index]));

/** @param {string} role @returns {string} */
export function roleWord(role) {
  return WORDS.get(role) ?? role;
}

/**
 * Who somebody is, on one short line: 「委员 · 市政协」, 「政协审核」, 「交警支队经办人」.
 * @param {import('./types.js').Person} person
 * @returns {string}
 */
export function personLine(person) {
  const words = person.roles.map(roleWord).join('、');
  if (words === '' || person.unit === '') {
    return words || person.unit;
  }
  if (person.unit.includes(words)) {
    return shortUnit(person.unit);
  }
  const unitFirst = person.roles.some((role) => role === 'handler' || role === 'head');
  return unitFirst ? `${shortUnit(person.unit)}${words}` : `${words} · ${shortUnit(person.unit)}`;
}

/**
 * A unit without the city's name before it, as people in the city call it.
 * @param {string} unit
 */
export function shortUnit(unit) {
  return unit.replace(/^(浙江省)?金华(?=市.)/, '').replace(/^市公安局(?=.+支队)/, '');
}

/**
 * The heading somebody is listed under: the role for the CPPCC and government side, the unit for those who answer.
 * @param {import('./types.js').Person} person
 * @returns {{ key: string, order: number }}
 */
export function groupOf(person) {
  const role = [...person.roles].sort((a, b) => roleOrder(a) - roleOrder(b))[0] ?? '';
  const order = roleOrder(role);
  if (role === 'handler' || role === 'head') {
    return { key: person.unit || '承办单位', order: roleOrder('handler') };
  }
  const word = role === '' ? '其他人' : roleWord(role);
  return { key: person.unit === '' ? word : `${word} · ${person.unit}`, order };
}

/** @param {string} role */
function roleOrder(role) {
  return ORDER.get(role) ?? ROLES.length;
}

/** @param {string} host @returns {string} */
export function hostWord(host) {
  return /zhezheng|gdt|zwdd|taurus/i.test(host) ? '浙政钉' : '钉钉';
}

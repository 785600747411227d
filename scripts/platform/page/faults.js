// @ts-check
/** What the stand-in can be told to do wrong. */

/** @type {[name: string, label: string, kind: 'number' | 'share' | 'tick'][]} */
const FAULTS = [
  ['slowMs', '回答慢（毫秒）', 'number'],
  ['loseAnswers', '收到后不回答', 'share'],
  ['duplicates', '重复发送', 'share'],
  ['reorder', '乱序发送', 'share'],
  ['drop', '发送丢失', 'share'],
  ['wrongSignature', '签名错误', 'share'],
  ['alterFiles', '附件内容被改', 'tick'],
  ['staleLinks', '附件链接已过期', 'tick'],
  ['down', '停机', 'tick'],
];

/** The form by which it is told to go wrong. @param {any} page what the page draws and calls with */
export function drawFaults({ $, el, call, refresh, faults }) {
  $('fault-form').replaceChildren(
    ...FAULTS.map(([name, label, kind]) =>
      kind === 'tick'
        ? el(
            'label',
            { class: 'tick' },
            el('input', {
              type: 'checkbox',
              checked: faults[name],
              onchange: (/** @type {Event} */ e) =>
                call('POST', '/faults', { [name]: /** @type {HTMLInputElement} */ (e.target).checked }),
            }),
            ` ${label}`,
          )
        : el(
            'label',
            {},
            kind === 'share' ? `${label}（0–1）` : label,
            el('input', {
              type: 'number',
              min: 0,
              max: kind === 'share' ? 1 : 20000,
              step: kind === 'share' ? 0.1 : 100,
              value: faults[name],
              onchange: (/** @type {Event} */ e) =>
                call('POST', '/faults', { [name]: Number(/** @type {HTMLInputElement} */ (e.target).value) }),
            }),
          ),
    ),
    el('button', { type: 'button', onclick: () => call('POST', '/backup') }, '备份'),
    el(
      'button',
      {
        type: 'button',
        onclick: () => call('POST', '/restore').then(refresh, (/** @type {Error} */ e) => alert(e.message)),
      },
      '恢复到上次备份',
    ),
  );
}

// @ts-check
/** The clerk's page: what came, what may be done with it, and what went back. */
import { drawFaults } from './faults.js';

const $ = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @type {{ chosen: string | null, form: string | null, overview: any, seen: string }} */
const state = {
  chosen: new URLSearchParams(location.hash.slice(1)).get('case'),
  form: null,
  overview: null,
  seen: '',
};

/** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>} */
async function call(method, path, body) {
  const answer = await fetch(`/desk${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const value = await answer.json();
  if (!answer.ok) {
    throw new Error(value.title ?? '没有办成，请再试');
  }
  return value;
}

/** @param {string} tag @param {Record<string, unknown>} attributes @param {...(Node | string)} children */
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on') && typeof value === 'function') {
      made.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    } else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(name, value === true ? '' : String(value));
    }
  }
  made.append(...children);
  return made;
}

const time = (/** @type {string} */ iso) => iso.slice(5, 16).replace('T', ' ');
const unitName = (/** @type {string | null} */ code) =>
  state.overview.units.find((/** @type {any} */ u) => u.code === code)?.name ?? code ?? '';

function drawList() {
  const { matters, states } = state.overview;
  $('list').replaceChildren(
    ...(matters.length === 0
      ? [el('p', { class: 'empty' }, '还没有转来的事项。永康市政协受理后会出现在这里。')]
      : matters.map((/** @type {any} */ m) =>
          el(
            'button',
            {
              class: 'row',
              type: 'button',
              'aria-current': m.caseId === state.chosen,
              onclick: () => choose(m.caseId),
            },
            el('b', {}, m.title),
            el('span', { class: 'state' }, states[m.state]),
            el('small', {}, `  ${m.number || '还没有编号'}`),
          ),
        )),
  );
}

/** @param {string} caseId */
function choose(caseId) {
  state.chosen = caseId;
  state.form = null;
  state.seen = '';
  history.replaceState(null, '', `#case=${caseId}`);
  drawList();
  void drawOne();
}

/** @type {Record<string, string>} */
const WORDS = {
  'case.handed': '转来',
  'case.corrected': '更正',
  'author.supplemented': '反映人补充',
  'author.answered': '反映人回答',
  'question.lapsed': '核实到期',
  'author.rated': '反映人评价',
  'case.settled': '评价结果',
  'case.ruled': '裁定',
  'case.reopened': '重新办理',
  'case.cancelled': '撤回',
  'case.urged': '催办',
  'case.supervised': '督办',
  'case.instructed': '批示',
  'case.received': '接收',
  'office.dispatched': '派单',
  'office.redispatched': '改派',
  'office.recalled': '撤回派单',
  'office.sentBack': '退回政协',
  'office.extensionGranted': '同意延期',
  'office.extensionDenied': '不同意延期',
  'unit.signed': '签收',
  'unit.progressed': '进展',
  'unit.asked': '核实',
  'unit.returned': '单位退单',
  'unit.extensionRequested': '申请延期',
  'unit.replied': '答复',
};
/** @param {any} data */
const said = (data) =>
  [data.stars ? `${data.stars} 星` : '', data.text, data.reason, data.question].filter(Boolean).join('，');

async function drawOne() {
  if (!state.chosen) {
    return;
  }
  const m = await call('GET', `/matters/${state.chosen}`).catch(() => null);
  if (!m) {
    $('one').replaceChildren(el('p', { class: 'empty' }, '这件不在了，请从左边另选一件。'));
    return;
  }
  const seen = JSON.stringify(m);
  if (state.form !== null || seen === state.seen) {
    return; // nothing new, or somebody is writing
  }
  state.seen = seen;
  const due = Object.entries(m.due).at(-1);
  $('one').replaceChildren(
    el('h2', {}, m.title),
    el(
      'p',
      { class: 'facts' },
      el('span', { class: 'state' }, state.overview.states[m.state]),
      `  ${m.number || '还没有编号'}`,
      m.lead ? `，主办 ${unitName(m.lead)}` : '',
      due ? `，时限 ${time(/** @type {string} */ (due[1]))}` : '',
    ),
    el('p', { class: 'words' }, m.handed?.situation ?? ''),
    el(
      'p',
      { class: 'facts' },
      `地点：${m.handed?.place.text ?? ''}；反映人：${m.handed?.author?.name ?? '匿名'}`,
    ),
    m.files.length > 0
      ? el(
          'p',
          { class: 'facts' },
          '附件：',
          ...m.files.map((/** @type {any} */ file) =>
            file.here
              ? el('a', { href: `/desk/files/${file.id}`, download: file.name }, `${file.name} `)
              : el(
                  'span',
                  { class: file.problem ? 'problem' : 'wait' },
                  `${file.name}（${file.problem || '在取'}） `,
                ),
          ),
        )
      : '',
    el(
      'div',
      { class: 'acts' },
      ...m.acts.map((/** @type {any} */ act, /** @type {number} */ i) =>
        el(
          'button',
          { class: i === 0 ? 'act main' : 'act', type: 'button', onclick: () => open(act) },
          act.label,
        ),
      ),
    ),
    el('div', { id: 'form' }),
    el(
      'ol',
      { class: 'log' },
      ...m.log
        .toReversed()
        .map((/** @type {any} */ entry) =>
          el(
            'li',
            {},
            el(
              'small',
              {},
              `${time(entry.at)}  ${entry.side === 'M' ? '民情一点通' : entry.unit ? unitName(entry.unit) : '本平台'}`,
            ),
            el('div', {}, `${WORDS[entry.type] ?? entry.type}  ${said(entry.data)}`),
            entry.problem
              ? el('small', { class: 'problem' }, entry.problem)
              : entry.unsent
                ? el('small', { class: 'wait' }, '待发')
                : '',
          ),
        ),
    ),
  );
}

/** @type {Record<string, (form: any) => Node>} */
const FIELDS = {
  lead: () =>
    el(
      'label',
      {},
      '主办单位',
      el(
        'select',
        { name: 'lead', required: true },
        ...state.overview.units.map((/** @type {any} */ u) => el('option', { value: u.code }, u.name)),
      ),
    ),
  co: () =>
    el(
      'fieldset',
      {},
      el('legend', {}, '协办单位'),
      ...state.overview.units.map((/** @type {any} */ u) =>
        el(
          'label',
          { class: 'tick' },
          el('input', { type: 'checkbox', name: 'co', value: u.code }),
          ` ${u.name}`,
        ),
      ),
    ),
  days: () =>
    el('label', {}, '几天内答复', el('input', { name: 'days', type: 'number', min: 1, max: 30, value: 3 })),
  text: (act) =>
    el(
      'label',
      {},
      act.name === 'dispatch' ? '派单意见（可不填）' : '内容',
      el('textarea', { name: 'text', required: act.name !== 'dispatch' }),
    ),
  reason: () => el('label', {}, '原因', el('textarea', { name: 'reason', required: true })),
  question: () => el('label', {}, '想核实的问题', el('textarea', { name: 'question', required: true })),
  until: () => el('label', {}, '延到哪一天', el('input', { name: 'until', type: 'date', required: true })),
  class: () =>
    el(
      'label',
      {},
      '结果',
      el(
        'select',
        { name: 'class' },
        el('option', { value: 'solved' }, '已解决'),
        el('option', { value: 'planned' }, '列入计划'),
        el('option', { value: 'declined' }, '暂不能办'),
      ),
    ),
  promisedOn: () =>
    el('label', {}, '承诺日期（列入计划时填）', el('input', { name: 'promisedOn', type: 'date' })),
  files: () =>
    el('label', {}, '附件（可不选）', el('input', { name: 'files', type: 'file', multiple: true })),
};

/** Uploads what was chosen; answers the ids. @param {FormData} data */
async function upload(data) {
  const ids = [];
  for (const file of /** @type {File[]} */ (data.getAll('files'))) {
    if (file.size > 0) {
      const address = `/desk/matters/${state.chosen}/files?name=${encodeURIComponent(file.name)}`;
      const answer = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': file.type },
        body: file,
      });
      ids.push((await answer.json()).id);
    }
  }
  return ids;
}

/** @param {{ name: string, label: string, asks: string[] }} act */
function open(act) {
  const asks = act.asks.filter((name) => name in FIELDS);
  if (asks.length === 0) {
    void perform(act.name, {});
    return;
  }
  state.form = act.name;
  const form = el(
    'form',
    {
      class: 'fill',
      'aria-label': act.label,
      onsubmit: async (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        const data = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
        const files = data.has('files') ? await upload(data) : [];
        const given = Object.fromEntries(
          [...data.entries()].filter(([name, value]) => name !== 'co' && name !== 'files' && value !== ''),
        );
        void perform(act.name, {
          ...given,
          co: data.getAll('co').filter((code) => code !== data.get('lead')),
          ...(given.days ? { days: Number(given.days) } : {}),
          files,
        });
      },
    },
    ...asks.map((name) => /** @type {(act: any) => Node} */ (FIELDS[name])(act)),
    el('button', { type: 'submit' }, act.label),
    el(
      'button',
      {
        type: 'button',
        onclick: () => {
          state.form = null;
          state.seen = '';
          void drawOne();
        },
      },
      '取消',
    ),
  );
  $('form').replaceChildren(form);
  /** @type {HTMLElement | null} */ (form.querySelector('select, input, textarea'))?.focus();
}

/** @param {string} name @param {object} given */
async function perform(name, given) {
  try {
    await call('POST', `/matters/${state.chosen}/acts/${name}`, given);
    state.form = null;
    state.seen = '';
    await refresh();
  } catch (error) {
    const form = $('form');
    form.querySelector('.problem')?.remove();
    form.append(el('p', { class: 'problem', role: 'alert' }, /** @type {Error} */ (error).message));
  }
}

async function refresh() {
  try {
    state.overview = await call('GET', '/matters');
    $('name').textContent = state.overview.name;
    $('now').textContent =
      `${time(state.overview.now)}${state.overview.waiting > 0 ? `，${state.overview.waiting} 条待发` : ''}`;
    drawList();
    await drawOne();
  } catch {
    $('now').textContent = '连不上平台，正在重试…';
  }
}

await refresh();
drawFaults({ $, el, call, refresh, faults: state.overview.faults });
setInterval(() => void refresh(), 1_000);

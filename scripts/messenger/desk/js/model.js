// @ts-check
/**
 * From the control API's JSON to the shapes of `types.js`. A card's components arrive with their texts resolved; flags and
 * lists may still be text, because card variables are, so they are read leniently here and nowhere else.
 */
import { readTime } from './time.js';

/** @typedef {Record<string, unknown>} Raw */

/** @param {unknown} value @returns {Raw} */
function record(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? /** @type {Raw} */ (value)
    : {};
}

/** @param {unknown} value @returns {string} */
export function text(value) {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** @param {unknown} value @param {boolean} [missing] what an absent flag means @returns {boolean} */
function flag(value, missing = false) {
  if (value === undefined || value === null) {
    return missing;
  }
  return typeof value === 'boolean' ? value : value !== '' && value !== 'false' && value !== 0;
}

/** @param {unknown} value a list, or a list as JSON text @returns {Raw[]} */
export function list(value) {
  if (Array.isArray(value)) {
    return value.map(record);
  }
  if (typeof value !== 'string' || !value.startsWith('[')) {
    return [];
  }
  try {
    return list(JSON.parse(value));
  } catch {
    return [];
  }
}

/** @param {Raw} raw @returns {Raw[]} the rows of a component that shows a list */
function rowsOf(raw) {
  return list(raw.items ?? raw.list ?? raw.value);
}

/** @param {unknown} value @returns {string[]} */
function strings(value) {
  return Array.isArray(value) ? value.map(text) : [];
}

/** @param {Raw} raw */
function textOf(raw) {
  return text(raw.text);
}

/** @param {Raw} raw */
function field(raw) {
  return { label: text(raw.label ?? raw.key), value: text(raw.value), strong: flag(raw.strong) };
}

/** @type {Record<string, (raw: Raw) => import('./types.js').Part>} */
const READERS = {
  strip: (raw) => ({
    kind: 'strip',
    text: textOf(raw),
    light: text(raw.light),
    lightText: text(raw.lightText),
  }),
  title: (raw) => ({ kind: 'title', text: textOf(raw), quiet: flag(raw.quiet) }),
  text: (raw) => ({
    kind: 'text',
    text: textOf(raw),
    tone: text(raw.tone) || 'normal',
    maxLines: Number(raw.maxLines) || 0,
  }),
  fields: (raw) => ({ kind: 'fields', items: rowsOf(raw).map(field) }),
  images: (raw) => ({
    kind: 'images',
    items: rowsOf(raw).map((item) => ({ url: text(item.url), alt: text(item.alt) })),
  }),
  figures: (raw) => ({
    kind: 'figures',
    items: rowsOf(raw).map((item) => ({ label: text(item.label), value: text(item.value) })),
  }),
  divider: (raw) => ({ kind: 'divider', text: textOf(raw) }),
  select: (raw) => ({
    kind: 'select',
    name: text(raw.name),
    placeholder: text(raw.placeholder),
    options: strings(raw.options),
  }),
  input: (raw) => ({
    kind: 'input',
    name: text(raw.name),
    placeholder: text(raw.placeholder),
    maxLength: Number(raw.maxLength) || 300,
    value: text(raw.value),
  }),
  stars: (raw) => ({
    kind: 'stars',
    actionId: text(raw.actionId),
    value: Number(raw.value) || 0,
    caption: text(raw.caption),
    done: flag(raw.done),
  }),
  button: (raw) => ({
    kind: 'button',
    actionId: text(raw.actionId),
    text: textOf(raw) || text(raw.title),
    style: text(raw.style) || 'primary',
    inputs: strings(raw.inputs),
    params: /** @type {Record<string, string>} */ (record(raw.params)),
    enabled: flag(raw.enabled, true),
  }),
  link: (raw) => ({
    kind: 'link',
    text: textOf(raw) || text(raw.title),
    url: text(raw.url),
    style: text(raw.style) || 'quiet',
  }),
  row: (raw) => ({ kind: 'row', items: readParts(rowsOf(raw)) }),
};

/**
 * @param {unknown} value a card's components
 * @returns {import('./types.js').Part[]} without the kinds this page does not know and without empty texts
 */
export function readParts(value) {
  return list(value).flatMap((raw) => {
    const read = READERS[text(raw.kind)];
    const part = read === undefined ? null : read(raw);
    return part === null || isEmpty(part) ? [] : [part];
  });
}

/** @param {import('./types.js').Part} part */
function isEmpty(part) {
  if (part.kind === 'text' || part.kind === 'title') {
    return part.text === '';
  }
  return 'items' in part && part.items.length === 0;
}

/**
 * A work notice has no components of its own: the messenger lays it out. Same parts, the messenger's order.
 * @param {Raw} raw a chat item
 * @returns {import('./types.js').Part[]}
 */
function noticeParts(raw) {
  const isMarkdown = raw.kind === 'markdown' || raw.kind === 'actionCard';
  /** @type {Raw[]} */
  const buttons = list(raw.buttons)
    .filter((button) => button.url !== raw.url)
    .map((button, index) => ({
      kind: 'link',
      text: button.title,
      url: button.url,
      style: text(button.style) || (index === 0 ? 'primary' : 'soft'),
    }));
  const head = readParts([
    { kind: 'title', text: isMarkdown && startsWithTitle(raw) ? '' : raw.title },
    { kind: 'fields', items: raw.fields },
  ]);
  /** @type {import('./types.js').Part[]} */
  const body = isMarkdown
    ? text(raw.text) === ''
      ? []
      : [{ kind: 'markdown', text: text(raw.text) }]
    : readParts([{ kind: 'text', text: raw.text, tone: 'quiet', maxLines: raw.kind === 'oa' ? 3 : 0 }]);
  const tail = readParts([
    { kind: 'figures', items: raw.figures },
    { kind: 'images', items: images(raw) },
    ...buttons,
  ]);
  return [...head, ...body, ...tail];
}

/** @param {Raw} raw whether the markdown opens with the very title that would be shown above it */
function startsWithTitle(raw) {
  const title = text(raw.title);
  return (
    title !== '' &&
    text(raw.text)
      .replace(/^[#*>\s]+/, '')
      .startsWith(title)
  );
}

/** @param {Raw} raw @returns {Raw[]} pictures are addresses in a notice, objects in a card */
function images(raw) {
  return Array.isArray(raw.images)
    ? raw.images.map((image) => (typeof image === 'string' ? { url: image, alt: '' } : record(image)))
    : [];
}

/**
 * @param {Raw} raw one item of `GET /control/people/:id/chat`
 * @returns {import('./types.js').ChatItem}
 */
export function readChatItem(raw) {
  const components = readParts(raw.components);
  const parts = components.length > 0 ? components : noticeParts(raw);
  const status = record(raw.status);
  const sentAt = readTime(raw.sentAt) ?? 0;
  return {
    id: text(raw.id),
    kind: text(raw.kind),
    outTrackId: text(raw.outTrackId),
    title: text(raw.title),
    url: text(raw.url),
    parts,
    status: text(status.text) === '' ? null : { text: text(status.text), bg: statusColour(text(status.bg)) },
    handled: text(raw.state) === 'handled' || parts.some((part) => part.kind === 'title' && part.quiet),
    recalled: flag(raw.recalled),
    sentAt,
    updatedAt: readTime(raw.updatedAt) ?? sentAt,
  };
}

/**
 * @param {string} colour as the platform writes it: `0xFFF65E5E`, alpha first
 * @returns {string} `#F65E5E`, or empty when it is none
 */
export function statusColour(colour) {
  const hex = /^(?:0x|#)?(?:[0-9a-f]{2})?([0-9a-f]{6})$/i.exec(colour);
  return hex === null ? '' : `#${hex[1]}`;
}

/**
 * Every part of a card, those inside rows too.
 * @param {import('./types.js').Part[]} parts
 * @returns {import('./types.js').Part[]}
 */
export function flatten(parts) {
  return parts.flatMap((part) => (part.kind === 'row' ? flatten(part.items) : [part]));
}

/**
 * @param {Raw} raw one to-do
 * @returns {import('./types.js').Todo}
 */
export function readTodo(raw) {
  const detail = record(raw.detailUrl);
  return {
    id: text(raw.id),
    subject: text(raw.subject),
    dueAt: readTime(raw.dueTime),
    doneAt: readTime(raw.finishTime),
    url: text(raw.detailUrl) || text(detail.appUrl) || text(detail.pcUrl),
  };
}

/**
 * @param {Raw} raw one of `GET /control/people`
 * @returns {import('./types.js').Person}
 */
export function readPerson(raw) {
  const roles = Array.isArray(raw.roles) ? raw.roles : [];
  return {
    id: text(raw.id),
    name: text(raw.name),
    roles: [
      ...new Set(roles.map((role) => text(role) || text(record(role).role)).filter((role) => role !== '')),
    ],
    unit: text(raw.unit) || text(record(raw.unit).name),
    host: text(raw.host),
  };
}

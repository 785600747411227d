// @ts-check
/**
 * The shapes the desk works with. `api.js` turns what the control API answers into these, so that the rest of the page
 * never meets a missing list or a flag written as text.
 *
 * @typedef {{ id: string, name: string, roles: string[], unit: string, host: string }} Person
 *
 * @typedef {{ kind: 'strip', text: string, light: string, lightText: string }} StripPart
 * @typedef {{ kind: 'title', text: string, quiet: boolean }} TitlePart
 * @typedef {{ kind: 'text', text: string, tone: string, maxLines: number }} TextPart
 * @typedef {{ kind: 'fields', items: { label: string, value: string, strong: boolean }[] }} FieldsPart
 * @typedef {{ kind: 'images', items: { url: string, alt: string }[] }} ImagesPart
 * @typedef {{ kind: 'figures', items: { label: string, value: string }[] }} FiguresPart
 * @typedef {{ kind: 'divider', text: string }} DividerPart
 * @typedef {{ kind: 'select', name: string, placeholder: string, options: string[] }} SelectPart
 * @typedef {{ kind: 'input', name: string, placeholder: string, maxLength: number, value: string }} InputPart
 * @typedef {{ kind: 'stars', actionId: string, value: number, caption: string, done: boolean }} StarsPart
 * @typedef {{ kind: 'button', actionId: string, text: string, style: string, inputs: string[],
 *   params: Record<string, string>, enabled: boolean }} ButtonPart
 * @typedef {{ kind: 'link', text: string, url: string, style: string }} LinkPart
 * @typedef {{ kind: 'markdown', text: string }} MarkdownPart
 * @typedef {{ kind: 'row', items: Part[] }} RowPart
 * @typedef {StripPart | TitlePart | TextPart | FieldsPart | ImagesPart | FiguresPart | DividerPart | SelectPart |
 *   InputPart | StarsPart | ButtonPart | LinkPart | MarkdownPart | RowPart} Part
 *
 * @typedef {{ id: string, kind: string, outTrackId: string, title: string, url: string, parts: Part[],
 *   status: { text: string, bg: string } | null, handled: boolean, recalled: boolean, sentAt: number,
 *   updatedAt: number }} ChatItem  Times are business time, epoch milliseconds.
 *
 * @typedef {{ id: string, subject: string, dueAt: number | null, doneAt: number | null, url: string }} Todo
 * @typedef {{ open: Todo[], done: Todo[] }} TodoLists
 *
 * @typedef {{ kind: string, label: string }} Fault
 *
 * @typedef {{ seq: number, at: number, toApp: boolean, api: string, operation: string, personIds: string[],
 *   recipients: string[], tone: 'ok' | 'bad' | 'fault', verdict: string, detail: string }} LogEntry
 *   `fault` is trouble somebody asked for, `bad` any other.
 *
 * @typedef {{ at: number, label: string }} Deadline
 */
export {};

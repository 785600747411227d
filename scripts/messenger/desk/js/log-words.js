// @ts-check
/** The messenger's log in words: what was called, for whom, and how it ended. */
import { readTime } from './time.js';
import { text } from './model.js';

/** @typedef {import('./types.js').LogEntry} LogEntry */

/**
 * @param {Record<string, unknown>} raw one entry of `GET /control/log`: `direction` is `in` for a call of the app's,
 *   `out` for one the messenger made; `operation` is already in words
 * @returns {LogEntry}
 */
export function readLogEntry(raw) {
  const status = Number(raw.status) || 0;
  const call = [raw.method, raw.path]
    .map(text)
    .filter((part) => part !== '')
    .join(' ');
  const toApp = raw.direction === 'out';
  return {
    seq: Number(raw.seq) || 0,
    at: readTime(raw.time) ?? 0,
    toApp,
    api: text(raw.api),
    operation: text(raw.operation) || text(raw.api),
    personIds: texts(raw.personIds),
    recipients: texts(raw.recipients),
    ...verdictOf(raw, status, toApp),
    detail: [call, status > 0 ? String(status) : '', text(raw.code), text(raw.note)]
      .filter((part) => part !== '')
      .join(' · '),
  };
}

/** @param {unknown} value @returns {string[]} */
function texts(value) {
  return Array.isArray(value) ? value.map(text).filter((one) => one !== '') : [];
}

/** @type {Record<string, string>} */
const FAULT_WORDS = {
  error: '按要求出错',
  throttle: '限流，稍后重试',
  loseAnswers: '应答没送到',
  repeatCallbacks: '重复回调',
  dropStream: '连接断开',
  offline: '网络断开',
  unsafeContent: '内容审核不通过',
};

/**
 * @param {Record<string, unknown>} raw
 * @param {number} status
 * @param {boolean} toApp
 * @returns {{ tone: LogEntry['tone'], verdict: string }}
 */
function verdictOf(raw, status, toApp) {
  const ms = Number(raw.ms);
  const took = Number.isFinite(ms) ? ` ${Math.round(ms).toLocaleString('zh-CN')} 毫秒` : '';
  const fault = text(raw.fault);
  const number = status >= 400 ? `${status} ` : '';
  if (fault === 'latency' && raw.verdict === 'ok') {
    return { tone: 'fault', verdict: `成功，按要求变慢${took}` };
  }
  if (fault !== '') {
    return { tone: 'fault', verdict: `${number}${FAULT_WORDS[fault] ?? fault}` };
  }
  if (raw.verdict === 'lost') {
    return { tone: 'bad', verdict: '应答没送到' };
  }
  if (raw.verdict === 'failed') {
    return { tone: 'bad', verdict: `${number}${toApp ? '服务没应答好' : '没办成'}` };
  }
  if (raw.verdict === 'refused') {
    return { tone: 'bad', verdict: `${number}不准${text(raw.code) === '' ? '' : `：${text(raw.code)}`}` };
  }
  return { tone: 'ok', verdict: toApp ? `已应答${took}` : `成功${took}` };
}

/**
 * For whom a call was, by name where the directory knows it.
 * @param {LogEntry} entry
 * @param {(id: string) => string | undefined} nameOf
 */
export function whoText(entry, nameOf) {
  const names = entry.personIds.length > 0 ? entry.personIds.map((id) => nameOf(id) ?? id) : entry.recipients;
  return names.length <= 2 ? names.join('、') : `${names[0]} 等 ${names.length} 人`;
}

/**
 * 「今天 316 次调用，4 次按要求出错」: what the entries of one business day add up to.
 * @param {LogEntry[]} entries
 * @param {(ms: number) => boolean} isToday
 */
export function logSummary(entries, isToday) {
  const these = entries.filter((entry) => isToday(entry.at));
  const asked = these.filter((entry) => entry.tone === 'fault').length;
  const refused = these.filter((entry) => entry.tone === 'bad').length;
  const said = [
    `今天 ${these.length.toLocaleString('zh-CN')} 次调用`,
    asked > 0 ? `${asked} 次按要求出错` : '',
    refused > 0 ? `${refused} 次没办成` : '',
  ];
  return said.filter((part) => part !== '').join('，');
}

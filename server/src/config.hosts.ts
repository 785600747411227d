/** The messengers' part of the configuration: which are served, and what each needs. */
import { isOneOf, parseCount, parseSecret, parseTemplates, parseUrl } from './config.parse.ts';
import type { VariableName } from './config.variables.ts';

export const VENDORS = ['dingtalk', 'zhezhengding'] as const;
export type Vendor = (typeof VENDORS)[number];

export interface DingtalkConfig {
  readonly hostId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly agentId: string;
  readonly corpId: string;
  readonly robotCode: string;
  /** Where the mini-app stands, with a slash at its end. */
  readonly appUrl: string;
  /** Without a trailing slash. */
  readonly apiBase: string;
  readonly oapiBase: string;
  /** Our template name → template id. */
  readonly cardTemplates: Readonly<Record<string, string>>;
  readonly callbackMode: 'stream' | 'http';
  /** Null in stream mode. */
  readonly callback: CallbackConfig | null;
}

export interface CallbackConfig {
  readonly routeKey: string;
  readonly secret: string;
  /** Where the platform posts presses. */
  readonly url: string;
}

const MEANINGS = [
  'invalid',
  'denied',
  'throttled',
  'unavailable',
  'content',
  'duplicate',
  'gone',
  'staleToken',
] as const;

export interface ZhezhengdingConfig {
  readonly hostId: string;
  readonly tenantId: string;
  readonly appKey: string;
  readonly appSecret: string;
  readonly appId: string;
  readonly corpId: string;
  readonly apiBase: string;
  readonly appUrl: string;
  /** Null where nobody signs on by scanning. */
  readonly scan: {
    readonly loginBase: string;
    readonly clientId: string;
    readonly appKey: string;
    readonly appSecret: string;
  } | null;
  readonly eventsUrl: string | null;
  readonly callsPerSecond: number;
  readonly dialect: {
    readonly signing: 'raw' | 'encoded';
    readonly body: 'form' | 'json';
    readonly timestamp: 'offset' | 'utc';
    /** Milliseconds. */
    readonly clockSkew: 'auto' | number;
    /** `auto`: this machine's own; null: no such header. */
    readonly ip: string | null;
    readonly mac: string | null;
    readonly tokenEverywhere: boolean;
    readonly ticketTokenField: 'accessToken' | 'access_token';
    readonly noticeKind: 'oa' | 'link' | 'text' | 'action_card';
    readonly noticeBytes: number;
    readonly changeMessage: 'off' | 'comma' | 'repeat';
    readonly changeContent: string;
    readonly links: { readonly phone: string; readonly pc: string; readonly button: string };
    readonly todos: boolean;
    readonly todoFields: Readonly<Record<string, string>>;
    readonly todoListPath: string;
    readonly codes: Readonly<Record<string, (typeof MEANINGS)[number]>>;
  };
}

export type Text = (name: VariableName) => string;
export type Read = <T>(name: VariableName, parse: (text: string) => T, fallback: T) => T;

/** What reading one host's part is given. */
export interface Reading {
  text: Text;
  read: Read;
  publicUrl: string;
  problems: string[];
}

/** Comma-separated names of messengers, at least one, none twice. */
export function parseHosts(text: string): Vendor[] {
  const names = text.split(',').map((part) => isOneOf(part.trim(), VENDORS));
  if (new Set(names).size < names.length) {
    throw new Error('names a messenger twice');
  }
  return names;
}

/** DingTalk's part. */
export function readDingtalk({ text, read, publicUrl, problems }: Reading): DingtalkConfig {
  const callbackMode = read(
    'DINGTALK_CALLBACK_MODE',
    (value) => isOneOf(value, ['stream', 'http']),
    'stream',
  );
  return {
    hostId: text('DINGTALK_HOST_ID'),
    clientId: text('DINGTALK_CLIENT_ID'),
    clientSecret: text('DINGTALK_CLIENT_SECRET'),
    agentId: text('DINGTALK_AGENT_ID'),
    corpId: text('DINGTALK_CORP_ID'),
    robotCode: text('DINGTALK_ROBOT_CODE') || text('DINGTALK_CLIENT_ID'),
    appUrl: read('DINGTALK_APP_URL', (value) => `${parseUrl(value, { secure: true })}/`, `${publicUrl}/`),
    apiBase: read('DINGTALK_API_BASE', (value) => parseUrl(value, { secure: true }), ''),
    oapiBase: read('DINGTALK_OAPI_BASE', (value) => parseUrl(value, { secure: true }), ''),
    cardTemplates: read('DINGTALK_CARD_TEMPLATES', parseTemplates, {}),
    callbackMode,
    callback: callbackMode === 'http' ? callbackOf({ text, read, publicUrl, problems }) : null,
  };
}

/** What presses over HTTP need; the door that answers them is mounted by the host's id. */
function callbackOf({ text, read, publicUrl, problems }: Reading): CallbackConfig {
  if (!text('DINGTALK_CALLBACK_SECRET')) {
    problems.push('DINGTALK_CALLBACK_SECRET: must be set when DINGTALK_CALLBACK_MODE is http');
  }
  return {
    routeKey: text('DINGTALK_CALLBACK_ROUTE_KEY'),
    secret: read('DINGTALK_CALLBACK_SECRET', parseSecret, ''),
    url: read(
      'DINGTALK_CALLBACK_URL',
      (value) => parseUrl(value, { secure: true }),
      `${publicUrl}/hooks/${encodeURIComponent(text('DINGTALK_HOST_ID'))}/cards`,
    ),
  };
}

const isOn = (value: string): boolean => isOneOf(value, ['on', 'off']) === 'on';

/** 浙政钉's part. */
export function readZhezhengding({ text, read, publicUrl }: Reading): ZhezhengdingConfig {
  const url = (value: string): string => parseUrl(value, { secure: true });
  const hostId = text('ZHEZHENGDING_HOST_ID');
  const appKey = text('ZHEZHENGDING_APP_KEY');
  const appSecret = text('ZHEZHENGDING_APP_SECRET');
  const scan = {
    loginBase: read('ZHEZHENGDING_LOGIN_BASE', url, ''),
    clientId: text('ZHEZHENGDING_SCAN_CLIENT_ID'),
    appKey: text('ZHEZHENGDING_SCAN_KEY') || appKey,
    appSecret: text('ZHEZHENGDING_SCAN_SECRET') || appSecret,
  };
  const address = (name: 'ZHEZHENGDING_CALLER_IP' | 'ZHEZHENGDING_CALLER_MAC'): string | null =>
    text(name) === 'none' ? null : text(name);
  return {
    hostId,
    tenantId: read('ZHEZHENGDING_TENANT_ID', parseDigits, ''),
    appKey,
    appSecret,
    appId: text('ZHEZHENGDING_APP_ID'),
    corpId: text('ZHEZHENGDING_CORP_ID'),
    apiBase: read('ZHEZHENGDING_API_BASE', url, ''),
    appUrl: read('ZHEZHENGDING_APP_URL', (value) => `${url(value)}/`, `${publicUrl}/`),
    scan: scan.clientId === '' ? null : scan,
    eventsUrl: read('ZHEZHENGDING_EVENTS', isOn, false)
      ? `${publicUrl}/hooks/${encodeURIComponent(hostId)}`
      : null,
    callsPerSecond: read('ZHEZHENGDING_CALLS_PER_SECOND', (value) => parseCount(value, 1, 1_000), 10),
    dialect: {
      signing: read('ZHEZHENGDING_SIGNING', (value) => isOneOf(value, ['raw', 'encoded']), 'raw'),
      body: read('ZHEZHENGDING_BODY', (value) => isOneOf(value, ['form', 'json']), 'form'),
      timestamp: read('ZHEZHENGDING_TIMESTAMP', (value) => isOneOf(value, ['offset', 'utc']), 'offset'),
      clockSkew: read('ZHEZHENGDING_CLOCK_SKEW', parseSkew, 'auto'),
      ip: address('ZHEZHENGDING_CALLER_IP'),
      mac: address('ZHEZHENGDING_CALLER_MAC'),
      tokenEverywhere: read('ZHEZHENGDING_TOKEN_EVERYWHERE', isOn, false),
      ticketTokenField: read(
        'ZHEZHENGDING_TICKET_TOKEN_FIELD',
        (value) => isOneOf(value, ['accessToken', 'access_token']),
        'accessToken',
      ),
      noticeKind: read(
        'ZHEZHENGDING_NOTICE_KIND',
        (value) => isOneOf(value, ['oa', 'link', 'text', 'action_card']),
        'oa',
      ),
      noticeBytes: read('ZHEZHENGDING_NOTICE_BYTES', (value) => parseCount(value, 512, 65_536), 2_048),
      changeMessage: read(
        'ZHEZHENGDING_CHANGE_MESSAGE',
        (value) => isOneOf(value, ['off', 'comma', 'repeat']),
        'comma',
      ),
      changeContent: read('ZHEZHENGDING_CHANGE_CONTENT', parseChange, ''),
      links: {
        phone: read('ZHEZHENGDING_PHONE_LINK', parseLink, ''),
        pc: read('ZHEZHENGDING_PC_LINK', parseLink, ''),
        button: read('ZHEZHENGDING_BUTTON_LINK', parseLink, ''),
      },
      todos: read('ZHEZHENGDING_TODOS', isOn, true),
      todoFields: read('ZHEZHENGDING_TODO_FIELDS', parseTemplates, {}),
      todoListPath: read('ZHEZHENGDING_TODO_LIST', parsePath, ''),
      codes: read('ZHEZHENGDING_CODES', parseCodes, {}),
    },
  };
}

function parseDigits(text: string): string {
  if (!/^\d+$/.test(text)) {
    throw new Error(`must be digits, not "${text}"`);
  }
  return text;
}

function parseSkew(text: string): 'auto' | number {
  const seconds = Number(text);
  if (text !== 'auto' && !(Number.isInteger(seconds) && Math.abs(seconds) <= 86_400)) {
    throw new Error('must be auto or whole seconds, at most a day');
  }
  return text === 'auto' ? 'auto' : seconds * 1_000;
}

function parseLink(text: string): string {
  if (!text.includes('{url}') && !text.includes('{encoded}')) {
    throw new Error('must contain {url} or {encoded}');
  }
  return text;
}

function parsePath(text: string): string {
  if (text !== 'none' && !text.startsWith('/')) {
    throw new Error('must be a path that begins with /, or none');
  }
  return text === 'none' ? '' : text;
}

/** JSON once words are put in: a word can hold anything, which is why they go in as JSON text does. */
function parseChange(text: string): string {
  try {
    JSON.parse(text.replaceAll('{text}', 'x').replaceAll('{color}', 'x'));
  } catch {
    throw new Error('must be JSON, with {text} and {color} inside its strings');
  }
  return text;
}

function parseCodes(text: string): Record<string, (typeof MEANINGS)[number]> {
  return Object.fromEntries(
    Object.entries(parseTemplates(text)).map(([code, meaning]) => [code, isOneOf(meaning, MEANINGS)]),
  );
}

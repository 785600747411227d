/**
 * Every environment variable the server knows, once: its group, what it is for, and what it is when nobody set it.
 * `.env.example` is generated from this table, and `config.ts` reads it.
 */

import { demoOnly, inProduction, variable, type Variable } from './config.variable.ts';
import { ZHEZHENGDING_VARIABLES } from './config.variables.zhezhengding.ts';

export { GROUPS, type Group, type Variable } from './config.variable.ts';

/** Demonstration keys are well-formed and worthless: they are published with the source. */
const DEMO_DATA_KEY = Buffer.from('minqing-demo-data-key-not-secret').toString('base64');
const DEMO_INDEX_KEY = Buffer.from('minqing-demo-find-key-not-secret').toString('base64');

export const VARIABLES = {
  NODE_ENV: variable(
    'server',
    'development, test or production; production refuses demo keys.',
    'development',
  ),
  HOST: variable('server', 'Address to listen on.', '127.0.0.1'),
  PORT: variable('server', 'Port to listen on; 0 lets the system choose.', '5170'),
  PUBLIC_URL: variable(
    'server',
    'Where people reach the server, without a path; https makes cookies secure. Empty: http://HOST:PORT.',
    '',
    inProduction(null),
  ),
  TRUST_PROXY: variable(
    'server',
    'Whose X-Forwarded-For is believed: none, loopback, or a number of hops.',
    'loopback',
  ),
  FRAME_ANCESTORS: variable(
    'server',
    'Who may show the mini-app in a frame, as CSP sources separated by spaces.',
    "'self' http://*.localhost:*",
    inProduction("'self' https://*.dingtalk.com"),
  ),
  MONITOR_EMAS_SCRIPT: variable(
    'server',
    'Stability monitoring (EMAS): address of wpkReporter.js; empty: off. The next three go with it.',
    '',
  ),
  MONITOR_EMAS_BID: variable('server', 'Its bid, from the approval of the listing.', ''),
  MONITOR_EMAS_SIGN_KEY: variable('server', 'Its signkey. The mini-app is told it: no secret.', ''),
  MONITOR_EMAS_GATEWAY: variable('server', 'Where it reports to, a whole address.', ''),
  MONITOR_APLUS_SCRIPT: variable(
    'server',
    'Traffic monitoring (A+): address of aplus_cloud.js; empty: off. The next three go with it.',
    '',
  ),
  MONITOR_APLUS_HOST: variable('server', 'aplus-rhost-v and -g, a host name.', ''),
  MONITOR_APLUS_APP_ID: variable('server', 'sapp_id.', ''),
  MONITOR_APLUS_APP_NAME: variable('server', 'sapp_name.', ''),
  MONITOR_SOURCES: variable(
    'server',
    'Further origins those scripts load from or report to, separated by spaces: the page lets no others in.',
    '',
  ),
  MINIAPP_DIR: variable('server', 'Folder of the built mini-app; empty serves none.', 'miniapp/dist'),
  WORKERS: variable(
    'server',
    'on or off: whether this process also delivers notices and watches deadlines.',
    'on',
  ),
  LOG_LEVEL: variable('server', 'debug, info, warn, error or silent.', 'info'),
  METRICS_TOKEN: variable(
    'server',
    'Bearer token of /metrics; without one it answers this machine only.',
    '',
  ),
  CLOCK_URL: variable(
    'server',
    'Where the local messenger tells its business time; loopback only, never in production. Empty: the real time.',
    '',
  ),

  DATABASE_URL: variable(
    'database',
    'sqlite:<path> for one process, mysql://user:password@host:port/name for many.',
    'sqlite:.data/minqing.sqlite',
    inProduction(null),
  ),

  DATA_KEY: variable(
    'secrets',
    '32 bytes, base64: encrypts phone numbers (AES-256-GCM).',
    DEMO_DATA_KEY,
    demoOnly,
  ),
  INDEX_KEY: variable(
    'secrets',
    '32 bytes, base64: finds a phone number without decrypting (HMAC).',
    DEMO_INDEX_KEY,
    demoOnly,
  ),

  EXCHANGE_PACE_MS: variable(
    'server',
    'Shortest pause before a message to a connected platform is sent again, milliseconds; it doubles up to five minutes.',
    '1000',
  ),

  SESSION_COOKIE_HOURS: variable('sessions', 'Hours a cookie session lives after its last use.', '12'),
  SESSION_BEARER_MINUTES: variable('sessions', 'Minutes a bearer session lives.', '15'),
  SIGN_ON_FAILURES_PER_MINUTE: variable(
    'sessions',
    'Failed sign-ons a minute after which an address must wait.',
    '20',
  ),

  HOSTS: variable(
    'server',
    'Which messengers this deployment serves, comma-separated: dingtalk, zhezhengding. The variables of others are not read.',
    'dingtalk',
  ),

  DINGTALK_HOST_ID: variable('dingtalk', 'Our name of this organisation; accounts refer to it.', 'dingtalk'),
  DINGTALK_CLIENT_ID: variable(
    'dingtalk',
    'Client ID (AppKey) of the application.',
    'dingminqingdemo00001',
    demoOnly,
  ),
  DINGTALK_CLIENT_SECRET: variable(
    'dingtalk',
    'Client secret (AppSecret) of the application.',
    'demo-secret-of-the-local-messenger-only',
    demoOnly,
  ),
  DINGTALK_AGENT_ID: variable('dingtalk', 'AgentId of the application.', '1000000001', demoOnly),
  DINGTALK_CORP_ID: variable('dingtalk', 'CorpId of the organisation.', 'dingminqingcorp00001', demoOnly),
  DINGTALK_ROBOT_CODE: variable('dingtalk', 'Robot that delivers cards; empty: the client ID.', ''),
  DINGTALK_APP_URL: variable(
    'dingtalk',
    'Where the mini-app stands for this host, without a hash; empty: PUBLIC_URL.',
    '',
  ),
  DINGTALK_API_BASE: variable(
    'dingtalk',
    'Base address of the new open API; https unless loopback.',
    'http://127.0.0.1:5171',
    inProduction('https://api.dingtalk.com'),
  ),
  DINGTALK_OAPI_BASE: variable(
    'dingtalk',
    'Base address of the old open API; https unless loopback.',
    'http://127.0.0.1:5171',
    inProduction('https://oapi.dingtalk.com'),
  ),
  DINGTALK_CARD_TEMPLATES: variable(
    'dingtalk',
    'JSON: our template (duty, rate, counts) → its id in the card builder; who would get a card of one left out gets a notice.',
    '{}',
  ),
  DINGTALK_CALLBACK_MODE: variable('dingtalk', 'stream or http: how presses on cards arrive.', 'stream'),
  DINGTALK_CALLBACK_ROUTE_KEY: variable(
    'dingtalk',
    'Mode http: the name under which the callback address is registered.',
    'minqing',
  ),
  DINGTALK_CALLBACK_SECRET: variable(
    'dingtalk',
    'Mode http: signs every callback; at least 16 characters of your own choice.',
    '',
  ),
  DINGTALK_CALLBACK_URL: variable(
    'dingtalk',
    'Mode http: where the platform posts presses; https unless loopback. Empty: PUBLIC_URL/hooks/DINGTALK_HOST_ID/cards.',
    '',
  ),

  ...ZHEZHENGDING_VARIABLES,

  FILES_DIR: variable('files', 'Folder of uploaded files, unless FILES_S3_BUCKET is set.', '.data/files'),
  FILES_S3_ENDPOINT: variable('files', 'Address of the S3-compatible storage.', ''),
  FILES_S3_REGION: variable('files', 'Region of the bucket.', 'us-east-1'),
  FILES_S3_BUCKET: variable('files', 'Bucket; empty: the local folder.', ''),
  FILES_S3_PATH_STYLE: variable(
    'files',
    'on: endpoint/bucket/key, as self-hosted storage needs it; off: bucket.endpoint/key, as most clouds want it.',
    'on',
  ),
  FILES_S3_ACCESS_KEY: variable('files', 'Access key id.', ''),
  FILES_S3_SECRET_KEY: variable('files', 'Secret access key.', ''),

  WEBHOOK_NETWORKS: variable(
    'webhooks',
    'Private networks webhooks may reach, comma-separated (10.20.0.0/16); http without encryption is for these only. Empty: none.',
    '',
  ),

  ROSTER_CONTACT: variable(
    'people',
    'Whom someone who is not on the roster is told to ask, when no administrator is on it either.',
    '本单位的民情一点通管理员',
  ),
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof VARIABLES;

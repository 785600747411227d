/**
 * 浙政钉's variables. Its own documentation was not to be had: where public code does a thing in more than one way, or in one
 * place only, the way is chosen here.
 */
import { demoOnly, inProduction, variable, type Variable } from './config.variable.ts';

export const ZHEZHENGDING_VARIABLES = {
  ZHEZHENGDING_HOST_ID: variable(
    'zhezhengding',
    'Our name of this organisation; accounts refer to it.',
    'zhezhengding',
  ),
  ZHEZHENGDING_TENANT_ID: variable(
    'zhezhengding',
    '租户 ID (realmId) of the organisation.',
    '196729',
    demoOnly,
  ),
  ZHEZHENGDING_APP_KEY: variable(
    'zhezhengding',
    'Access key (AK) of the application.',
    'minqing_demo-zzdlocalmessenger01',
    demoOnly,
  ),
  ZHEZHENGDING_APP_SECRET: variable(
    'zhezhengding',
    'Secret key (SK) of the application; signs every call.',
    'demo-secret-of-the-local-zhezhengding-only',
    demoOnly,
  ),
  ZHEZHENGDING_APP_ID: variable(
    'zhezhengding',
    '应用标识, which revoking a message names as msgApp.',
    '1000000002',
    demoOnly,
  ),
  ZHEZHENGDING_CORP_ID: variable(
    'zhezhengding',
    'What getAuthCode is given as corpId: the tenant id or nothing, as the installation wants.',
    '',
  ),
  ZHEZHENGDING_API_BASE: variable(
    'zhezhengding',
    'Address of the open platform; https unless loopback. Tests of the province: https://openplatform.dg-work.cn.',
    'http://127.0.0.1:5171',
    inProduction('https://openplatform-pro.ding.zj.gov.cn'),
  ),
  ZHEZHENGDING_APP_URL: variable(
    'zhezhengding',
    'Where the mini-app stands for this host, without a hash; empty: PUBLIC_URL.',
    '',
  ),
  ZHEZHENGDING_LOGIN_BASE: variable(
    'zhezhengding',
    'Address of the login page for browsers outside the messenger; https unless loopback.',
    'http://127.0.0.1:5171',
    inProduction('https://login-pro.ding.zj.gov.cn'),
  ),
  ZHEZHENGDING_SCAN_CLIENT_ID: variable(
    'zhezhengding',
    'client_id of the login page (often …_dingoa); empty: nobody signs on by scanning.',
    'minqing_demo_dingoa',
    { production: '', demo: true },
  ),
  ZHEZHENGDING_SCAN_KEY: variable(
    'zhezhengding',
    'Access key of the login app; empty: ZHEZHENGDING_APP_KEY.',
    'minqing_demo-zzdlocalscanning001',
    { production: '', demo: true },
  ),
  ZHEZHENGDING_SCAN_SECRET: variable(
    'zhezhengding',
    'Secret key of the login app; empty: ZHEZHENGDING_APP_SECRET.',
    'demo-secret-of-the-local-login-page-only',
    { production: '', demo: true },
  ),
  ZHEZHENGDING_EVENTS: variable(
    'zhezhengding',
    'on or off: whether the platform is asked to tell of changed contacts, at PUBLIC_URL/hooks/…; off leaves the nightly walk.',
    'off',
  ),
  ZHEZHENGDING_SIGNING: variable(
    'zhezhengding',
    'raw or encoded: whether parameters are signed as they are (the vendor’s SDK) or form-encoded.',
    'raw',
  ),
  ZHEZHENGDING_BODY: variable('zhezhengding', 'form or json: how parameters are sent.', 'form'),
  ZHEZHENGDING_TIMESTAMP: variable(
    'zhezhengding',
    'offset or utc: how the time of a call is written (…+08:00 or …Z).',
    'offset',
  ),
  ZHEZHENGDING_CLOCK_SKEW: variable(
    'zhezhengding',
    'Seconds the platform’s clock is ahead of ours, or auto: learnt from an answer that refuses our time.',
    'auto',
  ),
  ZHEZHENGDING_CALLER_IP: variable(
    'zhezhengding',
    'X-Hmac-Auth-IP: auto (the first network interface), none (no such header), or the address itself.',
    'auto',
  ),
  ZHEZHENGDING_CALLER_MAC: variable(
    'zhezhengding',
    'X-Hmac-Auth-MAC: auto, none, or the address itself.',
    'auto',
  ),
  ZHEZHENGDING_TOKEN_EVERYWHERE: variable(
    'zhezhengding',
    'on or off: whether messages and to-dos carry the access token as well.',
    'off',
  ),
  ZHEZHENGDING_TICKET_TOKEN_FIELD: variable(
    'zhezhengding',
    'accessToken or access_token: the token’s name when a JSAPI ticket is fetched.',
    'accessToken',
  ),
  ZHEZHENGDING_NOTICE_KIND: variable(
    'zhezhengding',
    'oa, link, text or action_card: the form of a notice without buttons.',
    'oa',
  ),
  ZHEZHENGDING_NOTICE_BYTES: variable('zhezhengding', 'The most bytes one message may have.', '2048'),
  ZHEZHENGDING_CHANGE_MESSAGE: variable(
    'zhezhengding',
    'off, comma or repeat: whether messages are changed once they are dealt with, and how the accounts are listed.',
    'comma',
  ),
  ZHEZHENGDING_CHANGE_CONTENT: variable(
    'zhezhengding',
    'What a changed message becomes, JSON with {text} and {color}.',
    '{"status":"{text}","color":"{color}"}',
  ),
  ZHEZHENGDING_PHONE_LINK: variable(
    'zhezhengding',
    'Form of links for phones; {url} is the page, {encoded} the page percent-encoded.',
    '{url}',
  ),
  ZHEZHENGDING_PC_LINK: variable(
    'zhezhengding',
    'Form of links for PCs; a plain one would open the system’s browser.',
    'taurus://taurusclient/page/link?pc_slide=true&url={encoded}',
  ),
  ZHEZHENGDING_BUTTON_LINK: variable(
    'zhezhengding',
    'Form of a button’s one link for phone and PC.',
    'taurus://taurusclient/page/link?pc_slide=true&url={encoded}',
  ),
  ZHEZHENGDING_TODOS: variable('zhezhengding', 'on or off: whether to-dos are made.', 'on'),
  ZHEZHENGDING_TODO_FIELDS: variable(
    'zhezhengding',
    'JSON: further fields of every to-do, such as templateCode or category.',
    '{}',
  ),
  ZHEZHENGDING_TODO_LIST: variable(
    'zhezhengding',
    'Path that lists the to-dos an account created, to find one whose id was lost; none where the app may not.',
    '/tc/openapi/3rd/Inst/getList',
  ),
  ZHEZHENGDING_CODES: variable(
    'zhezhengding',
    'JSON: code of the platform → invalid, denied, throttled, unavailable, content, duplicate, gone or staleToken.',
    '{}',
  ),
  ZHEZHENGDING_CALLS_PER_SECOND: variable(
    'zhezhengding',
    'Calls a second to each of the platform’s APIs, over all processes; its limits are not published.',
    '10',
  ),
} as const satisfies Record<string, Variable>;

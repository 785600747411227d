import { join } from 'node:path';
import { TEMPLATE_IDS } from '../demo/templates.ts';
import { VARIABLES } from '../../server/src/config.variables.ts';
import { ROOT } from '../check/step.ts';

/** Everything the demo keeps: database, files, logs. Deleted by `npm start -- --fresh`. */
export const DATA = join(ROOT, '.data');

/** What the stand-in platform has to know of its connection: written with the demo's data. */
export const CONNECTION = join(DATA, 'platform.json');

/**
 * What every process of the demo is told. The person's own variables win; the demo keys are the server's defaults, so
 * that the messenger knows the same ones.
 */
export function environmentFor(port: number, messengerPort: number, platformPort: number): NodeJS.ProcessEnv {
  const messenger = `http://127.0.0.1:${messengerPort}`;
  const keys = Object.entries(VARIABLES)
    .filter(([name, variable]) => /^(DINGTALK|ZHEZHENGDING)_/.test(name) && variable.development !== '')
    .map(([name, variable]) => [name, variable.development]);
  return {
    NODE_ENV: 'development',
    ...Object.fromEntries(keys),
    DINGTALK_API_BASE: messenger,
    DINGTALK_OAPI_BASE: messenger,
    HOSTS: 'dingtalk,zhezhengding',
    ZHEZHENGDING_API_BASE: messenger,
    ZHEZHENGDING_LOGIN_BASE: messenger,
    MESSENGER_DIRECTORY: join(DATA, 'directory.json'),
    DINGTALK_CARD_TEMPLATES: JSON.stringify(TEMPLATE_IDS),
    CLOCK_URL: `${messenger}/control/clock`,
    MESSENGER_START_AT: '2026-04-01T08:00:00+08:00',
    DEADLINE_URL: `http://127.0.0.1:${port}/demo/next-deadline`,
    MESSENGER_RESET: 'ipc',
    MESSENGER_CALLS_PER_SECOND: '600',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    FRAME_ANCESTORS: `'self' http://desk.minqing.localhost:${messengerPort}`,
    DATABASE_URL: `sqlite:${join(DATA, 'minqing.sqlite')}`,
    FILES_DIR: join(DATA, 'files'),
    MINIAPP_DIR: join(ROOT, 'miniapp', 'dist'),
    APP_URL: `http://127.0.0.1:${port}`,
    MESSENGER_DATA: join(DATA, 'messenger'),
    PLATFORM_URL: `http://127.0.0.1:${platformPort}`,
    PLATFORM_FILE: join(DATA, 'platform.sqlite'),
    PLATFORM_PEER_URL: `http://127.0.0.1:${port}/exchange/v1`,
    PLATFORM_CONNECTION: CONNECTION,
    ...process.env,
    PORT: String(port),
    MESSENGER_PORT: String(messengerPort),
    PLATFORM_PORT: String(platformPort),
  };
}

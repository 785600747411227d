import { join, resolve } from 'node:path';
import { TEMPLATE_IDS } from '../demo/templates.ts';
import { VARIABLES } from '../../server/src/config.variables.ts';
import { ROOT } from '../check/step.ts';

/** A file of what the demo keeps: database, files, logs. They stand in `.data`, or in the folder `DEMO_DATA` names. */
export function kept(...names: string[]): string {
  return resolve(ROOT, process.env['DEMO_DATA'] || '.data', ...names);
}

/** What the stand-in platform has to know of its connection: written with the demo's data. */
export function connectionFile(): string {
  return kept('platform.json');
}

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
    MESSENGER_DIRECTORY: kept('directory.json'),
    DINGTALK_CARD_TEMPLATES: JSON.stringify(TEMPLATE_IDS),
    CLOCK_URL: `${messenger}/control/clock`,
    MESSENGER_START_AT: '2026-04-01T08:00:00+08:00',
    DEADLINE_URL: `http://127.0.0.1:${port}/demo/next-deadline`,
    MESSENGER_RESET: 'ipc',
    MESSENGER_CALLS_PER_SECOND: '600',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    FRAME_ANCESTORS: `'self' http://desk.minqing.localhost:${messengerPort}`,
    DATABASE_URL: `sqlite:${kept('minqing.sqlite')}`,
    FILES_DIR: kept('files'),
    MINIAPP_DIR: join(ROOT, 'miniapp', 'dist'),
    APP_URL: `http://127.0.0.1:${port}`,
    MESSENGER_DATA: kept('messenger'),
    PLATFORM_URL: `http://127.0.0.1:${platformPort}`,
    PLATFORM_FILE: kept('platform.sqlite'),
    PLATFORM_PEER_URL: `http://127.0.0.1:${port}/exchange/v1`,
    PLATFORM_CONNECTION: connectionFile(),
    ...process.env,
    PORT: String(port),
    MESSENGER_PORT: String(messengerPort),
    PLATFORM_PORT: String(platformPort),
  };
}

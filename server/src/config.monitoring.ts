/** The monitoring scripts' part of the configuration: none, one or both. */
import type { MonitoringFacts } from '@minqing/shared/contract';
import type { Reading } from './config.hosts.ts';
import { parseUrl } from './config.parse.ts';
import type { VariableName } from './config.variables.ts';

export interface MonitoringConfig {
  /** Told to the mini-app; null where neither script is configured. */
  readonly facts: MonitoringFacts | null;
  /** What the page's policy has to allow for them, as CSP sources. */
  readonly scripts: readonly string[];
  readonly reached: readonly string[];
}

/** A script that is named needs everything that goes with it; one that is not named is off. */
export function readMonitoring({ text, read, problems }: Omit<Reading, 'publicUrl'>): MonitoringConfig {
  const address = (name: VariableName): string =>
    read(name, (value) => parseUrl(value, { secure: true }), '');
  const together = (script: VariableName, others: readonly VariableName[]): boolean => {
    const on = text(script) !== '';
    for (const name of on ? others.filter((other) => text(other) === '') : []) {
      problems.push(`${name}: must be set when ${script} is`);
    }
    return on;
  };
  const emas = together('MONITOR_EMAS_SCRIPT', [
    'MONITOR_EMAS_BID',
    'MONITOR_EMAS_SIGN_KEY',
    'MONITOR_EMAS_GATEWAY',
  ])
    ? {
        script: address('MONITOR_EMAS_SCRIPT'),
        bid: text('MONITOR_EMAS_BID'),
        signKey: text('MONITOR_EMAS_SIGN_KEY'),
        gateway: address('MONITOR_EMAS_GATEWAY'),
      }
    : null;
  const aplus = together('MONITOR_APLUS_SCRIPT', [
    'MONITOR_APLUS_HOST',
    'MONITOR_APLUS_APP_ID',
    'MONITOR_APLUS_APP_NAME',
  ])
    ? {
        script: address('MONITOR_APLUS_SCRIPT'),
        host: read('MONITOR_APLUS_HOST', parseHostName, ''),
        appId: text('MONITOR_APLUS_APP_ID'),
        appName: text('MONITOR_APLUS_APP_NAME'),
      }
    : null;
  const more = read('MONITOR_SOURCES', parseOrigins, []);
  const originOf = (url: string): string[] => {
    const found = URL.parse(url);
    return found ? [found.origin] : [];
  };
  return {
    facts: emas || aplus ? { emas, aplus } : null,
    scripts: [...originOf(emas?.script ?? ''), ...originOf(aplus?.script ?? ''), ...more],
    reached: [
      ...originOf(emas?.gateway ?? ''),
      ...(aplus?.host ? originOf(`https://${aplus.host}`) : []),
      ...more,
    ],
  };
}

function parseHostName(text: string): string {
  if (!/^[\w-]+(\.[\w-]+)+$/.test(text)) {
    throw new Error(`must be a host name without https://, not "${text}"`);
  }
  return text;
}

function parseOrigins(text: string): string[] {
  return text
    .split(' ')
    .filter((part) => part !== '')
    .map((part) => parseUrl(part, { originOnly: true, secure: true }));
}

/**
 * The run-time configuration: read once at start from `config.json` beside the page, so one build serves any origin. A
 * page that is served elsewhere says there only where its API is, and asks that for the rest.
 */
import type { FrontHost, FrontView } from '@minqing/shared/contract';

export type HostConfig = FrontHost;

export interface AppConfig extends FrontView {
  /** Address of the API, relative to the page or absolute; no slash at its end. */
  api: string;
}

let current: AppConfig = { api: './api', hosts: [], version: '' };

/** The configuration as loaded; the built-in default before `loadConfig` has answered. */
export function appConfig(): AppConfig {
  return current;
}

/** Reads `config.json`. Rejects when it cannot be read: without it nobody can sign on. */
export async function loadConfig(): Promise<AppConfig> {
  const { api = './api', ...beside } = await read<Partial<AppConfig>>('./config.json');
  const base = api.replace(/\/$/, '');
  const front = beside.hosts ? beside : await read<FrontView>(`${base}/front`);
  const { hosts = [], version = '', monitoring } = front;
  current = { api: base, hosts, version, ...(monitoring ? { monitoring } : {}) };
  return current;
}

async function read<T>(address: string): Promise<T> {
  const response = await fetch(address, { cache: 'no-cache', credentials: 'same-origin' });
  if (!response.ok) {
    throw new Error(`${address} answered ${response.status}`);
  }
  return (await response.json()) as T;
}

/** True when the API lives on the page's own site, so that its cookie is sent. */
export function sameSiteApi(api: string, page: string = location.href): boolean {
  return new URL(api, page).origin === new URL(page).origin;
}

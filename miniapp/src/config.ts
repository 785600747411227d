/** The run-time configuration: read once at start from `config.json` beside the page, so one build serves any origin. */

export interface HostConfig {
  id: string;
  vendor: string;
  corpId: string;
  clientId: string;
  agentId?: string;
  /** The login page for browsers outside the messenger, where there is one. */
  scanPage?: string;
}

export interface AppConfig {
  /** Address of the API, relative to the page or absolute; no slash at its end. */
  api: string;
  hosts: HostConfig[];
  version: string;
}

let current: AppConfig = { api: './api', hosts: [], version: '' };

/** The configuration as loaded; the built-in default before `loadConfig` has answered. */
export function appConfig(): AppConfig {
  return current;
}

/** Reads `config.json`. Rejects when it cannot be read: without it nobody can sign on. */
export async function loadConfig(): Promise<AppConfig> {
  const response = await fetch('./config.json', { cache: 'no-cache', credentials: 'same-origin' });
  if (!response.ok) {
    throw new Error(`config.json answered ${response.status}`);
  }
  const read = (await response.json()) as Partial<AppConfig>;
  current = {
    api: (read.api ?? './api').replace(/\/$/, ''),
    hosts: read.hosts ?? [],
    version: read.version ?? '',
  };
  return current;
}

/** True when the API lives on the page's own site, so that its cookie is sent. */
export function sameSiteApi(api: string, page: string = location.href): boolean {
  return new URL(api, page).origin === new URL(page).origin;
}

/** The open door: what lets other programs in. Put together here so that app.ts stays a page. */
import type { Cases } from './cases/index.ts';
import type { Catalogue } from './catalogue/index.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import type { Notices } from './notices/index.ts';
import { createOpen311, type Open311 } from './open311/index.ts';
import type { Directory } from './people/index.ts';
import { createQuota } from './quota/index.ts';
import type { Store } from './store/index.ts';
import { createTokens, type Tokens } from './tokens/index.ts';
import { createWebhooks, type Webhooks } from './webhooks/index.ts';

export interface Door {
  tokens: Tokens;
  webhooks: Webhooks;
  open311: Open311;
}

interface DoorDeps {
  store: Store;
  clock: Clock;
  log: Log;
  directory: Directory;
  catalogue: Catalogue;
  config: Config;
  notices: Notices;
  perform: Cases['perform'];
}

export function openDoor(deps: DoorDeps): Door {
  const { config, notices } = deps;
  const quota = createQuota(deps);
  return {
    tokens: createTokens({ ...deps, quota }),
    webhooks: createWebhooks({
      ...deps,
      dataKey: config.dataKey,
      publicUrl: config.publicUrl,
      allowedNetworks: config.webhookNetworks,
      tellAdministrators: notices.tellAdministrators,
      wakeNotices: () => notices.outbox.wake(),
    }),
    open311: createOpen311({ ...deps, quota, perform: () => deps.perform }),
  };
}

/** Webhooks: each step of a case goes, signed and once in effect, to whoever an administrator lets follow it. */
import type { Clock } from '../clock.ts';
import type { Follower } from '../ledger/index.ts';
import type { Log } from '../log.ts';
import type { Tx } from '../store/index.ts';
import type { Store } from '../store/index.ts';
import type { Directory } from '../people/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import { createVault } from '../vault.ts';
import { createWebhookFollower } from './follow.ts';
import { createLog } from './log.ts';
import { createNetwork } from './network.ts';
import type { WebhookRow } from './rows.ts';
import { createPost, type Post } from './send.ts';
import { createSubscriptions } from './subscriptions.ts';
import { createWebhookWorker, type WebhookWorker } from './worker.ts';

export { WEBHOOK_BOOK, WEBHOOK_LOG_BOOK } from './tables.ts';

export interface WebhooksDeps {
  store: Store;
  clock: Clock;
  log: Log;
  directory: Directory;
  catalogue: Pick<Catalogue, 'categoryName'>;
  dataKey: Buffer;
  publicUrl: string;
  /** Private networks a webhook may reach. */
  allowedNetworks: readonly string[];
  /** One notice to the administrators of an area, in the transaction that decides it. */
  tellAdministrators(tx: Tx, told: StoppedNotice): Promise<number>;
  wakeNotices(): void;
  /** For tests: instead of the network. */
  post?: Post;
}

export interface StoppedNotice {
  notice: 'webhookStopped';
  areaId: string;
  content: {
    number: string;
    title: string;
    lines: { label: string; value: string }[];
    body: string;
    path: string;
    buttons: { title: string; path: string }[];
    status: null;
  };
}

const PATH = '/#/admin/webhooks';

export type Webhooks = ReturnType<typeof createWebhooks>;

export function createWebhooks(deps: WebhooksDeps) {
  const { store, clock } = deps;
  const vault = createVault(deps.dataKey);
  const network = createNetwork(deps.allowedNetworks);
  const worker: WebhookWorker = createWebhookWorker({
    store,
    clock,
    log: deps.log,
    vault,
    post: deps.post ?? createPost(network),
    async tellStopped(tx, hook, why) {
      await deps.tellAdministrators(tx, stoppedNotice(hook, why));
    },
    wakeNotices: deps.wakeNotices,
  });
  const wake = (): void => worker.wake();
  const { own, ...subscriptions } = createSubscriptions({
    store,
    clock,
    directory: deps.directory,
    vault,
    network,
    publicUrl: deps.publicUrl,
    wake,
  });
  const follower: Follower = createWebhookFollower(deps, wake);
  const { prune, ...deliveries } = createLog({ ...deps, own, wake });
  return {
    /** For administrators, of their areas. Everything throws forbidden for others, notFound for what is elsewhere. */
    subscriptions,
    deliveries,
    follower,
    worker,
    /** Drops what is long settled; call it from time to time. */
    prune,
    /** Messages not delivered yet, for the metrics. */
    async backlog(): Promise<number> {
      const row = await store.read((db) =>
        db
          .selectFrom('webhook_delivery')
          .select((eb) => eb.fn.countAll<number>().as('n'))
          .where('state', '=', 'waiting')
          .executeTakeFirst(),
      );
      return Number(row?.n ?? 0);
    },
  };
}

function stoppedNotice(hook: WebhookRow, why: string): StoppedNotice {
  return {
    notice: 'webhookStopped',
    areaId: hook.area_id,
    content: {
      // Stopped twice, it is told twice: the version differs.
      number: `推送·${hook.id.slice(-6)}·${hook.version}`,
      title: `推送订阅「${hook.name}」已自动停用`,
      lines: [{ label: '原因', value: why }],
      body: '没推出去的都留着，对方修好后请启用，就会接着推。',
      path: PATH,
      buttons: [{ title: '打开看看', path: PATH }],
      status: null,
    },
  };
}

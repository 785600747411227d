/** Subscriptions as administrators make, change, try and remove them. */
import type {
  WebhookList,
  WebhookMade,
  WebhookPayload,
  WebhookValue,
  WebhookView,
} from '@minqing/shared/contract';
import { isoShanghaiFull } from '@minqing/shared/time';
import { CASE_STATES } from '@minqing/shared/words';
import type { Actor } from '@minqing/shared/workflow';
import type { Clock } from '../clock.ts';
import { conflict, invalidInput, notFound } from '../errors.ts';
import { appendAudit } from '../ledger/index.ts';
import { administering, type Administering, type Directory } from '../people/index.ts';
import { changeOnce, uuidv7, type ChangeRequest, type Reader, type Store, type Tx } from '../store/index.ts';
import type { Vault } from '../vault.ts';
import { queueMessage } from './follow.ts';
import type { Network } from './network.ts';
import { findWebhook, presentWebhooks, type WebhookRow } from './rows.ts';
import { literalOf } from './send.ts';
import { newSecret } from './sign.ts';

export interface SubscriptionDeps {
  store: Store;
  clock: Clock;
  directory: Directory;
  vault: Vault;
  network: Network;
  publicUrl: string;
  wake(): void;
}

/** Subscriptions an area and those below it may have together. */
const MOST = 50;
/** How long an old secret signs beside the new one. */
const OVERLAP_MS = 24 * 3_600_000;

export function createSubscriptions(deps: SubscriptionDeps) {
  const { store, clock, directory, vault } = deps;
  const clocks = () => ({ businessNow: clock.businessNow(), machineNow: clock.machineNow() });

  async function own(db: Reader, scope: Administering, id: string): Promise<WebhookRow> {
    const row = await findWebhook(db, id);
    if (!row || !scope.covers(row.area_id)) {
      throw notFound('没有这个推送订阅，请刷新');
    }
    return row;
  }

  const view = (id: string): Promise<WebhookView> =>
    store.read(async (db) => {
      const row = await findWebhook(db, id);
      const [shown] = row ? await presentWebhooks(db, directory, [row], clocks()) : [];
      if (!shown) {
        throw notFound('没有这个推送订阅，请刷新');
      }
      return shown;
    });

  const audit = (
    tx: Tx,
    scope: Administering,
    kind: string,
    row: Pick<WebhookRow, 'id' | 'area_id'>,
    data: Record<string, unknown>,
  ): Promise<string> =>
    appendAudit(tx, {
      at: clock.businessNow(),
      kind,
      personId: scope.personId,
      subject: row.area_id,
      data: { id: row.id, ...data },
      areaId: row.area_id,
    });

  /** One change of a subscription of mine, once; answers it as it stands then. */
  async function changing(
    viewer: Actor,
    id: string,
    request: ChangeRequest,
    change: (tx: Tx, row: WebhookRow, scope: Administering) => Promise<unknown>,
  ): Promise<WebhookView> {
    const scope = administering(viewer, directory);
    await changeOnce(store, request, clock.machineNow(), async (tx) => {
      await change(tx, await own(tx, scope, id), scope);
      return id;
    });
    return view(id);
  }

  function checkUrl(value: WebhookValue): void {
    const problem = urlProblem(value.url, deps.network);
    const errors = [
      ...(problem ? [{ path: 'url', message: problem }] : []),
      ...(value.level === 'content' && value.basis === ''
        ? [{ path: 'basis', message: '要推送内容，请写明依据，比如数据共享协议的名称' }]
        : []),
    ];
    if (errors.length > 0) {
      throw invalidInput(errors);
    }
  }

  return {
    own,

    async list(viewer: Actor): Promise<WebhookList> {
      const scope = administering(viewer, directory);
      return store.read(async (db) => {
        const rows = await db
          .selectFrom('webhook')
          .selectAll()
          .where('removed', '=', 0)
          .where('area_id', 'in', [...scope.areaIds])
          .orderBy('created_at')
          .orderBy('id')
          .limit(500)
          .execute();
        return { items: await presentWebhooks(db, directory, rows, clocks()) };
      });
    },

    /** Answers the secret; a repeat of the same request answers the same one. */
    async add(
      viewer: Actor,
      areaId: string,
      value: WebhookValue,
      request: ChangeRequest,
    ): Promise<WebhookMade> {
      const scope = administering(viewer, directory);
      scope.require(areaId);
      checkUrl(value);
      const id = await changeOnce(store, request, clock.machineNow(), async (tx) => {
        const { n } = await tx
          .selectFrom('webhook')
          .select((eb) => eb.fn.countAll<number>().as('n'))
          .where('removed', '=', 0)
          .where('area_id', 'in', [...directory.areasWithin(areaId)])
          .executeTakeFirstOrThrow();
        if (Number(n) >= MOST) {
          throw conflict(`这个地区的推送订阅已有 ${MOST} 个，请先删掉不用的`);
        }
        const made = uuidv7();
        const last = await tx
          .selectFrom('ledger')
          .select('seq')
          .orderBy('seq', 'desc')
          .limit(1)
          .executeTakeFirst();
        await tx
          .insertInto('webhook')
          .values({
            id: made,
            area_id: areaId,
            ...columnsOf(value),
            secret_cipher: vault.seal(newSecret(), made),
            old_secret_cipher: null,
            old_until: 0,
            active: 1,
            stopped: '',
            failing_since: null,
            from_seq: last?.seq ?? 0,
            version: 1,
            created_by: scope.personId,
            created_at: clock.businessNow(),
            removed: 0,
          })
          .execute();
        await audit(tx, scope, 'webhook.added', { id: made, area_id: areaId }, { ...value });
        return made;
      });
      return { webhook: await view(id), secret: await secretOf(id) };
    },

    change: (viewer: Actor, id: string, seen: number, value: WebhookValue, request: ChangeRequest) => {
      checkUrl(value);
      return changing(viewer, id, request, async (tx, row, scope) => {
        if (row.version !== seen) {
          throw conflict('这个订阅刚被别人改过，请刷新后再改');
        }
        const { name, url, level, basis } = row;
        await tx
          .updateTable('webhook')
          .set({ ...columnsOf(value), version: row.version + 1 })
          .where('id', '=', id)
          .where('version', '=', seen)
          .execute();
        await audit(tx, scope, 'webhook.changed', row, {
          before: { name, url, level, basis, events: JSON.parse(row.events_json) as string[] },
          after: value,
        });
      });
    },

    /** Switched on again it begins with what happens from then on, and sends what still waits. */
    setActive: (viewer: Actor, id: string, active: boolean, request: ChangeRequest) =>
      changing(viewer, id, request, async (tx, row, scope) => {
        await tx
          .updateTable('webhook')
          .set({ active: active ? 1 : 0, stopped: '', failing_since: null, version: row.version + 1 })
          .where('id', '=', id)
          .execute();
        if (active) {
          await tx
            .updateTable('webhook_delivery')
            .set({ next_at: clock.machineNow(), attempts: 0 })
            .where('webhook_id', '=', id)
            .where('state', '=', 'waiting')
            .execute();
        }
        await audit(tx, scope, active ? 'webhook.resumed' : 'webhook.off', row, { name: row.name });
      }),

    remove: async (viewer: Actor, id: string, request: ChangeRequest): Promise<void> => {
      const scope = administering(viewer, directory);
      await changeOnce(store, request, clock.machineNow(), async (tx) => {
        const row = await own(tx, scope, id);
        await tx.updateTable('webhook').set({ removed: 1, active: 0 }).where('id', '=', id).execute();
        await audit(tx, scope, 'webhook.removed', row, { name: row.name, url: row.url });
        return id;
      });
    },

    /** A new secret; the old one signs beside it for a day. */
    async renewSecret(viewer: Actor, id: string, request: ChangeRequest): Promise<WebhookMade> {
      const webhook = await changing(viewer, id, request, async (tx, row, scope) => {
        await tx
          .updateTable('webhook')
          .set({
            secret_cipher: vault.seal(newSecret(), id),
            old_secret_cipher: row.secret_cipher,
            old_until: clock.machineNow() + OVERLAP_MS,
            version: row.version + 1,
          })
          .where('id', '=', id)
          .execute();
        await audit(tx, scope, 'webhook.secret', row, { name: row.name });
      });
      return { webhook, secret: await secretOf(id) };
    },

    /** Queues one message that stands for nothing, to see whether it arrives. */
    async test(viewer: Actor, id: string, request: ChangeRequest): Promise<WebhookView> {
      const shown = await changing(viewer, id, request, async (tx, row) => {
        if (row.active === 0 || row.stopped !== '') {
          throw conflict('请先启用这个订阅，再试推');
        }
        const body = JSON.stringify(testPayload(row, directory, clock.businessNow(), deps.publicUrl));
        const message = { key: `test:${request.key}`, seq: 0, type: 'webhook.test', number: '', body };
        await queueMessage(tx, clock, id, message);
      });
      deps.wake();
      return shown;
    },
  };

  async function secretOf(id: string): Promise<string> {
    const row = await store.read((db) => findWebhook(db, id));
    const secret = row ? vault.open(row.secret_cipher, id) : null;
    if (secret === null) {
      throw conflict('密钥读不出来，请换一个新密钥');
    }
    return secret;
  }
}

const columnsOf = ({ name, url, events, level, basis }: WebhookValue) => ({
  name,
  url,
  events_json: JSON.stringify([...new Set(events)]),
  level,
  basis,
});

/** What is wrong with an address before anything is sent there; null when nothing can be seen yet. */
function urlProblem(text: string, network: Network): string | null {
  const url = URL.parse(text);
  if (!url || !['https:', 'http:'].includes(url.protocol)) {
    return '请写完整的地址，以 https:// 开头';
  }
  if (url.username !== '' || url.password !== '') {
    return '地址里不要带用户名和密码，对方用密钥验签';
  }
  if (url.hash !== '') {
    return '地址里不要带 # 后面的部分';
  }
  const literal = literalOf(url);
  if (literal !== '' && !network.isOpen(literal)) {
    return '这个地址在内部网络里，没有允许推送；需要时请联系技术支持';
  }
  if (url.protocol === 'http:' && (literal === '' || !network.isAllowedPrivate(literal))) {
    return '请用 https:// 开头的地址，http 没有加密';
  }
  return null;
}

function testPayload(
  row: WebhookRow,
  directory: Pick<Directory, 'area'>,
  now: number,
  publicUrl: string,
): WebhookPayload {
  return {
    type: 'webhook.test',
    timestamp: isoShanghaiFull(now),
    data: {
      seq: 0,
      caseId: '',
      number: '',
      version: 0,
      action: 'test',
      actionLabel: '试推',
      state: 'closed',
      stateLabel: CASE_STATES.closed,
      area: { id: row.area_id, name: directory.area(row.area_id)?.name ?? '' },
      category: { id: '', name: '' },
      urgency: 'normal',
      round: 0,
      leadUnit: null,
      dueAt: null,
      published: null,
      content: null,
      url: publicUrl,
    },
  };
}

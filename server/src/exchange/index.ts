/** 平台对接: the connection to a platform whose dispatch office and units handle cases for some areas. The only door of this folder. */
import type { Router } from 'express';
import { shanghaiDate } from '@minqing/shared/time';
import type { Perform } from '../cases/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Files } from '../files/index.ts';
import { createFollower, type Follower } from '../ledger/index.ts';
import type { Log } from '../log.ts';
import type { Directory } from '../people/index.ts';
import { afterCommit, type Store } from '../store/index.ts';
import { LIMITS } from '@minqing/shared/exchange';
import { createExchangeAdmin, type ExchangeAdmin } from './admin.ts';
import { createLetters, type Letters } from './letters.ts';
import { createBooks } from './books.ts';
import { createClient } from './client.ts';
import { createDelivery } from './delivery.ts';
import { exchangeRouter } from './door.ts';
import { createExchangeFiles } from './files.ts';
import { createGate } from './gate.ts';
import { createInbound } from './inbound.ts';
import { enqueue, type OutboundDeps } from './outbound.ts';
import { createPartners, type Partners } from './partners.ts';
import { createReconcile, type Outcome } from './reconcile.ts';
import { createHistory } from './history.ts';
import { createOpening } from './opening.ts';
import { createRestore, type RestoreDeps } from './restore.ts';
import { createHistoryVault, createKeyVault } from './secrets.ts';

export { CHECK_BOOK, CODE_BOOK, EXCHANGE_BOOK, LETTER_BOOK } from './tables.ts';

export interface ExchangeDeps extends Pick<RestoreDeps, 'restoreEvents' | 'afterRestored'> {
  store: Store;
  clock: Clock;
  log: Log;
  config: Pick<Config, 'dataKey' | 'indexKey' | 'publicUrl' | 'mode'>;
  directory: Directory;
  catalogue: Pick<Catalogue, 'categories'>;
  files: Pick<Files, 'factsOf' | 'keep' | 'send'>;
  perform(): Perform;
  phoneOf(personId: string): Promise<string | null>;
  /** Shortest pause before a message is sent again, ms. */
  paceMs: number;
}

export interface Exchange {
  /** Mounted at /exchange/v1, outside sessions, before any body is parsed. */
  router: Router;
  /** The platform that cases accepted in an area are handed to, and what a platform is called. */
  platforms: { partnerOf(areaId: string): string | null; platformName(id: string): string };
  partners: Partners;
  admin: ExchangeAdmin;
  letters: Letters;
  /** Turns the ledger into messages. */
  follower: Follower;
  /** Sends what waits and applies what was left; answers how many messages it dealt with. Calls meanwhile join. */
  runOnce(): Promise<number>;
  /** Compares with every platform that was not compared today. */
  daily(): Promise<void>;
  /** Compares with one platform now; null when another process is at it. */
  reconcile(partnerId: string): Promise<Outcome | null>;
  refresh(): Promise<void>;
  /** Sends and applies in the background, soon. */
  wake(): void;
  stop(): Promise<void>;
}

/** Puts the parts of exchange/ together; nothing runs until it is asked to. */
export async function createExchange(deps: ExchangeDeps): Promise<Exchange> {
  const { store, clock, log, config } = deps;
  const vault = createKeyVault(config.dataKey);
  const partners = await createPartners(store, vault);
  const client = createClient({ partners, clock });
  const files = createExchangeFiles({
    publicUrl: config.publicUrl,
    indexKey: config.indexKey,
    clock,
    files: deps.files,
    client,
    partners,
  });
  const history = createHistory(createHistoryVault(config.dataKey));
  const outbound: OutboundDeps = {
    history,
    partners,
    directory: deps.directory,
    phoneOf: deps.phoneOf,
    machineNow: () => clock.machineNow(),
  };
  const isOpen = (partnerId: string): boolean => opening.isOpen(partnerId);
  const inbound = createInbound({ isOpen, store, clock, log, partners, files, perform: deps.perform });
  const delivery = createDelivery({
    store,
    clock,
    log,
    partners,
    client,
    files,
    paceMs: deps.paceMs,
    soon(ms) {
      const at = clock.machineNow() + ms;
      if (at < nextAt) {
        clearTimeout(next);
        nextAt = at;
        next = setTimeout(() => {
          nextAt = Number.POSITIVE_INFINITY;
          wake();
        }, ms + 5).unref();
      }
    },
    compare(partner) {
      void reconcile(partner, { ifLost: true }).catch((error: unknown) =>
        log.warn('a comparison stumbled', { hostId: partner.id, error }),
      );
    },
  });
  const books = createBooks({ store, clock });
  const restore = createRestore({
    store,
    history,
    inbound,
    restoreEvents: deps.restoreEvents,
    afterRestored: deps.afterRestored,
  });
  const reconcile = createReconcile({ store, clock, books, client, inbound, delivery, outbound, restore });
  const opening = createOpening({ partners, reconcile, log, paceMs: deps.paceMs, opened: wake });
  const gate = createGate({ store, clock, partners });
  let running: Promise<number> | undefined;
  let next: NodeJS.Timeout | undefined;
  let nextAt = Number.POSITIVE_INFINITY;
  let stopped = false;

  const follower = createFollower(store, {
    name: 'exchange',
    version: 1,
    async effect(tx, entries) {
      await enqueue(tx, outbound, entries);
      afterCommit(tx, wake);
    },
    // What came stays: it tells how far each case had been heard.
    async clear(tx) {
      await tx.deleteFrom('exchange_out').execute();
      await tx.deleteFrom('exchange_case').execute();
    },
  });

  async function runOnce(): Promise<number> {
    if (stopped || partners.all().length === 0) {
      return 0;
    }
    running ??= work().finally(() => {
      running = undefined;
    });
    return running;
  }

  async function work(): Promise<number> {
    const old = clock.machineNow() - LIMITS.nonceMs;
    await store.transact((tx) => tx.deleteFrom('exchange_nonce').where('at', '<', old).execute());
    return (await inbound.runOnce(isOpen)) + (await delivery.runOnce(isOpen));
  }

  function wake(): void {
    runOnce().catch((error: unknown) => log.warn('the exchange stumbled', { error }));
  }

  return {
    router: exchangeRouter({ gate, inbound, books, links: files, files: deps.files, log }),
    platforms: {
      partnerOf: (areaId) => partners.of(areaId),
      platformName: (id) => partners.one(id)?.name ?? '对接平台',
    },
    partners,
    admin: createExchangeAdmin({
      store,
      clock,
      directory: deps.directory,
      catalogue: deps.catalogue,
      partners,
      vault,
      production: config.mode === 'production',
    }),
    letters: createLetters({ store, clock, directory: deps.directory, partners, inbound, reconcile, wake }),
    follower,
    runOnce,
    async daily() {
      const today = shanghaiDate(clock.businessNow());
      for (const partner of partners.all().filter((p) => p.active)) {
        const row = await store.read((db) =>
          db
            .selectFrom('exchange_partner')
            .select('checked_on')
            .where('id', '=', partner.id)
            .executeTakeFirst(),
        );
        if (row && row.checked_on !== today) {
          await reconcile(partner);
        }
      }
    },
    async reconcile(partnerId) {
      const partner = partners.one(partnerId);
      return partner ? reconcile(partner) : null;
    },
    refresh: () => partners.refresh(),
    wake,
    async stop() {
      stopped = true;
      clearTimeout(next);
      await running?.catch(() => undefined);
      await opening.stop();
    },
  };
}

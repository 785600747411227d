/** Puts the parts together; the one place that knows them all. */
import { openDoor } from './app.door.ts';
import { createHosts } from './app.hosts.ts';
import { createTicking } from './app.ticking.ts';
import { createAudit } from './audit/index.ts';
import { foreignLog, frontOf, gaugesOf, hooksOf, phonesOf, telling } from './app.shapes.ts';
import { createCases, restoreEvents, type Cases, type Perform } from './cases/index.ts';
import { createCatalogue, type Catalogue } from './catalogue/index.ts';
import { followClock, systemClock, type Clock, type FollowingClock } from './clock.ts';
import type { Config } from './config.ts';
import {
  createCalendars,
  createDeadlines,
  createPolicies,
  createRecountCase,
  createRecountWorker,
  createTimersWorker,
  type Policies,
  type TimersWorker,
} from './deadlines/index.ts';
import { createExchange, type Exchange } from './exchange/index.ts';
import { createFiles, type Files } from './files/index.ts';
import type { Host, HostListeners } from './hosts/index.ts';
import { createHttpApp, startServer, viewerOf, type RunningServer } from './http/index.ts';
import { createLate, ownTells, type Late } from './late/index.ts';
import {
  createLedgerCheck,
  type LedgerCheck,
  createSequencer,
  type Follower,
  type Sequencer,
} from './ledger/index.ts';
import type { Log } from './log.ts';
import { createBudget, createNotices, TEXT_RULES, type Notices } from './notices/index.ts';
import { createMonthly, createOutput, type Monthly } from './output/index.ts';
import { createDirectory, createPeople, type Directory, type People } from './people/index.ts';
import { createOrigins } from './origins/index.ts';
import { createSimilar, type Similar } from './similar/index.ts';
import { createStatistics, type Statistics } from './statistics/index.ts';
import { createSuggest, type Suggest } from './suggest/index.ts';
import { openStore, type Store } from './store/index.ts';
import { createStuck, type Stuck } from './stuck/index.ts';

const TICK_MS = 2_000;
const DIRECTORY_MS = 60_000;
const NIGHTLY_MS = 60_000;

export interface App {
  config: Config;
  store: Store;
  clock: Clock;
  directory: Directory;
  policies: Policies;
  catalogue: Catalogue;
  people: People;
  cases: Cases & { perform: Perform };
  notices: Notices;
  late: Late;
  similar: Similar;
  suggest: Suggest;
  statistics: Statistics;
  monthly: Monthly;
  timers: TimersWorker;
  sequencer: Sequencer;
  ledgerCheck: LedgerCheck;
  stuck: Stuck;
  exchange: Exchange;
  /** What is kept by following the ledger: like cases, lessons. */
  followers: readonly Follower[];
  hosts: ReadonlyMap<string, Host>;
  /** Starts the workers (where the configuration wants them) and listens for presses and contact changes. */
  startWorkers(): Promise<void>;
  serve(): Promise<RunningServer>;
  /** Presses first, then HTTP, then what is under way: nothing acknowledged is lost. */
  stop(): Promise<void>;
}

export interface AppOptions {
  config: Config;
  log: Log;
  version: string;
  /** Instead of the configuration's clock, for making a history. */
  clock?: Clock;
  /** Calls a second to each API of a host; null for no limit. */
  callsPerSecond?: number | null;
}

/** Opens the database, brings its schema up to date and assembles everything; nothing runs yet. */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, log } = options;
  const store = await openStore({ url: config.databaseUrl, log: foreignLog(log) });
  await store.migrate();
  const following: FollowingClock | null =
    options.clock || !config.clockUrl ? null : followClock(config.clockUrl);
  await following?.refresh();
  const clock = options.clock ?? following ?? systemClock;
  const directory = await createDirectory(store);
  const calendars = await createCalendars(store, directory);
  const policies = await createPolicies(store, directory);
  const catalogue = await createCatalogue({ store, clock, directory, texts: TEXT_RULES });
  const { hosts, facts } = createHosts({
    config,
    clock,
    logger: foreignLog(log),
    budget: (hostId, callsPerSecond) =>
      options.callsPerSecond === null
        ? { take: async () => undefined }
        : createBudget(store, hostId, options.callsPerSecond ?? callsPerSecond),
  });
  const people = createPeople({ store, clock, directory, config, hosts, log, ...telling(() => notices) });
  const lag = { ms: 0 };
  const followers: Follower[] = [];
  const follow = (each: Follower): void => {
    each.runOnce().catch((error: unknown) => log.warn('a follower of the ledger stumbled', { error }));
  };
  const sequencer = createSequencer(store, {
    log: foreignLog(log),
    metrics: {
      sequencerLag: (ms) => void (lag.ms = ms),
      sequenced: () => undefined,
    },
    onMoved: () => followers.forEach(follow),
  });

  const parts: { cases?: Cases & { perform: Perform } } = {};
  const casesNow = (): Cases & { perform: Perform } => {
    if (!parts.cases) {
      throw new Error('cases are asked for before they are put together');
    }
    return parts.cases;
  };
  const files: Files = createFiles({
    store,
    clock,
    log,
    config,
    viewerOf,
    cases: { maySeeFile: (viewer, fileId) => casesNow().maySeeFile(viewer, fileId) },
    onReady: (tx, fileId) => notices.photoArrived(tx, fileId),
  });
  const notices: Notices = createNotices({
    store,
    clock,
    log,
    directory,
    calendars,
    catalogue,
    policies,
    hosts,
    thumbUrl: (fileId) => files.thumbLink(fileId),
    cases: casesNow,
  });
  const exchange: Exchange = await createExchange({
    store,
    clock,
    log,
    config,
    directory,
    catalogue,
    files,
    perform: () => casesNow().perform,
    restoreEvents: (tx, caseId, events) => restoreEvents(tx, calendars, caseId, events),
    afterRestored(caseId) {
      sequencer.wake();
      stuck
        .repairSubject({ subject: caseId, case_id: caseId })
        .catch((error: unknown) =>
          log.warn('what stands beside a restored case is left for the nightly look', { caseId, error }),
        );
    },
    phoneOf: (personId) => people.phoneOf(personId),
    paceMs: config.exchangePaceMs,
  });
  const around = { store, clock, directory, calendars, policies, ...exchange.platforms };
  const late: Late = createLate({
    ...around,
    log,
    perform: () => casesNow().perform,
    tellTogether: notices.tellTogether,
    wake: () => notices.outbox.wake(),
  });
  await late.remake();
  const cases = createCases({
    ...around,
    async recordNotices(tx, change) {
      await notices.record(tx, ownTells(change));
      await late.record(tx, change);
    },
    wording: catalogue,
    reports: catalogue,
    startedOn: notices.startedOn,
    phonesOf: phonesOf(people),
    wake() {
      sequencer.wake();
      notices.outbox.wake();
    },
  });
  parts.cases = cases;
  const similar = createSimilar({ store, clock, directory, calendars, policies, catalogue });
  const suggest = createSuggest({ store, clock, directory, calendars, policies, catalogue });
  const statistics = await createStatistics({ store, clock, directory, calendars, catalogue });
  const { perform } = cases;
  const door = openDoor({ store, clock, log, directory, catalogue, config, notices, perform });
  followers.push(
    similar.follower,
    suggest.follower,
    ...statistics.followers,
    exchange.follower,
    door.webhooks.follower,
    door.open311.follower,
  );
  const monthly = createMonthly({ store, clock, directory, statistics, notices, sequencer });
  const timers = createTimersWorker({ store, clock, log, calendars, perform: cases.perform });
  const recounts = createRecountWorker({
    store,
    log,
    directory,
    calendars,
    recountCase: createRecountCase({ store, calendars, perform: cases.perform }),
  });
  const deadlines = createDeadlines({
    store,
    clock,
    directory,
    calendars,
    policies,
    catalogue,
    wakeRecounts: () => (config.workers ? recounts.wake() : undefined),
  });

  const stuck = createStuck({
    store,
    clock,
    log,
    directory,
    calendars,
    policies,
    hosts,
    rewriteBeside: (tx, c) => late.record(tx, { decision: { next: c, events: [], tells: [], also: [] } }),
    wake() {
      sequencer.wake();
      notices.outbox.wake();
    },
  });
  const ledgerCheck = createLedgerCheck({ store, clock, log: foreignLog(log) });

  const listeners = (to: Host): HostListeners => ({
    onCardPress: notices.onCardPress,
    onContactChange: (change) => people.contacts.onContactChange(to, change),
  });

  const ticking = createTicking(log);
  const { every } = ticking;

  let server: RunningServer | undefined;
  return {
    config,
    store,
    clock,
    directory,
    policies,
    catalogue,
    people,
    cases,
    notices,
    late,
    similar,
    suggest,
    statistics,
    monthly,
    timers,
    sequencer,
    ledgerCheck,
    stuck,
    exchange,
    followers,
    hosts,
    async startWorkers() {
      every(DIRECTORY_MS, 'directory', () => directory.refresh());
      every(TICK_MS, 'settings', () =>
        Promise.all([calendars.refresh(), policies.refresh(), exchange.refresh()]),
      );
      every(TICK_MS, 'catalogue', () => catalogue.follow());
      every(DIRECTORY_MS, 'catalogue anew', () => catalogue.refresh());
      if (!config.workers) {
        return;
      }
      sequencer.start();
      notices.outbox.start();
      timers.start();
      late.worker.start();
      recounts.start();
      door.webhooks.worker.start();
      files.start();
      every(TICK_MS, 'notices', () => notices.tick());
      // What the sequencer of another process has moved, or this one before it stopped.
      every(TICK_MS, 'followers', async () => followers.forEach(follow));
      every(TICK_MS, 'figures anew', () => statistics.rebuild.ifDue());
      every(TICK_MS, 'figures of the month', () => monthly.runOnce());
      every(TICK_MS, 'exchange', () => exchange.runOnce());
      every(NIGHTLY_MS, 'exchange comparison', () => exchange.daily());
      every(NIGHTLY_MS, 'webhook log', () => door.webhooks.prune());
      every(NIGHTLY_MS, 'people', () => people.nightly());
      every(NIGHTLY_MS, 'stuck cases', () => stuck.job.tick());
      every(NIGHTLY_MS, 'ledger check', () => ledgerCheck.nightly());
      await Promise.all([...hosts.values()].map((each) => each.listen(listeners(each))));
    },
    async serve() {
      const app = createHttpApp({
        config,
        log,
        clock,
        cases,
        people,
        ...door,
        catalogue,
        texts: notices.texts,
        deliveries: notices.deliveries,
        stuck,
        audit: createAudit({ store, clock, directory, check: ledgerCheck }),
        deadlines,
        late,
        output: createOutput({ store, clock, cases, statistics, directory, config, files }),
        similar,
        suggest,
        statistics,
        hosts,
        front: frontOf(config, facts, options.version),
        origins: createOrigins({ store, clock, directory, hosts, production: config.mode === 'production' }),
        hooks: hooksOf(hosts),
        filesRouter: files.router,
        exchangeRouter: exchange.router,
        exchange,
        gauges: gaugesOf(
          { notices, timers, recounts, followers, stuck, ledgerCheck, webhooks: door.webhooks },
          () => (config.workers ? lag.ms : null),
        ),
        nextDeadline: () => timers.nextAt(),
        ready: () =>
          store.read(async (db) => void (await db.selectFrom('area').select('id').limit(1).execute())),
        version: options.version,
      });
      server = await startServer(app, config.host, config.port);
      return server;
    },
    async stop() {
      ticking.stop();
      await Promise.all([...hosts.values()].map((each) => each.stop()));
      await server?.stop();
      await people.contactRuns.idle();
      await timers.stop();
      await late.worker.stop();
      await recounts.stop();
      await door.webhooks.worker.stop();
      await files.stop();
      await notices.outbox.stop();
      await exchange.stop();
      await stuck.job.stop();
      await ledgerCheck.stop();
      await sequencer.stop();
      await statistics.rebuild.stop();
      await Promise.all(followers.map((each) => each.stop()));
      following?.stop();
      await store.close();
    },
  };
}

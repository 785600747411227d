/**
 * Works through the files whose last byte has come. Any process may; a lease says which one does. What a dead process
 * left is found again at the next start or sweep, and its lease lapses by itself.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { claimLease, releaseLease, type Lease, type Store, type Tx } from '../store/index.ts';
import { isAnonymous, keepsMetadata, whyItTells } from './anonymity.ts';
import { filesToProcess, findFile, finishFile, refuseFile, type Finished } from './file.repository.ts';
import { partsFolder } from './parts.ts';
import { makeFile, type ProcessDeps } from './process.ts';
import { Refused } from './refused.ts';

export interface FileWorker {
  /** Takes the file up soon; resolves when this process is done with it, however it ended. */
  process(fileId: string): Promise<void>;
  /** Begins to look for files other processes left, at once and then regularly. */
  start(): void;
  /** Takes nothing new up and waits for what is under way. */
  stop(): Promise<void>;
}

interface WorkerDeps extends ProcessDeps {
  store: Store;
  clock: Clock;
  log: Log;
  /** Told in the transaction that makes a file ready. */
  onReady?: ((tx: Tx, fileId: string) => Promise<void>) | undefined;
}

/** Two at a time: one decodes while the other waits for storage. */
const SIDE_BY_SIDE = 2;
const LEASE_MS = 60_000;
const SWEEP_MS = 30_000;
/** A file that cost this many attempts (each may have killed its process) is given up. */
const MOST_ATTEMPTS = 5;

export function createFileWorker(deps: WorkerDeps): FileWorker {
  const { store, storage, clock, log } = deps;
  const owner = randomUUID();
  const underWay = new Map<string, Promise<void>>();
  const waiting: (() => void)[] = [];
  let running = 0;
  let stopped = false;
  let sweeper: NodeJS.Timeout | undefined;

  async function inTurn(work: () => Promise<void>): Promise<void> {
    if (running >= SIDE_BY_SIDE) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    running += 1;
    try {
      await work();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  }

  async function attempt(fileId: string): Promise<void> {
    const lease = stopped
      ? undefined
      : await store.transact((tx) => claimLease(tx, `file:${fileId}`, owner, LEASE_MS));
    if (!lease) {
      return;
    }
    const beat = setInterval(() => {
      store.transact((tx) => claimLease(tx, lease.name, owner, LEASE_MS)).catch(() => undefined);
    }, LEASE_MS / 3);
    try {
      await makeAndRecord(fileId, lease);
    } catch (error) {
      log.error('a file could not be processed and will be tried again', {
        fileId,
        attempts: lease.fence,
        error,
      });
      await store.transact((tx) => releaseLease(tx, lease)).catch(() => undefined);
    } finally {
      clearInterval(beat);
    }
  }

  async function makeAndRecord(fileId: string, lease: Lease): Promise<void> {
    const row = await store.read((db) => findFile(db, fileId));
    if (row?.state === 'processing') {
      const made = await outcomeOf(() => (lease.fence > MOST_ATTEMPTS ? giveUp() : makeFile(deps, row)));
      const kept = await store.transact((tx) => record(tx, row.id, row.person_id, made));
      if (typeof made !== 'string' && !kept) {
        await discard(made);
      }
      if (kept === 'refused') {
        log.info('a file was refused', { fileId, kind: row.kind });
      }
    }
    if (row?.state !== 'pending') {
      await storage.deleteFolder(partsFolder(fileId));
    }
    await store.transact((tx) =>
      tx.deleteFrom('lease').where('name', '=', lease.name).where('fence', '=', lease.fence).execute(),
    );
  }

  /** Writes down what became of the file; null when another process already had. */
  async function record(
    tx: Tx,
    id: string,
    personId: string,
    made: Finished | string,
  ): Promise<'ready' | 'refused' | null> {
    const now = clock.machineNow();
    if (typeof made === 'string') {
      return (await refuseFile(tx, id, made, now)) ? 'refused' : null;
    }
    if (keepsMetadata(made.type) && (await isAnonymous(tx, id, personId))) {
      return (await refuseFile(tx, id, whyItTells(made.type), now)) ? 'refused' : null;
    }
    if (!(await finishFile(tx, id, made, now))) {
      return null;
    }
    await deps.onReady?.(tx, id);
    return 'ready';
  }

  async function discard(made: Finished): Promise<void> {
    const keys = [made.storageKey, made.thumbKey].filter((key) => key !== null);
    await Promise.all(keys.map((key) => storage.delete(key)));
  }

  function process(fileId: string): Promise<void> {
    const known = underWay.get(fileId);
    if (known) {
      return known;
    }
    const work = inTurn(() => attempt(fileId))
      .catch((error: unknown) => log.error('a file could not be taken up', { fileId, error }))
      .finally(() => underWay.delete(fileId));
    underWay.set(fileId, work);
    return work;
  }

  async function sweep(): Promise<void> {
    try {
      const ids = await store.read((db) => filesToProcess(db, 50));
      await Promise.all(ids.map(process));
    } catch (error) {
      log.error('files to process could not be looked for', { error });
    }
    if (!stopped) {
      sweeper = setTimeout(() => void sweep(), SWEEP_MS).unref();
    }
  }

  return {
    process,
    start: () => void sweep(),
    async stop() {
      stopped = true;
      clearTimeout(sweeper);
      await Promise.all(underWay.values());
    },
  };
}

async function outcomeOf(make: () => Promise<Finished>): Promise<Finished | string> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof Refused) {
      return error.problem;
    }
    throw error;
  }
}

function giveUp(): Promise<Finished> {
  return Promise.reject(new Refused('文件处理不了，请换一个再传'));
}

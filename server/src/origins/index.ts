/**
 * Other origins that serve the mini-app, by host organisation: who may call the API from another site, with which sessions.
 * The only door of this folder.
 */
import type { HostOriginsList } from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import { messengerName } from '@minqing/shared/words';
import type { Clock } from '../clock.ts';
import { notFound } from '../errors.ts';
import { administeringAll, type Administering, type Directory } from '../people/index.ts';
import { changeOnce, type ChangeRequest, type Store } from '../store/index.ts';
import { parseOrigins, readOrigins, writeOrigins, type HostOrigins } from './origins.ts';

export { ORIGIN_BOOK } from './table.ts';
export { parseOrigins, readOrigins, writeOrigins } from './origins.ts';

/** What another process wrote is seen after this long, ms. */
const KNOWN_FOR_MS = 5_000;

export interface OriginsDeps {
  store: Store;
  clock: Clock;
  directory: Directory;
  /** The host organisations that are served, with their messengers. */
  hosts: ReadonlyMap<string, { vendor: string }>;
  production: boolean;
}

export interface Origins {
  /** Whether any host organisation is served from there: then a browser may read the answers. */
  known(origin: string): Promise<boolean>;
  /** Whether sessions of this host organisation may be used from there. */
  belongsTo(hostId: string, origin: string): Promise<boolean>;
  /** Every method below throws forbidden for all but the widest administrators. */
  list(viewer: Actor): Promise<HostOriginsList>;
  /** Throws invalidInput naming what is no origin, conflict when somebody else wrote meanwhile. */
  change(
    viewer: Actor,
    hostId: string,
    wanted: { origins: readonly string[]; version: number },
    request: ChangeRequest,
  ): Promise<void>;
}

export function createOrigins({ store, clock, directory, hosts, production }: OriginsDeps): Origins {
  let kept: { at: number; byHost: Promise<Map<string, HostOrigins>> } | undefined;

  function known(): Promise<Map<string, HostOrigins>> {
    const now = clock.machineNow();
    if (kept === undefined || now - kept.at > KNOWN_FOR_MS) {
      const asked = { at: now, byHost: store.read(readOrigins) };
      asked.byHost.catch(() => {
        kept = undefined;
      });
      kept = asked;
    }
    return kept.byHost;
  }

  /** Who is let in with people's sessions concerns everybody. */
  const require = (viewer: Actor): Promise<Administering> =>
    store.read((db) =>
      administeringAll(
        db,
        viewer,
        directory,
        clock.businessNow(),
        '前端来源由最上一级的管理员设置，请联系他们',
      ),
    );

  return {
    async known(origin) {
      const all = await known();
      return [...hosts.keys()].some((id) => all.get(id)?.origins.includes(origin) === true);
    },
    async belongsTo(hostId, origin) {
      return (await known()).get(hostId)?.origins.includes(origin) === true;
    },
    async list(viewer) {
      await require(viewer);
      const all = await store.read(readOrigins);
      return {
        items: [...hosts].map(([hostId, { vendor }]) => {
          const { origins = [], version = 0, changedAt = null } = all.get(hostId) ?? {};
          return {
            hostId,
            vendor,
            vendorLabel: messengerName(vendor),
            origins: [...origins],
            version,
            changedAt: changedAt === null ? null : new Date(changedAt).toISOString(),
          };
        }),
      };
    },
    async change(viewer, hostId, wanted, request) {
      const { personId, ownAreaId } = await require(viewer);
      if (!hosts.has(hostId)) {
        throw notFound('没有接入这个平台，请刷新');
      }
      const origins = parseOrigins(wanted.origins, production);
      const { version } = wanted;
      const at = clock.businessNow();
      await changeOnce(store, request, clock.machineNow(), async (tx) => {
        await writeOrigins(tx, { hostId, origins, version, personId, areaId: ownAreaId, at });
        return hostId;
      });
      kept = undefined;
    },
  };
}

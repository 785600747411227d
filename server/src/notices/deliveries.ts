/** The delivery log as an administrator sees it: what did not arrive, why, and what is done about it. */
import type {
  DeliveriesResent,
  DeliveryCall,
  DeliveryFilter,
  DeliveryPage,
  DeliverySummary,
  DeliveryView,
} from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import type { Sheet } from '../workbook/index.ts';
import { administering } from '../people/index.ts';
import type { ChangeRequest } from '../store/index.ts';
import { recordCall, redirect, resend, type ActDeps } from './delivery.acts.ts';
import { viewDelivery } from './delivery.detail.ts';
import type { Instead } from './delivery.instead.ts';
import { exportDeliveries } from './delivery.table.ts';
import { countDead, listDeliveries, summariseDeliveries } from './delivery.list.ts';

/** Everything is of the viewer's areas. Throws forbidden unless the viewer is an administrator. */
export interface Deliveries {
  list(viewer: Actor, filter: DeliveryFilter, after?: string): Promise<DeliveryPage>;
  /** The whole list under a filter, for a workbook; recorded as a reading. Throws at once, not midway. */
  table(viewer: Actor, filter: DeliveryFilter): Promise<Sheet>;
  summary(viewer: Actor): Promise<DeliverySummary>;
  /** How many reached nobody and wait for somebody’s care; 1,000 stands for that many or more. */
  dead(viewer: Actor): Promise<number>;
  view(viewer: Actor, id: string): Promise<DeliveryView>;
  resend(
    viewer: Actor,
    request: ChangeRequest,
    which: { ids: readonly string[] } | { filter: DeliveryFilter },
  ): Promise<DeliveriesResent>;
  redirect(viewer: Actor, request: ChangeRequest, id: string, to: Instead): Promise<DeliveryView>;
  recordCall(viewer: Actor, request: ChangeRequest, id: string, call: DeliveryCall): Promise<DeliveryView>;
}

export function createDeliveries(deps: ActDeps): Deliveries {
  const scopeOf = (viewer: Actor) => administering(viewer, deps.directory);
  return {
    list: async (viewer, filter, after) => listDeliveries(deps, scopeOf(viewer), filter, after),
    table: async (viewer, filter) => exportDeliveries(deps, scopeOf(viewer), filter),
    summary: async (viewer) => summariseDeliveries(deps, scopeOf(viewer)),
    dead: async (viewer) => countDead(deps, scopeOf(viewer)),
    view: async (viewer, id) => viewDelivery(deps, viewer, scopeOf(viewer), id),
    resend: async (viewer, request, which) => resend(deps, { scope: scopeOf(viewer), request }, which),
    async redirect(viewer, request, id, to) {
      const scope = scopeOf(viewer);
      await redirect(deps, { scope, request }, id, to);
      return viewDelivery(deps, viewer, scope, id);
    },
    async recordCall(viewer, request, id, call) {
      const scope = scopeOf(viewer);
      await recordCall(deps, { scope, request }, id, call);
      return viewDelivery(deps, viewer, scope, id);
    },
  };
}

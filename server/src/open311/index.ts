/**
 * Open311 GeoReport v2 over what is here: categories are services, what a committee published are requests, and a
 * member's token lets an application file for them. http/ speaks the wire; every rule of a case stays in cases/.
 */
import type { Actor } from '@minqing/shared/workflow';
import type { Catalogue } from '../catalogue/index.ts';
import type { Cases } from '../cases/index.ts';
import { findCase } from '../cases/index.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Follower } from '../ledger/index.ts';
import type { Directory } from '../people/index.ts';
import type { Quota } from '../quota/index.ts';
import type { Store } from '../store/index.ts';
import { GeoReportFault } from './fault.ts';
import { filingOf, type Form } from './filing.ts';
import type { Value } from './render.ts';
import { createPublishedFollower, findRequests, type RequestQuery } from './requests.ts';
import { definitionOf, findService, serviceOf, servicesOf } from './services.ts';

export { GeoReportFault } from './fault.ts';
export type { Form } from './filing.ts';
export { toXml, type Value } from './render.ts';
export type { RequestQuery } from './requests.ts';

export interface Open311 {
  /** Counts a request of an address. Throws `tooManyRequests`. */
  admit(address: string): Promise<void>;
  /** `jurisdiction` is an area's code. All throw GeoReportFault. */
  services(jurisdiction: string | undefined): Value;
  definition(jurisdiction: string | undefined, code: string): Value;
  requests(jurisdiction: string | undefined, query: RequestQuery): Promise<Value>;
  request(jurisdiction: string | undefined, number: string): Promise<Value>;
  /** Files a report for the person; what the workflow refuses becomes a fault in its words. */
  file(actor: Extract<Actor, { kind: 'person' }>, form: Form): Promise<Value>;
  /** The number behind the id of a report, which POST may be asked for as a token. */
  token(jurisdiction: string | undefined, token: string): Promise<Value>;
  follower: Follower;
}

export interface Open311Deps {
  store: Store;
  clock: Clock;
  directory: Directory;
  catalogue: Pick<Catalogue, 'categories' | 'categoryName'>;
  perform(): Cases['perform'];
  quota: Quota;
}

export function createOpen311(deps: Open311Deps): Open311 {
  const { store, clock, directory, catalogue } = deps;

  /** The area, and the committee that receives there. */
  function placeOf(jurisdiction: string | undefined): { areaId: string; committeeId: string } {
    if (!jurisdiction) {
      throw new GeoReportFault(400, '没有提供 jurisdiction_id（地区代码，如 330700）');
    }
    const committee = directory.committeeOf(jurisdiction);
    if (!committee || !directory.receivingCommittee(null, null, committee.id)) {
      throw new GeoReportFault(404, `jurisdiction_id ${jurisdiction} 不存在，或没有开通`);
    }
    return { areaId: jurisdiction, committeeId: committee.id };
  }

  return {
    admit: (address) => deps.quota.spend('open311', address),
    services: (jurisdiction) => servicesOf(catalogue.categories(placeOf(jurisdiction).areaId)).map(serviceOf),
    definition: (jurisdiction, code) =>
      definitionOf(findService(catalogue.categories(placeOf(jurisdiction).areaId), code)),
    async requests(jurisdiction, query) {
      const { areaId } = placeOf(jurisdiction);
      return store.read((db) => findRequests(db, deps, areaId, query, clock.businessNow()));
    },
    async request(jurisdiction, number) {
      const { areaId } = placeOf(jurisdiction);
      const query = { service_request_id: number };
      const found = await store.read((db) => findRequests(db, deps, areaId, query, clock.businessNow()));
      if (found.length === 0) {
        throw new GeoReportFault(404, `service_request_id ${number} 不存在，或没有公开`);
      }
      return found;
    },
    async file(actor, form) {
      const place = placeOf(onlyText(form['jurisdiction_id']));
      const code = onlyText(form['service_code']);
      if (!code) {
        throw new GeoReportFault(400, '没有提供 service_code');
      }
      const category = findService(catalogue.categories(place.areaId), code);
      const filing = filingOf(actor, place, category, form, clock.businessNow());
      try {
        const { case: filed } = await deps.perform()(actor, filing.caseId, 'submit', filing.input, {
          door: 'http',
          principal: actor.personId,
          key: filing.key,
          digest: filing.digest,
        });
        return [
          {
            service_request_id: filed.number,
            service_notice: '已提交，政协审核后办理；公开后可以查到进展',
            account_id: null,
          },
        ];
      } catch (error) {
        throw asFault(error);
      }
    },
    async token(jurisdiction, token) {
      const { areaId } = placeOf(jurisdiction);
      const c = await store.read((db) => findCase(db, token));
      if (!c || !directory.areasWithin(areaId).includes(c.areaId)) {
        throw new GeoReportFault(404, `token ${token} 不存在`);
      }
      return [{ service_request_id: c.number, token }];
    },
    follower: createPublishedFollower(store),
  };
}

const onlyText = (value: Form[string]): string | undefined =>
  typeof value === 'string' ? value.trim() || undefined : undefined;

/** A refusal in its own words; what is our fault goes on as it is. */
function asFault(error: unknown): unknown {
  if (!(error instanceof AppError) || error.status >= 500) {
    return error;
  }
  const words = error.errors?.map((one) => `${one.path}：${one.message}`) ?? [];
  return new GeoReportFault(error.status === 403 ? 403 : 400, ...(words.length > 0 ? words : [error.title]));
}

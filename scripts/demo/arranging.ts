/** What the demo's administrator and a handler on leave set up, each by its own call as on a screen. */
import { shanghaiDate } from '../../shared/src/time/index.ts';
import type { App } from '../../server/src/app.ts';
import { digestOf } from '../../server/src/store/index.ts';
import { fixedUuid } from './uploads.ts';
import { CITY_OFFICE, peopleOf } from './cast.ts';

/** The unit whose head signs replies before they leave. */
const APPROVED_UNIT = '市应急管理局';
/** The unit whose handler is on leave over the demo's present. */
const UNIT_ON_LEAVE = '市农业农村局';
/** Working hours before the present at which the leave is entered. */
export const SUBSTITUTE_HOURS_AGO = 16;
const DAYS_AWAY = 8;
/** A city's first quarter has few cases a unit: the demo ranks from this many on, so that there is something to see. */
const LEAST_RANKED = 3;

const request = (principal: string, what: string) => ({
  principal,
  key: fixedUuid(what),
  digest: digestOf({ what }),
});

export async function arrangeHouse(app: App): Promise<void> {
  const admin = (await peopleOf(app)).of('admin', CITY_OFFICE);
  const unit = app.directory.units().find((one) => one.name === APPROVED_UNIT);
  if (!unit || admin.kind !== 'person') {
    throw new Error(`the demo has no unit ${APPROVED_UNIT}, or no administrator`);
  }
  const { name, shortName, type, areaId } = unit;
  await app.people.admin.changeUnit(
    admin,
    unit.id,
    { name, shortName, type, areaId, headApproval: 'yes' },
    request(admin.personId, 'head approval'),
  );
  const { seen } = await app.statistics.admin.settings(admin, areaId);
  await app.statistics.admin.save(
    admin,
    {
      areaId,
      seen,
      liveFrom: null,
      leastRanked: LEAST_RANKED,
      points: null,
      monthly: { on: true, day: 1, roles: ['leader', 'inspector'] },
    },
    request(admin.personId, 'ranking'),
  );
}

export async function nameSubstitute(app: App): Promise<void> {
  const cast = await peopleOf(app);
  const handler = cast.of('handler', UNIT_ON_LEAVE);
  const head = cast.of('head', UNIT_ON_LEAVE);
  if (handler.kind !== 'person' || head.kind !== 'person') {
    throw new Error(`nobody works in ${UNIT_ON_LEAVE}`);
  }
  const now = app.clock.businessNow();
  await app.people.substitutes.name(
    handler,
    {
      personId: handler.personId,
      substituteId: head.personId,
      fromDate: shanghaiDate(now),
      toDate: shanghaiDate(now + DAYS_AWAY * 86_400_000),
      reason: '年休假',
    },
    request(handler.personId, 'on leave'),
  );
}

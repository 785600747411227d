/** Whose figures a person may read: of the areas they look over, or of the unit they work in. */
import type { StatisticsDesks, StatisticsFilter } from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import { ROLES, type Role } from '@minqing/shared/words';
import { deskById, desksOf, type Desk } from '../cases/index.ts';
import { forbidden, invalidInput, notFound } from '../errors.ts';
import type { Directory } from '../people/index.ts';
import type { Cut } from './tally.repository.ts';

export type Places = Pick<Directory, 'area' | 'areas' | 'areasWithin' | 'dispatchOfficeOf' | 'unit'>;

/** In the order the desks are offered. */
const OF_AREAS: readonly Role[] = ['leader', 'inspector', 'dispatcher', 'reviewer'];
const OF_UNITS: readonly Role[] = ['head', 'handler'];
const READERS: readonly Role[] = [...OF_AREAS, ...OF_UNITS];

/** What a desk may read: its areas, the topmost first, or one unit's share in whichever area. */
export type Sphere = { desk: Desk; areaId: string } & (
  | { kind: 'area'; areaIds: readonly string[]; unitId: null }
  | { kind: 'unit'; areaIds: null; unitId: string }
);

/** The desk's own part. A committee receives for its area alone; an office also for areas below that have none. */
function sphereOf(desk: Desk, places: Places): Sphere {
  const home = places.unit(desk.unitId ?? '')?.areaId ?? desk.areaId;
  if (OF_UNITS.includes(desk.role)) {
    return { desk, kind: 'unit', areaId: home, areaIds: null, unitId: desk.unitId ?? '' };
  }
  const of = (areaId: string, areaIds: readonly string[]): Sphere => ({
    desk,
    kind: 'area',
    areaId,
    areaIds,
    unitId: null,
  });
  switch (desk.role) {
    case 'reviewer':
      return of(home, [home]);
    case 'dispatcher':
      return of(
        home,
        places.areasWithin(home).filter((id) => places.dispatchOfficeOf(id)?.id === desk.unitId),
      );
    default:
      return of(desk.areaId, places.areasWithin(desk.areaId));
  }
}

/** The sphere of a desk of the viewer's. Throws forbidden for a desk that is not theirs or reads no figures. */
export function sphereAt(viewer: Actor, deskId: string, places: Places): Sphere {
  const desk = deskById(viewer, deskId);
  if (!READERS.includes(desk.role)) {
    throw forbidden('统计给领导、督查、三服务办、政协审核和承办单位看；您自己的在「履职档案」');
  }
  return sphereOf(desk, places);
}

const ROOT_ONLY = 'only:';
/** The key of an area's own part, without what is below it. */
export const onlyKey = (areaId: string): string => `${ROOT_ONLY}${areaId}`;

export interface Selection {
  sphere: Sphere;
  /** The area asked for, or the sphere's own. */
  areaId: string;
  /** Null: in whichever area. */
  areas: readonly string[] | null;
  cut: Cut;
  key1?: string | undefined;
  key2?: string | undefined;
  /** The same as columns of a tally. */
  where: { unit_id?: string; category_id?: string; sector?: string; place_id?: string };
}

/** The part of the sphere a filter asks for. Throws not found for an area outside it, forbidden for another unit. */
export function selectionOf(
  sphere: Sphere,
  filter: Pick<StatisticsFilter, 'area' | 'unit' | 'category' | 'sector' | 'place'>,
  places: Places,
): Selection {
  const { category, sector, place } = filter;
  if (sphere.kind === 'unit' && filter.unit !== undefined && filter.unit !== sphere.unitId) {
    throw forbidden('您只能看自己单位的统计');
  }
  const unit = sphere.unitId ?? filter.unit;
  const cuts = [
    unit !== undefined || category !== undefined,
    sector !== undefined,
    place !== undefined,
  ].filter(Boolean);
  if (cuts.length > 1) {
    throw invalidInput([{ path: 'place', message: '单位或类别、界别、事发地只能选一样，请去掉其余的' }]);
  }
  const selection = {
    sphere,
    areaId: filter.area?.replace(ROOT_ONLY, '') ?? sphere.areaId,
    areas: areasOf(sphere, filter.area, places),
    where: {
      ...(unit === undefined ? {} : { unit_id: unit }),
      ...(category === undefined ? {} : { category_id: category }),
      ...(sector === undefined ? {} : { sector }),
      ...(place === undefined ? {} : { place_id: place }),
    },
  };
  if (unit !== undefined && category !== undefined) {
    return { ...selection, cut: 'unitCategory', key1: unit, key2: category };
  }
  const [cut, key1] =
    unit !== undefined
      ? (['unit', unit] as const)
      : category !== undefined
        ? (['category', category] as const)
        : sector !== undefined
          ? (['sector', sector] as const)
          : place !== undefined
            ? (['place', place] as const)
            : (['all', undefined] as const);
  return { ...selection, cut, key1 };
}

function areasOf(sphere: Sphere, area: string | undefined, places: Places): readonly string[] | null {
  if (area === undefined) {
    return sphere.areaIds;
  }
  const id = area.replace(ROOT_ONLY, '');
  const asked = area.startsWith(ROOT_ONLY) ? [id] : places.areasWithin(id);
  const found = sphere.areaIds ? asked.filter((each) => sphere.areaIds.includes(each)) : asked;
  if (!places.area(id) || (sphere.areaIds && !sphere.areaIds.includes(id))) {
    throw notFound('没有这个地区，或不在您的范围内');
  }
  return found;
}

/** The cut that puts a selection apart by one of its sides. Throws invalid input where no such sums are kept. */
export function cutBy(
  selection: Selection,
  by: 'unit' | 'category' | 'sector' | 'place',
): Pick<Selection, 'cut' | 'key1' | 'key2'> & { key: 'key1' | 'key2' } {
  const { cut, key1 } = selection;
  if (cut === 'all') {
    return { cut: by, key: 'key1' };
  }
  if (cut === 'unit' && by === 'category') {
    return { cut: 'unitCategory', key1, key: 'key2' };
  }
  if (cut === 'category' && by === 'unit') {
    return { cut: 'unitCategory', key2: key1, key: 'key1' };
  }
  throw invalidInput([
    { path: 'split', message: '已经选了单位、类别、界别或事发地，不能再这样分，请先去掉' },
  ]);
}

/** The desks a person reads figures at. */
export function statisticsDesks(viewer: Actor, places: Places): StatisticsDesks {
  const desks = desksOf(viewer)
    .filter((desk) => READERS.includes(desk.role))
    .toSorted((a, b) => READERS.indexOf(a.role) - READERS.indexOf(b.role));
  return {
    desks: desks.map((desk) => {
      const { kind, areaId, areaIds, unitId } = sphereOf(desk, places);
      const area = places.area(areaId);
      return {
        id: desk.id,
        kind,
        title: (unitId === null ? area?.name : places.unit(unitId)?.name) ?? '',
        roleLabel: ROLES[desk.role],
        areaId,
        unitId,
        members: desk.role === 'reviewer',
        areas: (areaIds ?? []).flatMap((id) => {
          const found = places.area(id);
          return found ? [{ id, name: found.name, parentId: found.parentId }] : [];
        }),
      };
    }),
    member: viewer.kind === 'person' && viewer.grants.some((grant) => grant.role === 'member'),
  };
}

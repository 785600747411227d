/** Areas and units, held in the process: small, read at every step, changed only by administrators and imports. */
import type { AreaFacts, UnitFacts } from '@minqing/shared/workflow';
import type { Tier, UnitType } from '@minqing/shared/words';
import type { Reader, Store } from '../store/index.ts';

export interface Area extends AreaFacts {
  /** Of case numbers: JH. */
  prefix: string;
}

export interface Unit extends UnitFacts {
  active: boolean;
  /** Whether a head approves the unit's replies; null leaves it to the area. */
  headApproval: boolean | null;
}

/** Where a report is received. */
export interface Receiver {
  areaId: string;
  committeeId: string;
  dispatchOfficeId: string;
}

export interface Directory {
  /** Reads the tables again; keeps the old picture when that fails. */
  refresh(): Promise<void>;
  area(id: string): Area | undefined;
  /** Of any unit, closed ones included, since old cases name them. */
  unit(id: string): Unit | undefined;
  areas(): readonly Area[];
  /** Units that are open. */
  units(): readonly Unit[];
  /** Closed ones included. */
  allUnits(): readonly Unit[];
  /** The area itself first, then upwards to the province; empty for an unknown area. */
  areaChain(id: string): readonly string[];
  /** The area and everything below it. */
  areasWithin(id: string): readonly string[];
  /** Open units of the area and everything below it. */
  unitsWithin(areaId: string): readonly Unit[];
  /** The CPPCC committee of exactly this area. */
  committeeOf(areaId: string): Unit | undefined;
  /** The dispatch office of the area, or of the nearest area above that has one. */
  dispatchOfficeOf(areaId: string): Unit | undefined;
  /**
   * Who receives a report: the committee the author chose, else that of the city the place lies in (a county's place
   * goes to its city), else that of the author's own city. Null when nobody there receives reports.
   */
  receivingCommittee(
    placeAreaId: string | null,
    memberCommitteeId: string | null,
    chosenId?: string,
  ): Receiver | null;
}

interface Picture {
  areas: Map<string, Area>;
  units: Map<string, Unit>;
  open: Unit[];
  children: Map<string, string[]>;
  committees: Map<string, Unit>;
  offices: Map<string, Unit>;
}

/** Loads the directory; refresh it when areas or units changed, and from time to time for other processes' changes. */
export async function createDirectory(store: Pick<Store, 'read'>): Promise<Directory> {
  let picture = await store.read(load);
  const area = (id: string): Area | undefined => picture.areas.get(id);
  const unit = (id: string): Unit | undefined => picture.units.get(id);

  const areaChain = (id: string): string[] => {
    const chain: string[] = [];
    for (let at = area(id); at && !chain.includes(at.id); at = at.parentId ? area(at.parentId) : undefined) {
      chain.push(at.id);
    }
    return chain;
  };

  const areasWithin = (id: string): string[] => {
    const found = picture.areas.has(id) ? [id] : [];
    for (let next = 0; next < found.length; next += 1) {
      found.push(...(picture.children.get(found[next] ?? '') ?? []));
    }
    return found;
  };

  const dispatchOfficeOf = (areaId: string): Unit | undefined =>
    areaChain(areaId)
      .map((id) => picture.offices.get(id))
      .find((office) => office !== undefined);

  /** The city on the way up, or the area itself where no city is above it (a province). */
  const cityOf = (areaId: string): string | undefined =>
    areaChain(areaId).find((id) => area(id)?.tier === 'city') ??
    (picture.areas.has(areaId) ? areaId : undefined);

  const receiverAt = (committee: Unit | undefined): Receiver | null => {
    const office = committee && dispatchOfficeOf(committee.areaId);
    if (!committee?.active || !office) {
      return null;
    }
    return { areaId: committee.areaId, committeeId: committee.id, dispatchOfficeId: office.id };
  };

  return {
    area,
    unit,
    areas: () => [...picture.areas.values()],
    units: () => picture.open,
    allUnits: () => [...picture.units.values()],
    areaChain,
    areasWithin,
    unitsWithin(areaId) {
      const within = new Set(areasWithin(areaId));
      return picture.open.filter((candidate) => within.has(candidate.areaId));
    },
    committeeOf: (areaId) => picture.committees.get(areaId),
    dispatchOfficeOf,
    receivingCommittee(placeAreaId, memberCommitteeId, chosenId) {
      if (chosenId !== undefined) {
        const chosen = unit(chosenId);
        return chosen?.type === 'committee' ? receiverAt(chosen) : null;
      }
      const home = memberCommitteeId ? unit(memberCommitteeId)?.areaId : undefined;
      for (const from of [placeAreaId, home]) {
        const city = from ? cityOf(from) : undefined;
        const receiver = city ? receiverAt(picture.committees.get(city)) : null;
        if (receiver) {
          return receiver;
        }
      }
      return null;
    },
    async refresh() {
      picture = await store.read(load);
    },
  };
}

async function load(db: Reader): Promise<Picture> {
  const areaRows = await db.selectFrom('area').selectAll().orderBy('id').execute();
  const unitRows = await db.selectFrom('unit').selectAll().orderBy('id').execute();
  const areas = new Map<string, Area>();
  const children = new Map<string, string[]>();
  for (const row of areaRows) {
    areas.set(row.id, {
      id: row.id,
      name: row.name,
      tier: row.tier as Tier,
      parentId: row.parent_id,
      prefix: row.prefix,
    });
    if (row.parent_id) {
      children.set(row.parent_id, [...(children.get(row.parent_id) ?? []), row.id]);
    }
  }
  const units = new Map<string, Unit>();
  for (const row of unitRows) {
    units.set(row.id, {
      id: row.id,
      name: row.name,
      shortName: row.short_name,
      type: row.type as UnitType,
      areaId: row.area_id,
      active: row.active === 1,
      headApproval: row.head_approval === 'inherit' ? null : row.head_approval === 'yes',
    });
  }
  const open = [...units.values()].filter((unit) => unit.active);
  const firstOf = (type: UnitType): Map<string, Unit> => {
    const found = new Map<string, Unit>();
    open
      .filter((unit) => unit.type === type && !found.has(unit.areaId))
      .forEach((unit) => found.set(unit.areaId, unit));
    return found;
  };
  return {
    areas,
    units,
    open,
    children,
    committees: firstOf('committee'),
    offices: firstOf('dispatchOffice'),
  };
}

/** The areas an administrator answers for, as a tree. */
import type { AreaTree, UnitRef } from '@minqing/shared/contract';
import { TIERS } from '@minqing/shared/words';
import type { Directory, Unit } from '../directory.ts';
import type { Administering } from '../administering.ts';

const refOf = (unit: Unit | undefined): UnitRef | null =>
  unit ? { id: unit.id, name: unit.name, shortName: unit.shortName } : null;

/** Every area of the administrator, parents before children, in the order of their codes. */
export function areaTreeOf(directory: Directory, scope: Administering): AreaTree {
  const counts = new Map<string, number>();
  for (const unit of directory.units()) {
    counts.set(unit.areaId, (counts.get(unit.areaId) ?? 0) + 1);
  }
  const own = directory.areas().filter((area) => scope.covers(area.id));
  const roots = own.filter((area) => !scope.covers(area.parentId));
  const ordered = roots.flatMap((root) => inOrder(directory, root.id));
  return {
    items: ordered.map((area) => ({
      id: area.id,
      name: area.name,
      tier: area.tier,
      tierLabel: TIERS[area.tier],
      parentId: scope.covers(area.parentId) ? area.parentId : null,
      committee: refOf(directory.committeeOf(area.id)),
      dispatchOffice: refOf(directory.dispatchOfficeOf(area.id)),
      units: counts.get(area.id) ?? 0,
    })),
  };
}

/** The area, then each child with everything below it, before the next child. */
function inOrder(directory: Directory, id: string): ReturnType<Directory['areas']>[number][] {
  const area = directory.area(id);
  const children = directory.areas().filter((one) => one.parentId === id);
  return area ? [area, ...children.flatMap((child) => inOrder(directory, child.id))] : [];
}

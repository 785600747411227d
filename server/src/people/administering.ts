/** Which part of the country an administrator answers for. Every endpoint of 管理 begins by asking here. */
import type { Actor } from '@minqing/shared/workflow';
import { forbidden } from '../errors.ts';
import type { Directory } from './directory.ts';

export interface Administering {
  personId: string;
  /** The first grant's own area: what an act about nobody's area in particular is filed under. */
  ownAreaId: string;
  /** The areas of the person's `admin` grants and everything below them. */
  areaIds: ReadonlySet<string>;
  covers(areaId: string | null | undefined): boolean;
  /** Throws forbidden, with what to do about it, unless the area is covered. */
  require(areaId: string | null | undefined): void;
}

/** What this viewer administers now. Throws forbidden for anybody without an `admin` grant. */
export function administering(viewer: Actor, directory: Pick<Directory, 'areasWithin'>): Administering {
  const grants = viewer.kind === 'person' ? viewer.grants.filter((grant) => grant.role === 'admin') : [];
  if (viewer.kind !== 'person' || grants.length === 0) {
    throw forbidden('只有管理员可以这样做，请联系您单位的管理员');
  }
  const areaIds = new Set(grants.flatMap((grant) => directory.areasWithin(grant.areaId)));
  const covers = (areaId: string | null | undefined): boolean => Boolean(areaId) && areaIds.has(areaId ?? '');
  return {
    personId: viewer.personId,
    ownAreaId: grants[0]?.areaId ?? '',
    areaIds,
    covers,
    require(areaId) {
      if (!covers(areaId)) {
        throw forbidden('这个地区不归您管，请联系上一级管理员');
      }
    },
  };
}

/** What every presenter of a case shares: the viewer's duty, references, the words' context. */
import type { CaseView, FileView, UnitRef } from '@minqing/shared/contract';
import {
  duties,
  isMeant,
  type Actor,
  type AreaFacts,
  type Case,
  type Duty,
  type World,
} from '@minqing/shared/workflow';
import type { Reader, Telling } from './case.words.ts';
import type { Names } from './names.ts';
import type { CaseWording } from '../catalogue/index.ts';
import type { Sight } from './sight.ts';

export interface Presenting {
  viewer: Actor;
  /** The case acts are done on: for the authors of a merged case the one it goes on in, else the case itself. */
  actsOn: Case;
  sight: Sight;
  world: World;
  names: Names;
  area(id: string): AreaFacts | undefined;
  files(ids: readonly string[]): FileView[];
  /** Phone numbers of the authors, only loaded when `sight.phone`. */
  phones: ReadonlyMap<string, string>;
  started: CaseView['started'];
  wording: CaseWording;
}

export const viewerIdOf = (viewer: Actor): string | null =>
  viewer.kind === 'person' ? viewer.personId : null;

type Around = Pick<World, 'areaChain' | 'leftOffice' | 'unitAbove' | 'holders'>;

/** The duty of the case that waits for this viewer, the one that holds it up first. */
export function dutyOf(c: Case, viewer: Actor, world: Around): Duty | null {
  if (viewer.kind !== 'person') {
    return null;
  }
  const mine = duties(c, world.leftOffice).filter((d) => isMeant(c, d.audience, viewer, world));
  return mine.find((d) => d.holds) ?? mine[0] ?? null;
}

export function readerOf(c: Case, viewer: Actor, sight: Sight, world: Around): Reader {
  return { author: sight.author, you: dutyOf(c, viewer, world)?.purpose ?? null, staff: sight.staff };
}

const UNKNOWN_UNIT: UnitRef = { id: '', name: '（已撤销单位）', shortName: '（已撤销单位）' };

export function unitRef(id: string | null | undefined, unit: World['unit']): UnitRef {
  const found = id ? unit(id) : undefined;
  return found
    ? { id: found.id, name: found.name, shortName: found.shortName }
    : { ...UNKNOWN_UNIT, id: id ?? '' };
}

export const areaRef = (id: string, area: Presenting['area']): { id: string; name: string } => ({
  id,
  name: area(id)?.name ?? '',
});

export const tellingOf = (world: World): Telling => ({
  now: world.now,
  calendar: world.calendar,
  unit: world.unit,
  platform: world.platformName,
});

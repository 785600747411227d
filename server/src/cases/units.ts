/** Units a case may be given to: the area's and those below, best match first. */
import type { UnitRef } from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import { forbidden, notFound } from '../errors.ts';
import type { Directory } from '../people/index.ts';
import type { Reader } from '../store/index.ts';
import { findCase } from './case.repository.ts';
import { sightOf } from './sight.ts';

const MOST = 30;

export async function unitsFor(
  db: Reader,
  { directory }: { directory: Directory },
  viewer: Actor,
  q: string,
  caseId?: string,
): Promise<(UnitRef & { areaId: string; type: string })[]> {
  const areaId = caseId === undefined ? homeArea(viewer) : await caseArea(db, directory, viewer, caseId);
  const words = q.trim().toLowerCase();
  return directory
    .unitsWithin(areaId)
    .filter((u) => u.type === 'department')
    .map((u) => ({
      u,
      score: scoreOf(`${u.name} ${u.shortName}`.toLowerCase(), words) + (u.areaId === areaId ? 1 : 0),
    }))
    .filter(({ score }) => words === '' || score > 1)
    .toSorted((a, b) => b.score - a.score || a.u.name.length - b.u.name.length)
    .slice(0, MOST)
    .map(({ u }) => ({ id: u.id, name: u.name, shortName: u.shortName, areaId: u.areaId, type: u.type }));
}

/** Whole words beat the beginning, that beats the inside, and that beats the characters in order (交警 finds 公安局交警支队). */
function scoreOf(name: string, words: string): number {
  if (words === '') {
    return 0;
  }
  const at = name.indexOf(words);
  if (at >= 0) {
    return at === 0 ? 30 : 20;
  }
  let from = 0;
  for (const character of words) {
    const found = name.indexOf(character, from);
    if (found < 0) {
      return 0;
    }
    from = found + 1;
  }
  return 10;
}

function homeArea(viewer: Actor): string {
  const staff = viewer.kind === 'person' ? viewer.grants.find((g) => g.role !== 'member') : undefined;
  if (!staff) {
    throw forbidden();
  }
  return staff.areaId;
}

async function caseArea(db: Reader, directory: Directory, viewer: Actor, caseId: string): Promise<string> {
  const c = await findCase(db, caseId);
  if (!c) {
    throw notFound();
  }
  if (!sightOf(c, viewer, (id) => directory.areaChain(id)).staff) {
    throw forbidden();
  }
  return c.areaId;
}

/** The limits and rules in force in each area, read at once from a snapshot of the published versions. */
import type { Limit } from '@minqing/shared/calendar';
import {
  limitFor,
  rulesFor,
  type AreaPolicy,
  type AreaRules,
  type CaseFacts,
  type PolicyDocument,
} from '@minqing/shared/policies';
import type { ClockKind } from '@minqing/shared/workflow';
import type { Directory } from '../people/index.ts';
import type { Store } from '../store/index.ts';
import { readPolicies } from './policy.repository.ts';
import { revisionOf } from './revision.ts';

export interface Policies {
  /** What a clock that starts now gets; a running one keeps what it started with. */
  limitOf(areaId: string, kind: ClockKind, facts: CaseFacts): Limit;
  rulesOf(areaId: string): AreaRules;
  /** The published documents of the area and those above it, its own first; areas without one are left out. */
  chainOf(areaId: string): AreaPolicy[];
  /** Reads the versions again if one was published, here or in another process. */
  refresh(): Promise<void>;
}

/** Loads what is published; refresh it from time to time for other processes' versions. */
export async function createPolicies(
  store: Pick<Store, 'read'>,
  directory: Pick<Directory, 'areaChain'>,
): Promise<Policies> {
  let revision: string | undefined;
  let published: ReadonlyMap<string, PolicyDocument> = new Map();
  async function refresh(): Promise<void> {
    const now = await store.read((db) => revisionOf(db, 'policyRevision'));
    if (now !== revision) {
      published = await store.read(readPolicies);
      revision = now;
    }
  }
  const chainOf = (areaId: string): AreaPolicy[] =>
    directory.areaChain(areaId).flatMap((id) => {
      const document = published.get(id);
      return document ? [{ areaId: id, document }] : [];
    });
  await refresh();
  return {
    refresh,
    chainOf,
    limitOf: (areaId, kind, facts) => limitFor(chainOf(areaId), kind, facts).limit,
    rulesOf: (areaId) => rulesFor(chainOf(areaId)),
  };
}

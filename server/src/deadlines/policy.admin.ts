/** 时限与规则: an area's draft, its publishing, and what came before. Publishing binds clocks that start afterwards. */
import type { policyDocument, PolicyView } from '@minqing/shared/contract';
import {
  comparePolicies,
  NO_POLICY,
  policyFaults,
  tempoFaults,
  tidyLimit,
  type PolicyDocument,
  type PolicyFault,
} from '@minqing/shared/policies';
import type { Actor } from '@minqing/shared/workflow';
import type { z } from 'zod';
import { namesOf } from '../cases/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import { AppError, conflict, invalidInput } from '../errors.ts';
import { appendAudit } from '../ledger/index.ts';
import { administering, type Directory } from '../people/index.ts';
import { insertIgnore, uuidv7, type Reader, type Store, type Tx } from '../store/index.ts';
import type { Policies } from './policies.ts';
import { versionsOf, type PolicyVersion } from './policy.repository.ts';
import { changesBetween, policyPage } from './policy.view.ts';
import { scopeLabel, type NameCategory } from './policy.words.ts';
import { revise } from './revision.ts';

const SHOWN_VERSIONS = 12;

export interface PolicyAdmin {
  page(viewer: Actor, areaId: string): Promise<PolicyView>;
  /** Keeps the draft. `revision` is the one it was begun from, 0 for none; throws conflict when another saved since. */
  saveDraft(
    viewer: Actor,
    areaId: string,
    draft: { revision: number; document: z.output<typeof policyDocument> },
  ): Promise<PolicyView>;
  discardDraft(viewer: Actor, areaId: string): Promise<PolicyView>;
  /** Puts the draft in force as it was seen. Publishing the same version again changes nothing. */
  publish(
    viewer: Actor,
    areaId: string,
    version: { versionId: string; revision: number; note: string },
  ): Promise<PolicyView>;
}

export interface PolicyAdminDeps {
  store: Store;
  clock: Clock;
  directory: Directory;
  policies: Policies;
  catalogue: Pick<Catalogue, 'categories' | 'categoryName'>;
}

export function createPolicyAdmin(deps: PolicyAdminDeps): PolicyAdmin {
  const { store, clock, directory, policies, catalogue } = deps;
  const naming =
    (areaId: string): NameCategory =>
    (categoryId) =>
      catalogue.categoryName(areaId, categoryId);

  const requireArea = (viewer: Actor, areaId: string): string => {
    const scope = administering(viewer, directory);
    scope.require(areaId);
    return scope.personId;
  };
  const above = (areaId: string) => policies.chainOf(areaId).filter((policy) => policy.areaId !== areaId);

  async function page(areaId: string): Promise<PolicyView> {
    await policies.refresh();
    const now = clock.businessNow();
    return store.read(async (db) => {
      const versions = await versionsOf(db, areaId, SHOWN_VERSIONS);
      const people = versions.flatMap((version) => [version.edited_by, version.published_by ?? '']);
      const names = await namesOf(db, people.filter(Boolean));
      return policyPage({
        directory,
        areaId,
        versions,
        above: above(areaId),
        names,
        categories: catalogue.categories(areaId),
        nameOf: naming(areaId),
        now,
      });
    });
  }

  /** A row may name what the area reports under, or what the area's policy names already. */
  async function unknownCategories(areaId: string, document: PolicyDocument): Promise<PolicyFault[]> {
    const versions = await store.read((db) => versionsOf(db, areaId, SHOWN_VERSIONS));
    const known = new Set<string | null>([
      null,
      ...catalogue.categories(areaId).map((category) => category.id),
      ...[...versions, ...above(areaId)].flatMap((each) => each.document.rows.map((row) => row.categoryId)),
    ]);
    return document.rows.flatMap((row, index) =>
      known.has(row.categoryId) ? [] : [{ path: `rows.${index}`, message: '没有这个分类，请重新选' }],
    );
  }

  async function keepDraft(
    tx: Tx,
    areaId: string,
    personId: string,
    revision: number,
    document: PolicyDocument,
  ): Promise<true> {
    const latest = (await versionsOf(tx, areaId, 1))[0];
    const draft = latest?.state === 'draft' ? latest : undefined;
    const changes = {
      document_json: JSON.stringify(document),
      edited_by: personId,
      edited_at: clock.businessNow(),
    };
    if ((draft?.revision ?? 0) !== revision) {
      if (draft && sameDocument(draft.document, document)) {
        return true;
      }
      throw changedSince();
    }
    if (draft) {
      const updated = await tx
        .updateTable('policy_version')
        .set({ ...changes, revision: revision + 1 })
        .where('id', '=', draft.id)
        .where('state', '=', 'draft')
        .where('revision', '=', revision)
        .executeTakeFirst();
      if (Number(updated.numUpdatedRows) === 0) {
        throw changedSince();
      }
      return true;
    }
    const row = {
      id: uuidv7(),
      area_id: areaId,
      number: (latest?.number ?? 0) + 1,
      state: 'draft',
      revision: 1,
      note: '',
      published_by: null,
      published_at: null,
      ...changes,
    };
    if (!(await insertIgnore(tx, 'policy_version', row))) {
      throw changedSince();
    }
    return true;
  }

  async function putInForce(
    tx: Tx,
    areaId: string,
    personId: string,
    { versionId, revision, note }: { versionId: string; revision: number; note: string },
  ): Promise<true> {
    const versions = await versionsOf(tx, areaId, SHOWN_VERSIONS);
    const version = versions.find((each) => each.id === versionId);
    if (version?.state === 'published' && version.published_by === personId) {
      return true;
    }
    if (version?.state !== 'draft' || version.revision !== revision) {
      throw changedSince();
    }
    const before = versions.find((each) => each.state === 'published')?.document ?? NO_POLICY;
    const changes = changesBetween(before, version.document, naming(areaId));
    requirePublishable(
      version,
      changes,
      [{ areaId, document: version.document }, ...above(areaId)],
      naming(areaId),
    );
    const now = clock.businessNow();
    const updated = await tx
      .updateTable('policy_version')
      .set({ state: 'published', note, published_by: personId, published_at: now })
      .where('id', '=', versionId)
      .where('state', '=', 'draft')
      .where('revision', '=', revision)
      .executeTakeFirst();
    if (Number(updated.numUpdatedRows) === 0) {
      throw changedSince();
    }
    await revise(tx, 'policyRevision');
    await appendAudit(tx, {
      at: now,
      kind: 'policyPublished',
      personId,
      subject: areaId,
      data: { versionId, number: version.number, note, changes },
    });
    return true;
  }

  return {
    async page(viewer, areaId) {
      requireArea(viewer, areaId);
      return page(areaId);
    },

    async saveDraft(viewer, areaId, { revision, document }) {
      const personId = requireArea(viewer, areaId);
      const tidy = {
        ...document,
        rows: document.rows.map((row) => ({ ...row, limit: tidyLimit(row.kind, row.limit) })),
      };
      const faults = [...policyFaults(tidy), ...(await unknownCategories(areaId, tidy))];
      if (faults.length > 0) {
        throw invalidInput(faults.map(({ path, message }) => ({ path: `document.${path}`, message })));
      }
      await store.transact((tx) => keepDraft(tx, areaId, personId, revision, tidy), {
        settle: (db) => wasKept(db, areaId, tidy),
      });
      return page(areaId);
    },

    async discardDraft(viewer, areaId) {
      const personId = requireArea(viewer, areaId);
      await store.transact(async (tx) => {
        const draft = (await versionsOf(tx, areaId, 1))[0];
        if (draft?.state !== 'draft') {
          return;
        }
        await tx
          .deleteFrom('policy_version')
          .where('id', '=', draft.id)
          .where('state', '=', 'draft')
          .execute();
        await appendAudit(tx, {
          at: clock.businessNow(),
          kind: 'policyDraftDiscarded',
          personId,
          subject: areaId,
          data: { number: draft.number, document: { ...draft.document } },
        });
      });
      return page(areaId);
    },

    async publish(viewer, areaId, version) {
      const personId = requireArea(viewer, areaId);
      await policies.refresh();
      await store.transact((tx) => putInForce(tx, areaId, personId, version), {
        settle: (db) => wasPublished(db, version.versionId),
      });
      return page(areaId);
    },
  };
}

function requirePublishable(
  version: PolicyVersion,
  changes: readonly string[],
  chain: Parameters<typeof tempoFaults>[0],
  nameOf: NameCategory,
): void {
  if (changes.length === 0) {
    throw new AppError('conflict', { title: `第 ${version.number} 版和现在用的一样，不用发布` });
  }
  const late = tempoFaults(chain).map((scope) => ({
    path: '',
    message: `${scopeLabel(scope, nameOf)}：签收要比答复早，请把签收改短`,
  }));
  if (late.length > 0) {
    throw invalidInput(late, '有时限互相矛盾，改好再发布');
  }
}

const changedSince = (): AppError => conflict('别人刚改过这份草稿，请刷新后再改');

function sameDocument(a: PolicyDocument, b: PolicyDocument): boolean {
  const { rows, rules } = comparePolicies(a, b);
  return rows.length + rules.length === 0;
}

/** After a COMMIT whose outcome is unknown: whether the draft was kept. */
async function wasKept(db: Reader, areaId: string, document: PolicyDocument): Promise<true | undefined> {
  const latest = (await versionsOf(db, areaId, 1))[0];
  return latest?.state === 'draft' && sameDocument(latest.document, document) ? true : undefined;
}

async function wasPublished(db: Reader, versionId: string): Promise<true | undefined> {
  const row = await db
    .selectFrom('policy_version')
    .select('state')
    .where('id', '=', versionId)
    .executeTakeFirst();
  return row?.state === 'published' ? true : undefined;
}

import type { PolicyDocumentView, PolicyView } from '@minqing/shared/contract';
import { computed, ref, shallowRef, watch } from 'vue';
import { asApiError, newId, type ApiError } from '../../../api/index.ts';
import { useLoad } from '../../../composables/useLoad.ts';
import { toast } from '../../../ui/say.ts';
import { useAdminArea } from '../useAdminArea.ts';
import { policyApi } from './api.ts';

export type Row = PolicyView['rows'][number];
export type DocumentRow = PolicyDocumentView['rows'][number];
export type Kind = DocumentRow['kind'];
export type Scope = Pick<DocumentRow, 'categoryId' | 'urgency'>;

export const sameScope = (a: Scope, b: Scope): boolean =>
  a.categoryId === b.categoryId && a.urgency === b.urgency;

/** Limits and rules of the chosen area; every change goes into the draft, and the page is what the server answers. */
export function usePolicies() {
  const place = useAdminArea();
  const areaId = computed(() => place.area?.id ?? '');
  const loaded = useLoad(async () => {
    await place.load();
    return policyApi.page(areaId.value);
  });
  const { data } = loaded;
  watch(areaId, (now, before) => {
    if (before !== '' && now !== before) {
      data.value = null;
      void loaded.reload();
    }
  });

  const busy = ref(false);
  const problem = shallowRef<ApiError | null>(null);

  /** Does one change and shows what the server answers; true when it was done. A refusal stands in `problem`. */
  async function change(work: () => Promise<PolicyView>, done: string): Promise<boolean> {
    if (busy.value) {
      return false;
    }
    busy.value = true;
    problem.value = null;
    try {
      data.value = await work();
      await toast(done);
      return true;
    } catch (thrown) {
      problem.value = asApiError(thrown);
      if (problem.value.errors.length === 0) {
        await toast(problem.value.title);
        if (problem.value.code === 'conflict') {
          await loaded.reload();
        }
      }
      return false;
    } finally {
      busy.value = false;
    }
  }

  const keep = (document: PolicyDocumentView, done: string): Promise<boolean> => {
    const key = newId();
    return change(() => policyApi.saveDraft(areaId.value, data.value?.revision ?? 0, document, key), done);
  };

  return {
    ...loaded,
    areaId,
    busy,
    problem,
    /** Puts these in place of the rows of one scope; the others stay. */
    saveScope(scope: Scope, rows: readonly DocumentRow[], done: string): Promise<boolean> {
      const { document } = data.value ?? { document: { rows: [], rules: NO_RULES } };
      const others = document.rows.filter((row) => !sameScope(row, scope));
      return keep({ ...document, rows: [...rows, ...others] }, done);
    },
    saveRules(rules: Partial<PolicyDocumentView['rules']>): Promise<boolean> {
      const { document } = data.value ?? { document: { rows: [], rules: NO_RULES } };
      return keep({ ...document, rules: { ...document.rules, ...rules } }, '记在草稿里，发布后起用');
    },
    discard(): Promise<boolean> {
      const key = newId();
      return change(() => policyApi.discardDraft(areaId.value, key), '草稿已丢弃，现在用的没有变');
    },
    publish(note: string): Promise<boolean> {
      const draft = data.value?.draft;
      const key = newId();
      return change(
        () =>
          policyApi.publish(
            areaId.value,
            { versionId: draft?.id ?? '', revision: draft?.revision ?? 0, note },
            key,
          ),
        '已发布，之后起算的时限按新的来',
      );
    },
  };
}

const NO_RULES: PolicyDocumentView['rules'] = {
  dispatcherCheck: null,
  headApproval: null,
  visitPercent: null,
};

export type PoliciesPage = ReturnType<typeof usePolicies>;

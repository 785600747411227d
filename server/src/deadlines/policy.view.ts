/** An area's limits and rules as the page of policies shows them: its own, and what it inherits. */
import type { PolicyView } from '@minqing/shared/contract';
import {
  cellOf,
  comparePolicies,
  DEFAULT_RULES,
  limitFor,
  NO_POLICY,
  POLICY_KINDS,
  RULE_NAMES,
  TEMPOS,
  tempoFaults,
  type AreaPolicy,
  type FoundLimit,
  type PolicyDocument,
  type PolicyRow,
} from '@minqing/shared/policies';
import { momentText } from '@minqing/shared/time';
import { URGENCIES } from '@minqing/shared/words';
import { CLOCKS } from '@minqing/shared/workflow';
import type { Names } from '../cases/index.ts';
import type { Directory } from '../people/index.ts';
import type { PolicyVersion } from './policy.repository.ts';
import {
  limitWords,
  RULE_WORDS,
  rowChangeWords,
  ruleChangeWords,
  scopeLabel,
  scopeWords,
  type NameCategory,
} from './policy.words.ts';

/** The columns of the table; other clocks stand in the list under it. */
const MAIN: readonly string[] = ['review', 'dispatch', 'sign', 'reply', 'rate'];

type Scope = Pick<PolicyRow, 'categoryId' | 'urgency'>;
const GENERAL: Scope = { categoryId: null, urgency: null };

export interface PolicySources {
  directory: Pick<Directory, 'area'>;
  areaId: string;
  /** The area's versions, newest first. */
  versions: readonly PolicyVersion[];
  /** Published documents of the areas above, the nearest first. */
  above: readonly AreaPolicy[];
  names: Names;
  /** The area's categories in order, and the name of any. */
  categories: readonly { id: string; name: string }[];
  nameOf: NameCategory;
  now: number;
}

/** The whole page. */
export function policyPage(sources: PolicySources): PolicyView {
  const { directory, areaId, versions, above, categories, nameOf } = sources;
  const draft = versions.find((version) => version.state === 'draft') ?? null;
  const published = versions.find((version) => version.state === 'published') ?? null;
  const document = (draft ?? published)?.document ?? NO_POLICY;
  const chain = [{ areaId, document }, ...above];
  const inForce = [{ areaId, document: published?.document ?? NO_POLICY }, ...above];
  return {
    area: { id: areaId, name: directory.area(areaId)?.name ?? '' },
    published: published && {
      id: published.id,
      number: published.number,
      text: versionWords(published, sources),
    },
    draft: draft && {
      id: draft.id,
      number: draft.number,
      revision: draft.revision,
      text: `${sources.names(draft.edited_by).name} ${momentText(draft.edited_at, sources.now)} 改过`,
    },
    revision: draft?.revision ?? 0,
    document,
    kinds: POLICY_KINDS.map((kind) => ({
      kind,
      label: CLOCKS[kind].label,
      natural: CLOCKS[kind].limit.unit === 'naturalDays',
      main: MAIN.includes(kind),
    })),
    rows: scopesOf(chain, categories).map((scope) => rowOf(scope, chain, inForce, sources)),
    rules: RULE_NAMES.map((rule) => ruleOf(rule, chain, inForce, directory)),
    changes: draft ? changesBetween(published?.document ?? NO_POLICY, draft.document, nameOf) : [],
    faults: draft
      ? tempoFaults(chain).map((scope) => `${scopeLabel(scope, nameOf)}：签收要比答复早，请把签收改短`)
      : [],
    tempos: TEMPOS.map(({ id, name, limits }) => ({ id, name, limits })),
    categories: categories.map(({ id, name }) => ({ id, name })),
    urgencies: (Object.keys(URGENCIES) as (keyof typeof URGENCIES)[]).map((id) => ({
      id,
      name: URGENCIES[id],
    })),
    versions: versions
      .filter((version) => version.state === 'published')
      .map((version) => {
        const before = versions.find((each) => each.number < version.number);
        const known = before !== undefined || version.number === 1;
        return {
          id: version.id,
          number: version.number,
          text: versionWords(version, sources),
          note: version.note,
          changes: known ? changesBetween(before?.document ?? NO_POLICY, version.document, nameOf) : [],
        };
      }),
  };
}

/** Each difference as a line. */
export function changesBetween(
  before: PolicyDocument,
  after: PolicyDocument,
  nameOf: NameCategory,
): string[] {
  const { rows, rules } = comparePolicies(before, after);
  return [...rows.map((row) => rowChangeWords(row, nameOf)), ...rules.map(ruleChangeWords)];
}

function versionWords(version: PolicyVersion, { names, now }: PolicySources): string {
  return `第 ${version.number} 版，${names(version.published_by).name} ${momentText(version.published_at ?? 0, now)} 发布`;
}

/** Every scope some area of the chain sets, the general one first, then as the categories are listed. */
function scopesOf(chain: readonly AreaPolicy[], categories: PolicySources['categories']): Scope[] {
  const order = new Map<string | null, number>(categories.map(({ id }, index) => [id, index + 1]));
  order.set(null, 0);
  const urgencies = [null, ...Object.keys(URGENCIES)];
  const found = new Map<string, Scope>([['/', GENERAL]]);
  for (const { document } of chain) {
    for (const { categoryId, urgency } of document.rows) {
      found.set(`${categoryId ?? ''}/${urgency ?? ''}`, { categoryId, urgency });
    }
  }
  const rank = ({ categoryId, urgency }: Scope): number =>
    (order.get(categoryId) ?? categories.length + 1) * 10 + urgencies.indexOf(urgency);
  return [...found.values()].sort((a, b) => rank(a) - rank(b));
}

function rowOf(
  scope: Scope,
  chain: readonly AreaPolicy[],
  inForce: readonly AreaPolicy[],
  { directory, areaId, nameOf }: PolicySources,
): PolicyView['rows'][number] {
  const cells = POLICY_KINDS.map((kind) => {
    const exact = cellOf(chain, scope, kind);
    const found = exact ?? limitFor(chain, kind, scope);
    const before = cellOf(inForce, scope, kind) ?? limitFor(inForce, kind, scope);
    return {
      kind,
      limit: found.limit,
      text: limitWords(found.limit),
      own: exact?.areaId === areaId,
      from: exact?.areaId === areaId ? '' : originOf(exact, found, scope, directory),
      changed: limitWords(found.limit) !== limitWords(before.limit),
    };
  });
  return {
    ...scope,
    label: scopeLabel(scope, nameOf),
    scope: scopeWords(scope),
    own: cells.some((cell) => cell.own),
    cells,
  };
}

/** 沿用浙江省, 同默认, 系统默认. */
function originOf(
  exact: FoundLimit | null,
  found: FoundLimit,
  scope: Scope,
  directory: Pick<Directory, 'area'>,
): string {
  if (exact?.areaId) {
    return `沿用${directory.area(exact.areaId)?.name ?? '上级'}`;
  }
  if (found.areaId === null || (scope.categoryId === null && scope.urgency === null)) {
    return '系统默认';
  }
  return '同范围更大的一条';
}

function ruleOf(
  rule: (typeof RULE_NAMES)[number],
  chain: readonly AreaPolicy[],
  inForce: readonly AreaPolicy[],
  directory: Pick<Directory, 'area'>,
): PolicyView['rules'][number] {
  const setBy = (each: readonly AreaPolicy[]) => each.find(({ document }) => document.rules[rule] !== null);
  const valueIn = (each: readonly AreaPolicy[]): boolean | number =>
    setBy(each)?.document.rules[rule] ?? DEFAULT_RULES[rule];
  const source = setBy(chain);
  const own = source !== undefined && source === chain[0];
  return {
    rule,
    ...RULE_WORDS[rule],
    value: valueIn(chain),
    own,
    from: own ? '' : source ? `沿用${directory.area(source.areaId)?.name ?? '上级'}` : '系统默认',
    changed: valueIn(chain) !== valueIn(inForce),
  };
}

/** Changing the catalogue: whose it may be, what must hold, what is remembered, and taking a change back. */
import type { Actor } from '@minqing/shared/workflow';
import type { ChangeView } from '@minqing/shared/contract';
import { momentText } from '@minqing/shared/time';
import type { Clock } from '../clock.ts';
import { AppError, conflict, fieldErrors, invalidInput, notFound } from '../errors.ts';
import { administering, peopleById, type Directory } from '../people/index.ts';
import { canonicalJson, type Store } from '../store/index.ts';
import {
  areaOwner,
  findChange,
  findRow,
  makeChange,
  recentChanges,
  unitOwner,
  type Change,
  type NewChange,
  type Owner,
} from './catalogue.repository.ts';
import { changeWords } from './change.words.ts';
import { checkValue, KINDS, MOST, type CatalogueKind, type TextRule, type ValueOf } from './kinds.ts';
import type { Snapshot } from './snapshot.ts';

const SHOWN_CHANGES = 20;

export interface AdministrationDeps {
  store: Store;
  clock: Clock;
  directory: Directory;
  texts: ReadonlyMap<string, TextRule>;
  snapshot(): Snapshot;
  refresh(): Promise<void>;
}

/** Which thing is changed: an area's, or with `unitId` that unit's. */
export interface Target {
  kind: CatalogueKind;
  areaId: string;
  itemId: string;
  unitId?: string | null | undefined;
  /** The change the administrator had before their eyes; null when nothing was set. */
  seen: string | null;
}

export interface Administration {
  /** Throws invalidInput with fields, conflict when somebody was faster, forbidden outside the own areas. */
  save(viewer: Actor, target: Target, value: unknown): Promise<void>;
  /** Takes the own setting away, so that what is above leads again. */
  clear(viewer: Actor, target: Target): Promise<void>;
  /** Puts back what stood before a change, unless the thing was changed again since. */
  undo(viewer: Actor, changeId: string): Promise<void>;
  changes(areaId: string, kinds: readonly CatalogueKind[]): Promise<ChangeView[]>;
  /** Throws as `save` would, and changes nothing. */
  check(viewer: Actor, target: Pick<Target, 'kind' | 'areaId' | 'itemId'>, value: unknown): void;
}

const MEANWHILE = '刚才有人改过这一项，请看过最新内容再改';

export function createAdministration(deps: AdministrationDeps): Administration {
  const { store, clock, directory, texts } = deps;

  function ownerOf(target: Pick<Target, 'areaId' | 'unitId'>): Owner {
    if (!target.unitId) {
      return areaOwner(target.areaId);
    }
    const unit = directory.unit(target.unitId);
    if (!unit?.active || unit.areaId !== target.areaId) {
      throw invalidInput([{ path: 'unitId', message: '这个单位不在本地区，或者已经撤销，请重新选' }]);
    }
    return unitOwner(unit.id);
  }

  /** One change of one row; answers false when there is nothing to change. */
  async function change(
    what: Omit<NewChange, 'before' | 'was' | 'at'>,
    seen: { changeId: string | null } | { value: unknown },
  ): Promise<void> {
    await store.transact(async (tx) => {
      const row = await findRow(tx, what.owner, what.kind, what.itemId);
      const before = row?.value ?? null;
      const same = canonicalJson(before) === canonicalJson(what.after);
      if (same && what.undoes === undefined) {
        return; // a repeated request, or a change of nothing
      }
      const fresh =
        'changeId' in seen
          ? (row?.changeId ?? null) === seen.changeId
          : canonicalJson(before) === canonicalJson(seen.value);
      const was = row?.changeId ?? null;
      if (!fresh || !(await makeChange(tx, { ...what, before, was, at: clock.businessNow() }))) {
        throw conflict(MEANWHILE);
      }
    });
    await deps.refresh();
  }

  function checked<K extends CatalogueKind>(
    kind: K,
    target: Pick<Target, 'areaId' | 'itemId'>,
    given: unknown,
  ): ValueOf<K> {
    const parsed = KINDS[kind].safeParse(given);
    if (!parsed.success) {
      throw invalidInput(fieldErrors(parsed.error));
    }
    const value = parsed.data as ValueOf<K>;
    const x = { snapshot: deps.snapshot(), directory, texts };
    const problems = checkValue(kind, target.areaId, target.itemId, value, x);
    if (problems.length > 0) {
      throw invalidInput(problems);
    }
    return value;
  }

  /** What stood there before may no longer fit: a unit was closed, a name given away. */
  function stillGood(kind: CatalogueKind, at: Pick<Target, 'areaId' | 'itemId'>, value: unknown): void {
    try {
      checked(kind, at, value);
    } catch (error) {
      throw error instanceof AppError
        ? conflict(`原来的内容现在不能用了：${error.errors?.[0]?.message ?? error.title}`)
        : error;
    }
  }

  /** What was added here keeps its name for the cases that carry it: it is switched off, never taken away. */
  const addedHere = (areaId: string, itemId: string): boolean =>
    deps.snapshot().category(areaId, itemId)?.addedBy === areaId;

  return {
    async save(viewer, target, given) {
      const { personId, require } = administering(viewer, directory);
      require(target.areaId);
      const owner = ownerOf(target);
      const after = checked(target.kind, target, given);
      const { kind, areaId, itemId } = target;
      if (target.seen === null && deps.snapshot().own(owner, kind).length >= MOST[kind]) {
        throw conflict(`这里最多放 ${MOST[kind]} 条，请先删掉不用的`);
      }
      await change({ kind, areaId, itemId, owner, personId, after }, { changeId: target.seen });
    },
    async clear(viewer, target) {
      const { personId, require } = administering(viewer, directory);
      require(target.areaId);
      const { kind, areaId, itemId } = target;
      if (kind === 'category' && addedHere(areaId, itemId)) {
        throw new AppError('conflict', { title: '这一类是本地新增的，旧件还要用它的名称；不用了请停用' });
      }
      const owner = ownerOf(target);
      await change({ kind, areaId, itemId, owner, personId, after: null }, { changeId: target.seen });
    },
    async undo(viewer, changeId) {
      const { personId, covers } = administering(viewer, directory);
      const known = await store.read((db) => findChange(db, changeId));
      if (!known || !covers(known.areaId)) {
        throw notFound('没有这次修改');
      }
      if (known.undoneBy !== null) {
        throw conflict('这次修改已经撤销过了');
      }
      const back = undoing(known);
      if (back.after !== null) {
        stillGood(back.kind, back, back.after);
      }
      await change({ ...back, personId, undoes: known.id }, { value: known.after });
    },
    check(viewer, target, value) {
      administering(viewer, directory).require(target.areaId);
      checked(target.kind, target, value);
    },
    async changes(areaId, kinds) {
      return store.read(async (db) => {
        const found = await recentChanges(db, areaId, kinds, SHOWN_CHANGES);
        const people = await peopleById(
          db,
          found.map((one) => one.personId),
        );
        const x = { snapshot: deps.snapshot(), directory, texts };
        return found.map((one) => ({
          id: one.id,
          what: changeWords(one, x),
          who: people.get(one.personId)?.name ?? '（已离任）',
          atText: momentText(one.at, clock.businessNow()),
          undone: one.undoneBy !== null,
        }));
      });
    },
  };

  function undoing(known: Change): Omit<NewChange, 'before' | 'was' | 'at' | 'personId'> {
    const { kind, areaId, itemId } = known;
    const owner = known.owner as Owner;
    const gone = known.before === null && kind === 'category' && addedHere(areaId, itemId);
    const after = gone ? { ...(known.after as ValueOf<'category'>), active: false } : known.before;
    return { kind, areaId, itemId, owner, after };
  }
}

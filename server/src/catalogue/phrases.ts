/** Reply phrases: one's own, those of one's units, those of the area and the areas above. */
import type { Actor } from '@minqing/shared/workflow';
import { phraseValue, type PhraseView } from '@minqing/shared/contract';
import { CATALOGUE_LENGTHS } from '@minqing/shared/words';
import { AppError, fieldErrors, forbidden, invalidInput, notFound } from '../errors.ts';
import type { Directory } from '../people/index.ts';
import { insertIgnore, uuidv7, type Store } from '../store/index.ts';
import {
  areaOwner,
  findRow,
  findRows,
  ownerIdOf,
  personOwner,
  putRow,
  unitOwner,
  type Row,
} from './catalogue.repository.ts';
import type { ValueOf } from './kinds.ts';

export interface Phrases {
  /** What this person may put into a reply: one's own first, then the unit's, then the area's. */
  list(viewer: Actor): Promise<PhraseView[]>;
  /** Keeps a phrase for this person alone; the same id again changes nothing. */
  add(viewer: Actor, id: string, given: unknown): Promise<void>;
  remove(viewer: Actor, id: string): Promise<void>;
}

export function createPhrases(deps: { store: Store; directory: Directory }): Phrases {
  const { store, directory } = deps;

  function staff(viewer: Actor): Extract<Actor, { kind: 'person' }> {
    if (viewer.kind !== 'person' || !viewer.grants.some((grant) => grant.role !== 'member')) {
      throw forbidden('常用语只给办件的工作人员用');
    }
    return viewer;
  }

  function present(row: Row): PhraseView {
    const ownerId = ownerIdOf(row.owner);
    const from = row.owner.startsWith('person:') ? 'mine' : row.owner.startsWith('unit:') ? 'unit' : 'area';
    const names = {
      mine: '我的',
      unit: directory.unit(ownerId)?.shortName,
      area: directory.area(ownerId)?.name,
    };
    return { id: row.itemId, text: (row.value as ValueOf<'phrase'>).text, from, fromName: names[from] ?? '' };
  }

  return {
    async list(viewer) {
      const { personId, grants } = staff(viewer);
      const units = [...new Set(grants.flatMap((grant) => (grant.unitId ? [grant.unitId] : [])))];
      const areas = [...new Set(grants.flatMap((grant) => [...directory.areaChain(grant.areaId)]))];
      const owners = [personOwner(personId), ...units.map(unitOwner), ...areas.map(areaOwner)];
      const rows = await store.read((db) => findRows(db, owners));
      const place = new Map<string, number>(owners.map((owner, at) => [owner, at]));
      return rows
        .filter((row) => row.kind === 'phrase')
        .sort((a, b) => (place.get(a.owner) ?? 0) - (place.get(b.owner) ?? 0))
        .map(present);
    },
    async add(viewer, id, given) {
      const { personId } = staff(viewer);
      const parsed = phraseValue.safeParse(given);
      if (!parsed.success) {
        throw invalidInput(fieldErrors(parsed.error));
      }
      const owner = personOwner(personId);
      await store.transact(async (tx) => {
        const own = (await findRows(tx, [owner])).filter((row) => row.kind === 'phrase');
        if (
          own.some((row) => row.itemId === id || (row.value as ValueOf<'phrase'>).text === parsed.data.text)
        ) {
          return;
        }
        if (own.length >= CATALOGUE_LENGTHS.phrases) {
          throw new AppError('conflict', {
            title: `常用语最多存 ${CATALOGUE_LENGTHS.phrases} 条，请先删掉不用的`,
          });
        }
        await insertIgnore(tx, 'catalogue', {
          owner,
          kind: 'phrase',
          item_id: id,
          value_json: JSON.stringify(parsed.data),
          change_id: uuidv7(),
        });
      });
    },
    async remove(viewer, id) {
      const owner = personOwner(staff(viewer).personId);
      await store.transact(async (tx) => {
        const row = await findRow(tx, owner, 'phrase', id);
        if (!row) {
          throw notFound('没有这条常用语');
        }
        await putRow(tx, { owner, kind: 'phrase', itemId: id, value: null, changeId: '' }, row.changeId);
      });
    },
  };
}

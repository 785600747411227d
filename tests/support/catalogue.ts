/** A small province, its administrators and a catalogue, for tests of the catalogue. */
import type { Actor } from '@minqing/shared/workflow';
import { expect } from 'vitest';
import { createTestPeople, type TestPeople } from './people.ts';
import type { TestDatabase, TestStore } from './stores.ts';
import { AppError } from '../../server/src/errors.ts';
import {
  createCatalogue,
  type Catalogue,
  type Target,
  type TextRule,
} from '../../server/src/catalogue/index.ts';

export const PROVINCE = '330000';
export const CITY = '330700';
export const COUNTY = '330702';
export const OTHER_CITY = '330100';
export const TEXTS: TextRule[] = [
  {
    id: 'notice.late',
    name: '已超期',
    fields: [
      { key: 'title', label: '标题', max: 20, lines: false },
      { key: 'body', label: '正文', max: 60, lines: true },
    ],
    variables: ['民情标题', '时限'],
  },
];

export interface CatalogueTown {
  town: TestPeople;
  catalogue: Catalogue;
  admin: Actor;
  countyAdmin: Actor;
  actor(
    userId: string,
    role: 'admin' | 'handler' | 'member',
    areaId: string,
    unitId?: string,
  ): Promise<Actor>;
  /** What the city's administrator saw of a category. */
  seenOf(itemId: string, viewer?: Actor, areaId?: string): Promise<string | null>;
  names(areaId: string): string[];
  close(): Promise<void>;
}

export async function openCatalogue(kind: TestStore): Promise<CatalogueTown> {
  const database: TestDatabase = await kind.create();
  const town = await createTestPeople({ databaseUrl: database.databaseUrl });
  const catalogue = await createCatalogue({
    store: town.store,
    clock: town.clock,
    directory: town.people.directory,
    texts: TEXTS,
  });
  const actor: CatalogueTown['actor'] = async (userId, role, areaId, unitId) => {
    const personId = await town.addPerson(userId, userId, { role, areaId, ...(unitId ? { unitId } : {}) });
    return { kind: 'person', personId, grants: [{ role, areaId, unitId: unitId ?? null }] };
  };
  const admin = await actor('city-admin', 'admin', CITY);
  return {
    town,
    catalogue,
    admin,
    countyAdmin: await actor('county-admin', 'admin', COUNTY),
    actor,
    seenOf: async (itemId, viewer = admin, areaId = CITY) =>
      (await catalogue.admin.categories(viewer, areaId)).items.find((one) => one.id === itemId)?.seen ?? null,
    names: (areaId) => catalogue.categories(areaId).map((one) => one.name),
    async close() {
      await town.close();
      await database.drop();
    },
  };
}

/** A setting of the city that has not been made yet. */
export const at = (kind: Target['kind'], itemId: string, more: Partial<Target> = {}): Target => ({
  kind,
  areaId: CITY,
  itemId,
  seen: null,
  ...more,
});
export const category = (name: string, more: object = {}): object => ({
  name,
  active: true,
  notice: null,
  questions: [],
  ...more,
});

/** What refused the work; fails when nothing did. */
export async function refusal(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}
export const messages = async (work: Promise<unknown>): Promise<string[]> =>
  (await refusal(work)).errors?.map((e) => `${e.path}: ${e.message}`) ?? [];

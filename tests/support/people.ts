/** Makers for tests of people/ and http/: a small province, people in it, and a host that knows them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '@minqing/shared/words';
import type { Clock } from '../../server/src/clock.ts';
import { loadConfig, type Config } from '../../server/src/config.ts';
import { HostError, type Host, type HostDepartment, type HostPerson } from '../../server/src/hosts/index.ts';
import { silentLog } from '../../server/src/log.ts';
import { openStore, uuidv7, type Store } from '../../server/src/store/index.ts';
import { createDirectory, createPeople, type LinkTold, type People } from '../../server/src/people/index.ts';

/** A clock that stands still until it is moved. 2026-07-07 14:40 in Shanghai. */
export class TestClock implements Clock {
  business = Date.parse('2026-07-07T14:40:00+08:00');
  machine = 1_800_000_000_000;

  businessNow(): number {
    return this.business;
  }

  machineNow(): number {
    return this.machine;
  }

  onJump(): () => void {
    return () => undefined;
  }
}

/** A host whose people and codes a test decides. */
export class FakeHost implements Pick<Host, 'id' | 'vendor' | 'corpId' | 'exchangeCode' | 'signJsapi'> {
  readonly id: string;
  readonly vendor: Host['vendor'];
  readonly corpId = 'corp1';
  readonly codes = new Map<string, string>();
  readonly departments: HostDepartment[] = [{ id: '1', parentId: null, name: '金华市' }];
  readonly people = new Map<string, HostPerson>();
  failure: HostError | null = null;

  constructor(id = 'host1', vendor: Host['vendor'] = 'dingtalk') {
    this.id = id;
    this.vendor = vendor;
  }

  addPerson(userId: string, name: string, more: Partial<HostPerson> = {}): void {
    const person = {
      userId,
      unionId: `union-${userId}`,
      name,
      mobile: null,
      title: null,
      departmentIds: ['1'],
      active: true,
    };
    this.people.set(userId, { ...person, ...more });
  }

  async exchangeCode(code: string) {
    this.#fail();
    const userId = this.codes.get(code);
    this.codes.delete(code);
    if (!userId) {
      throw new HostError('invalid', '40078', 'unknown code');
    }
    return { userId, unionId: `union-${userId}`, name: this.people.get(userId)?.name ?? '' };
  }

  async signJsapi(url: string) {
    this.#fail();
    return { agentId: '1', corpId: this.corpId, timeStamp: '1', nonceStr: 'n', signature: `signed ${url}` };
  }

  async *listDepartments(): AsyncIterable<HostDepartment> {
    this.#fail();
    yield* this.departments;
  }

  async *listPeople(departmentId: string): AsyncIterable<HostPerson> {
    for (const person of this.people.values()) {
      if (person.departmentIds.includes(departmentId)) {
        yield person;
      }
      this.#fail();
    }
  }

  async getPerson(userId: string): Promise<HostPerson | null> {
    this.#fail();
    return this.people.get(userId) ?? null;
  }

  async getDepartment(id: string): Promise<HostDepartment | null> {
    return this.departments.find((department) => department.id === id) ?? null;
  }

  #fail(): void {
    if (this.failure) {
      throw this.failure;
    }
  }
}

export interface TestPeople {
  store: Store;
  clock: TestClock;
  config: Config;
  host: FakeHost;
  /** A second organisation, on 浙政钉. */
  gov: FakeHost;
  /** What people were told of their accounts, newest last. */
  told: LinkTold[];
  people: People;
  /** Adds somebody with an account and one grant; answers the person's id. */
  addPerson(
    userId: string,
    name: string,
    grant: { role: Role; unitId?: string; areaId: string; from?: number; to?: number } | null,
  ): Promise<string>;
  close(): Promise<void>;
}

const AREAS = [
  { id: '330000', name: '浙江省', tier: 'province', parent_id: null, prefix: 'ZJ' },
  { id: '330700', name: '金华市', tier: 'city', parent_id: '330000', prefix: 'JH' },
  { id: '330702', name: '婺城区', tier: 'county', parent_id: '330700', prefix: 'WC' },
  { id: '330100', name: '杭州市', tier: 'city', parent_id: '330000', prefix: 'HZ' },
];

const UNITS = [
  {
    id: 'cppcc',
    name: '金华市政协',
    short_name: '市政协',
    type: 'committee',
    area_id: '330700',
    active: 1 as const,
  },
  {
    id: 'cppcc-zj',
    name: '浙江省政协',
    short_name: '省政协',
    type: 'committee',
    area_id: '330000',
    active: 1 as const,
  },
  {
    id: 'cppcc-wc',
    name: '婺城区政协',
    short_name: '区政协',
    type: 'committee',
    area_id: '330702',
    active: 1 as const,
  },
  {
    id: 'office',
    name: '金华市三服务办',
    short_name: '市三服务办',
    type: 'dispatchOffice',
    area_id: '330700',
    active: 1 as const,
  },
  {
    id: 'office-zj',
    name: '浙江省三服务办',
    short_name: '省三服务办',
    type: 'dispatchOffice',
    area_id: '330000',
    active: 1 as const,
  },
  {
    id: 'traffic',
    name: '金华市公安局交警支队',
    short_name: '交警支队',
    type: 'department',
    area_id: '330700',
    active: 1 as const,
  },
  {
    id: 'closed',
    name: '金华市旧局',
    short_name: '旧局',
    type: 'department',
    area_id: '330700',
    active: 0 as const,
  },
];

/** @param options.empty leaves areas and units out @param options.databaseUrl another database than a fresh SQLite file */
export async function createTestPeople(
  options: { empty?: boolean; databaseUrl?: string } = {},
): Promise<TestPeople> {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-people-'));
  const config = loadConfig({
    NODE_ENV: 'test',
    DATABASE_URL: options.databaseUrl ?? `sqlite:${join(folder, 'test.sqlite')}`,
    MINIAPP_DIR: folder,
  });
  const store = await openStore({ url: config.databaseUrl });
  await store.migrate();
  if (!options.empty) {
    await store.transact(async (tx) => {
      await tx.insertInto('area').values(AREAS).execute();
      await tx.insertInto('unit').values(UNITS).execute();
    });
  }
  const clock = new TestClock();
  const host = new FakeHost();
  const gov = new FakeHost('gov1', 'zhezhengding');
  const told: LinkTold[] = [];
  const directory = await createDirectory(store);
  const hosts = new Map([host, gov].map((each) => [each.id, each as unknown as Host]));
  const people = createPeople({
    store,
    clock,
    directory,
    config,
    hosts,
    log: silentLog,
    tellLink: async (_tx, news) => {
      told.push(news);
    },
  });

  return {
    store,
    clock,
    config,
    host,
    gov,
    told,
    people,
    async addPerson(userId, name, grant) {
      host.addPerson(userId, name);
      await people.contacts.learnPerson(hosts.get(host.id) as Host, userId);
      return store.transact(async (tx) => {
        const account = await tx
          .selectFrom('account')
          .select('person_id')
          .where('user_id', '=', userId)
          .executeTakeFirstOrThrow();
        if (grant) {
          await tx
            .insertInto('role_grant')
            .values({
              id: uuidv7(),
              person_id: account.person_id,
              role: grant.role,
              unit_id: grant.unitId ?? null,
              area_id: grant.areaId,
              from_at: grant.from ?? 0,
              to_at: grant.to ?? null,
            })
            .execute();
        }
        return account.person_id;
      });
    },
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Takes everybody away again, and sets the clock back: for tests that share one database. */
export async function emptyPeople(town: TestPeople): Promise<void> {
  town.clock.business = new TestClock().business;
  await town.store.transact(async (tx) => {
    for (const table of PEOPLE_TABLES) {
      await tx.deleteFrom(table).execute();
    }
  });
}

const PEOPLE_TABLES = [
  'person',
  'account',
  'account_department',
  'role_grant',
  'membership',
  'session',
  'substitution',
  'holding_change',
  'host_department',
  'sync_run',
  'audit',
  'event_pending',
] as const;

import { z } from 'zod';
import { nullIfGone, patiently as withPatience } from '../common/exchange.ts';
import { flag, idText } from '../common/shapes.ts';
import { HostError } from '../port.ts';
import type { HostDepartment, HostPerson } from '../port.ts';
import { legacy } from './client.ts';
import type { ApiCall, ApiClient } from './client.ts';

const ROOT = '1'; // the root department's id, fixed by the platform (获取部门列表)
const PAGE_SIZE = 100; // the most the platform gives (获取部门用户详情)

const DEPARTMENT = z.object({ dept_id: idText, name: z.string(), parent_id: idText.nullish() });
const PERSON = z.object({
  userid: idText,
  unionid: z.string().nullish(),
  name: z.string(),
  mobile: z.string().nullish(),
  title: z.string().nullish(),
  dept_id_list: z.array(idText).nullish(),
  active: flag.nullish(),
});

const DEPARTMENT_ANSWER = z.object({ result: DEPARTMENT });
const DEPARTMENTS_ANSWER = z.object({ result: z.array(DEPARTMENT).nullish() });
const PERSON_ANSWER = z.object({ result: PERSON });
const PEOPLE_ANSWER = z.object({
  result: z.object({
    has_more: flag,
    next_cursor: z.coerce.number().nullish(),
    list: z.array(PERSON).nullish(),
  }),
});
const SCOPES_ANSWER = z.object({ auth_org_scopes: z.object({ authed_dept: z.array(idText).nullish() }) });

export interface Contacts {
  listDepartments(): AsyncIterable<HostDepartment>;
  listPeople(departmentId: string): AsyncIterable<HostPerson>;
  getPerson(userId: string): Promise<HostPerson | null>;
  getDepartment(id: string): Promise<HostDepartment | null>;
}

const textOrNull = (value: string | null | undefined): string | null => (value ? value : null);

function toDepartment(row: z.output<typeof DEPARTMENT>): HostDepartment {
  const parentId = row.dept_id === ROOT ? null : (row.parent_id ?? null);
  return { id: row.dept_id, parentId, name: row.name };
}

function toPerson(row: z.output<typeof PERSON>): HostPerson {
  return {
    userId: row.userid,
    unionId: row.unionid ?? '',
    name: row.name,
    mobile: textOrNull(row.mobile),
    title: textOrNull(row.title),
    departmentIds: row.dept_id_list ?? [],
    active: row.active ?? false,
  };
}

/** Ids are numbers on this wire; one that is none cannot exist. */
function departmentNumber(id: string): number {
  const number = Number(id);
  if (!/^\d+$/.test(id) || !Number.isSafeInteger(number)) {
    throw new HostError('gone', '60003', 'not a department id');
  }
  return number;
}

/** Reads of the directory. They change nothing, so each is tried up to three times when the platform is busy. */
export function createContacts(client: ApiClient, backoff: { firstMs: number; maxMs: number }): Contacts {
  const patiently = <T>(request: ApiCall, shape: z.ZodType<T>): Promise<T> =>
    withPatience(backoff, () => client.call(request, shape));

  async function department(id: string): Promise<HostDepartment> {
    const request = legacy('topapi/v2/department/get', { dept_id: departmentNumber(id), language: 'zh_CN' });
    return toDepartment((await patiently(request, DEPARTMENT_ANSWER)).result);
  }

  /** Where the walk starts: the root, or, where the app may not see it, the departments it was granted. */
  async function tops(): Promise<HostDepartment[]> {
    try {
      return [await department(ROOT)];
    } catch (error) {
      if (!(error instanceof HostError) || error.kind !== 'denied') {
        throw error;
      }
    }
    const scopes = await patiently(
      { api: 'auth/scopes', generation: 'legacy', method: 'GET', path: 'auth/scopes' },
      SCOPES_ANSWER,
    );
    const granted: HostDepartment[] = [];
    for (const id of scopes.auth_org_scopes.authed_dept ?? []) {
      granted.push(await department(id));
    }
    return granted;
  }

  async function* listDepartments(): AsyncIterable<HostDepartment> {
    const seen = new Set<string>();
    const open = await tops();
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next.id)) {
        continue;
      }
      seen.add(next.id);
      yield next;
      const body = { dept_id: departmentNumber(next.id), language: 'zh_CN' };
      const { result } = await patiently(legacy('topapi/v2/department/listsub', body), DEPARTMENTS_ANSWER);
      open.push(...(result ?? []).map(toDepartment).reverse());
    }
  }

  async function* listPeople(departmentId: string): AsyncIterable<HostPerson> {
    const dept = departmentNumber(departmentId);
    let cursor = 0;
    for (;;) {
      const body = { dept_id: dept, cursor, size: PAGE_SIZE, contain_access_limit: false, language: 'zh_CN' };
      const { result }: z.output<typeof PEOPLE_ANSWER> = await patiently(
        legacy('topapi/v2/user/list', body),
        PEOPLE_ANSWER,
      );
      yield* (result.list ?? []).map(toPerson);
      if (!result.has_more) {
        return;
      }
      const following: number | null | undefined = result.next_cursor;
      if (following == null || following <= cursor) {
        throw new HostError(
          'unavailable',
          'shape',
          'topapi/v2/user/list: promises more but its cursor stands still',
        );
      }
      cursor = following;
    }
  }

  return {
    listDepartments,
    listPeople,
    getDepartment: (id) => nullIfGone(department(id)),
    getPerson: (userId) =>
      nullIfGone(
        patiently(legacy('topapi/v2/user/get', { userid: userId, language: 'zh_CN' }), PERSON_ANSWER).then(
          ({ result }) => toPerson(result),
        ),
      ),
  };
}

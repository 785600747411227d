import { z } from 'zod';
import { nullIfGone, patiently } from '../common/exchange.ts';
import { jsonOrNull } from '../common/json.ts';
import { idText } from '../common/shapes.ts';
import { HostError } from '../port.ts';
import type { HostDepartment, HostPerson } from '../port.ts';
import type { Accounts } from './accounts.ts';
import type { ApiClient } from './client.ts';

const PAGE_SIZE = 100; // the most the platform gives
const MOST_PAGES = 10_000; // a million in one organisation: an answer that never ends
const VALID = 'A'; // F: no longer

const ORGANIZATION = z.object({
  organizationCode: z.string().min(1),
  organizationName: z.string(),
  parentCode: idText.nullish(),
  status: z.string().nullish(),
});
const POSITION = z.object({
  organizationCode: z.string().nullish(),
  govEmpPosJob: z.string().nullish(),
  mainJob: z.boolean().nullish(),
  status: z.string().nullish(),
});
const EMPLOYEE = z.object({
  employeeCode: z.string().min(1),
  employeeName: z.string(),
  status: z.string().nullish(),
  govEmployeePositions: z.array(POSITION).nullish(),
});
type Employee = z.output<typeof EMPLOYEE>;
type Position = z.output<typeof POSITION>;

/** A list, or a list as JSON text. */
const codes = z
  .union([z.array(idText), z.string().transform((text) => z.array(idText).catch([]).parse(jsonOrNull(text)))])
  .nullish();
const SCOPES = z.object({ deptVisibleScopes: codes });
const SCOPES_ANSWER = z.union([z.object({ data: SCOPES }).transform(({ data }) => data), SCOPES]);
const pageOf = <T>(row: z.ZodType<T>) =>
  z.object({ data: z.array(row).nullish(), totalSize: z.coerce.number().nullish() });
const oneOf = <T>(row: z.ZodType<T>) => z.object({ data: row.nullish() });

export interface Contacts {
  listDepartments(): AsyncIterable<HostDepartment>;
  listPeople(departmentId: string): AsyncIterable<HostPerson>;
  getPerson(userId: string): Promise<HostPerson | null>;
  getDepartment(id: string): Promise<HostDepartment | null>;
}

/**
 * Reads of the directory (通讯录): first what the app may see, then everything below, page by page. They change nothing,
 * so each is tried up to three times when the platform is busy. No phone number comes with them.
 */
export function createContacts(
  client: ApiClient,
  accounts: Accounts,
  tenantId: string,
  backoff: { firstMs: number; maxMs: number },
): Contacts {
  const ask = <T>(
    path: string,
    parameters: Record<string, string | number | boolean | string[]>,
    shape: z.ZodType<T>,
  ): Promise<T> => patiently(backoff, () => client.call(path, { ...parameters, tenantId }, shape));

  /** All rows of a paged list. */
  async function* paged<T>(
    path: string,
    parameters: Record<string, string>,
    row: z.ZodType<T>,
  ): AsyncIterable<T[]> {
    const shape = pageOf(row);
    for (let pageNo = 1, had = 0; pageNo <= MOST_PAGES; pageNo++) {
      const paging = { pageNo, pageSize: PAGE_SIZE, returnTotalSize: true };
      const { data, totalSize } = await ask(path, { ...parameters, ...paging }, shape);
      const rows = data ?? [];
      had += rows.length;
      yield rows;
      if (totalSize == null ? rows.length < PAGE_SIZE : had >= totalSize) {
        return;
      }
      if (rows.length === 0) {
        throw new HostError('unavailable', 'shape', `${path}: promises more but sends none`);
      }
    }
    throw new HostError('unavailable', 'shape', `${path}: never ends`);
  }

  async function organizations(all: readonly string[]): Promise<z.output<typeof ORGANIZATION>[]> {
    const found: z.output<typeof ORGANIZATION>[] = [];
    for (let at = 0; at < all.length; at += PAGE_SIZE) {
      const organizationCodes = all.slice(at, at + PAGE_SIZE);
      const { data } = await ask(
        '/mozi/organization/listOrganizationsByCodes',
        { organizationCodes },
        pageOf(ORGANIZATION),
      );
      found.push(...(data ?? []));
    }
    return found.filter((one) => one.status !== 'F');
  }

  async function* listDepartments(): AsyncIterable<HostDepartment> {
    const { deptVisibleScopes } = await ask('/auth/scopesV2', {}, SCOPES_ANSWER);
    const seen = new Set<string>();
    let open = [...new Set(deptVisibleScopes ?? [])];
    if (open.length === 0) {
      // An empty walk would look as if everybody had left.
      throw new HostError('denied', 'scopes', 'the app may see no organisation');
    }
    while (open.length > 0) {
      open.forEach((code) => seen.add(code));
      for (const one of await organizations(open)) {
        const parentId = one.parentCode != null && seen.has(one.parentCode) ? one.parentCode : null;
        yield { id: one.organizationCode, parentId, name: one.organizationName };
      }
      const below: string[] = [];
      for (const code of open) {
        const path = '/mozi/organization/pageSubOrganizationCodes';
        for await (const page of paged(path, { organizationCode: code, status: VALID }, z.string())) {
          below.push(...page);
        }
      }
      open = [...new Set(below)].filter((code) => !seen.has(code));
    }
  }

  function toPerson(
    row: Employee,
    positions: readonly Position[],
    accountId: string,
    departmentId?: string,
  ): HostPerson {
    const held = positions.filter((one) => one.status !== 'F');
    const main = held.find((one) => one.mainJob === true) ?? held[0];
    const departmentIds = held.map((one) => one.organizationCode).filter((code) => code != null);
    return {
      userId: row.employeeCode,
      unionId: accountId,
      name: row.employeeName,
      mobile: null,
      title: main?.govEmpPosJob || null,
      departmentIds: [
        ...new Set(departmentId === undefined ? departmentIds : [departmentId, ...departmentIds]),
      ],
      // Without an account nobody can be reached or sign on.
      active: row.status !== 'F' && held.length > 0 && accountId !== '',
    };
  }

  async function* listPeople(departmentId: string): AsyncIterable<HostPerson> {
    const path = '/mozi/organization/pageOrganizationEmployeePositions';
    const parameters = { organizationCode: departmentId, employeeStatus: VALID };
    for await (const rows of paged(path, parameters, EMPLOYEE)) {
      const ids = await patiently(backoff, () => accounts.idsOf(rows.map((row) => row.employeeCode)));
      for (const row of rows) {
        const positions = row.govEmployeePositions ?? [{ organizationCode: departmentId }];
        yield toPerson(row, positions, ids.get(row.employeeCode) ?? '', departmentId);
      }
    }
  }

  async function getPerson(userId: string): Promise<HostPerson | null> {
    const employee = await nullIfGone(
      ask('/mozi/employee/getEmployeeByCode', { employeeCode: userId }, oneOf(EMPLOYEE)),
    );
    if (employee?.data == null) {
      return null;
    }
    const { data } = await ask(
      '/mozi/employee/listEmployeePositionsByEmployeeCode',
      { employeeCode: userId, employeePositionStatus: VALID },
      pageOf(POSITION),
    );
    const ids = await patiently(backoff, () => accounts.idsOf([userId]));
    return toPerson(employee.data, data ?? [], ids.get(userId) ?? '');
  }

  async function getDepartment(id: string): Promise<HostDepartment | null> {
    const answer = await nullIfGone(
      ask('/mozi/organization/getOrganizationByCode', { organizationCode: id }, oneOf(ORGANIZATION)),
    );
    const found = answer?.data;
    return found == null || found.status === 'F'
      ? null
      : { id: found.organizationCode, parentId: found.parentCode ?? null, name: found.organizationName };
  }

  return { listDepartments, listPeople, getPerson, getDepartment };
}

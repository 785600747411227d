import { z } from 'zod';
import { idText } from '../common/shapes.ts';
import { HostError } from '../port.ts';
import type { ApiClient } from './client.ts';

const CODES_A_CALL = 100;
const REMEMBERED = 50_000;

const ROWS = z.object({
  data: z.array(z.object({ accountId: idText, employeeCode: z.string().min(1) })).nullish(),
});

/**
 * Employees are known by employeeCode (directory, events, pickers) and by accountId (messages, to-dos, sign-on). The
 * code is our userId, the account our unionId.
 */
export interface Accounts {
  /** employeeCode → accountId of those that have one. */
  idsOf(employeeCodes: readonly string[]): Promise<Map<string, string>>;
  /** The accountId of one employee; rejects `gone` when there is none. */
  idOf(employeeCode: string): Promise<string>;
  /** The employee behind an account; rejects `gone` when there is none. */
  codeOf(accountId: string): Promise<string>;
  remember(employeeCode: string, accountId: string): void;
}

/** Pairs are remembered, since they do not change while an account exists; the oldest are forgotten. */
export function createAccounts(client: ApiClient, tenantId: string): Accounts {
  const known = new Map<string, string>();

  function remember(employeeCode: string, accountId: string): void {
    known.delete(employeeCode);
    known.set(employeeCode, accountId);
    for (const oldest of known.keys()) {
      if (known.size <= REMEMBERED) {
        break;
      }
      known.delete(oldest);
    }
  }

  async function idsOf(employeeCodes: readonly string[]): Promise<Map<string, string>> {
    const missing = [...new Set(employeeCodes)].filter((code) => !known.has(code));
    const found = new Map<string, string>();
    for (const code of employeeCodes) {
      const id = known.get(code);
      if (id !== undefined) {
        found.set(code, id);
      }
    }
    for (let at = 0; at < missing.length; at += CODES_A_CALL) {
      const { data } = await client.call(
        '/mozi/employee/listEmployeeAccountIds',
        { tenantId, employeeCodes: missing.slice(at, at + CODES_A_CALL) },
        ROWS,
      );
      for (const row of data ?? []) {
        remember(row.employeeCode, row.accountId);
        found.set(row.employeeCode, row.accountId);
      }
    }
    return found;
  }

  return {
    idsOf,
    remember,
    idOf: async (employeeCode) => {
      const id = (await idsOf([employeeCode])).get(employeeCode);
      if (id === undefined) {
        throw new HostError('gone', 'account', 'the employee has no account');
      }
      return id;
    },
    codeOf: async (accountId) => {
      const { data } = await client.call(
        '/mozi/employee/listGovEmployeeCodesByAccountIds',
        { tenantId, accountIds: [accountId] },
        ROWS,
      );
      const row = data?.find((one) => one.accountId === accountId);
      if (row === undefined) {
        throw new HostError('gone', 'account', 'the account belongs to no employee');
      }
      remember(row.employeeCode, accountId);
      return row.employeeCode;
    },
  };
}

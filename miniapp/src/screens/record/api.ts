/** A member's own record. All throw ApiError. */
import type { MemberRecord, MemberRecordCases } from '@minqing/shared/contract';
import { call } from '../../api/index.ts';

/** Which number of the record, and of which month of it. */
export interface NumberAsked {
  of: string;
  month?: number;
}

export const recordApi = {
  /** This year's where none is named. */
  year: async (year?: number): Promise<MemberRecord> =>
    (await call<MemberRecord>('/statistics/record', { query: { year } })).data,
  cases: async (year: number, asked: NumberAsked): Promise<MemberRecordCases> =>
    (await call<MemberRecordCases>('/statistics/record/cases', { query: { year, ...asked } })).data,
};

/** A member's own record. All throw ApiError. */
import type { MemberRecord, MemberRecordCases } from '@minqing/shared/contract';
import { call } from '../../api/index.ts';

/** Which number of the record, and of which month of it. */
export interface NumberAsked {
  of?: string;
  /** Instead: what points were given for. */
  act?: string;
  month?: number;
}

export const recordApi = {
  /** This year's where none is named. */
  year: async (year?: number): Promise<MemberRecord> =>
    (await call<MemberRecord>('/statistics/record', { query: { year } })).data,
  /** As of the place in the history the record was told at. */
  cases: async ({ year, seq }: MemberRecord, asked: NumberAsked): Promise<MemberRecordCases> =>
    (await call<MemberRecordCases>('/statistics/record/cases', { query: { year, seq, ...asked } })).data,
};

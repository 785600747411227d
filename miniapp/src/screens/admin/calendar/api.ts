/** The calls of 工作日历. All throw ApiError. */
import type { CalendarChange, CalendarPreview, CalendarView } from '@minqing/shared/contract';
import { call } from '../../../api/client.ts';

export const calendarApi = {
  /** This year's without `year`: what year it is, the server says. */
  year: async (areaId: string, year?: number): Promise<CalendarView> =>
    (await call<CalendarView>('/admin/calendar', { query: { areaId, year } })).data,

  preview: async (areaId: string, change: CalendarChange, signal?: AbortSignal): Promise<CalendarPreview> =>
    (
      await call<CalendarPreview>('/admin/calendar/preview', {
        method: 'POST',
        body: { areaId, change },
        signal,
      })
    ).data,

  save: async (areaId: string, change: CalendarChange, key: string): Promise<void> => {
    await call('/admin/calendar/changes', { method: 'POST', body: { areaId, change }, key });
  },
};

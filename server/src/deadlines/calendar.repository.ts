/** Rows of what each area has set for its calendar. */
import type { AreaCalendar, DayKind, Holiday, OfficeHours } from '@minqing/shared/calendar';
import { upsert, type Reader, type Tx } from '../store/index.ts';
import { revise } from './revision.ts';

/** Every area's own settings, by area; an area that set nothing is not in it. */
export async function readCalendars(db: Reader): Promise<Map<string, AreaCalendar>> {
  const found = new Map<string, { -readonly [K in keyof AreaCalendar]: AreaCalendar[K][number][] }>();
  const of = (areaId: string) => {
    const known = found.get(areaId) ?? { hours: [], overrides: [], notices: [] };
    found.set(areaId, known);
    return known;
  };
  for (const row of await db.selectFrom('calendar_hours').selectAll().orderBy('valid_from').execute()) {
    const spans = row.spans_json === null ? null : (JSON.parse(row.spans_json) as OfficeHours['spans']);
    of(row.area_id).hours.push({ validFrom: row.valid_from, spans });
  }
  for (const row of await db.selectFrom('calendar_day').selectAll().orderBy('date').execute()) {
    of(row.area_id).overrides.push({ date: row.date, kind: row.kind as DayKind, name: row.reason });
  }
  for (const row of await db.selectFrom('calendar_notice').selectAll().orderBy('year').execute()) {
    of(row.area_id).notices.push({ year: row.year, days: JSON.parse(row.days_json) as Holiday[] });
  }
  return found;
}

/** Writes the area's settings as they are to be; only rows that differ are touched. */
export async function writeCalendar(
  tx: Tx,
  areaId: string,
  before: AreaCalendar,
  after: AreaCalendar,
): Promise<void> {
  await writeHours(tx, areaId, before, after);
  await writeDays(tx, areaId, before, after);
  await writeNotices(tx, areaId, before, after);
  await revise(tx, 'calendarRevision');
}

async function writeHours(tx: Tx, areaId: string, before: AreaCalendar, after: AreaCalendar): Promise<void> {
  for (const validFrom of goneFrom(before.hours, after.hours, (entry) => entry.validFrom)) {
    await tx
      .deleteFrom('calendar_hours')
      .where('area_id', '=', areaId)
      .where('valid_from', '=', validFrom)
      .execute();
  }
  for (const { validFrom, spans } of changedIn(before.hours, after.hours, (entry) => entry.validFrom)) {
    const row = {
      area_id: areaId,
      valid_from: validFrom,
      spans_json: spans === null ? null : JSON.stringify(spans),
    };
    await upsert(tx, 'calendar_hours', row, { key: ['area_id', 'valid_from'] });
  }
}

async function writeDays(tx: Tx, areaId: string, before: AreaCalendar, after: AreaCalendar): Promise<void> {
  for (const date of goneFrom(before.overrides, after.overrides, (rule) => rule.date)) {
    await tx.deleteFrom('calendar_day').where('area_id', '=', areaId).where('date', '=', date).execute();
  }
  for (const { date, kind, name } of changedIn(before.overrides, after.overrides, (rule) => rule.date)) {
    const row = { area_id: areaId, date, kind, reason: name ?? '' };
    await upsert(tx, 'calendar_day', row, { key: ['area_id', 'date'] });
  }
}

async function writeNotices(
  tx: Tx,
  areaId: string,
  before: AreaCalendar,
  after: AreaCalendar,
): Promise<void> {
  for (const year of goneFrom(before.notices, after.notices, (notice) => notice.year)) {
    await tx.deleteFrom('calendar_notice').where('area_id', '=', areaId).where('year', '=', year).execute();
  }
  for (const { year, days } of changedIn(before.notices, after.notices, (notice) => notice.year)) {
    const row = { area_id: areaId, year, days_json: JSON.stringify(days) };
    await upsert(tx, 'calendar_notice', row, { key: ['area_id', 'year'] });
  }
}

function goneFrom<T, K>(before: readonly T[], after: readonly T[], keyOf: (entry: T) => K): K[] {
  const kept = new Set(after.map(keyOf));
  return before.map(keyOf).filter((key) => !kept.has(key));
}

function changedIn<T, K>(before: readonly T[], after: readonly T[], keyOf: (entry: T) => K): T[] {
  const had = new Map(before.map((entry) => [keyOf(entry), JSON.stringify(entry)]));
  return after.filter((entry) => had.get(keyOf(entry)) !== JSON.stringify(entry));
}

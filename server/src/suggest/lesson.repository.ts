/** Lessons and their counts. A case changes its lesson: the old counts are taken back and the new ones added. */
import type { Case } from '@minqing/shared/workflow';
import { findCase } from '../cases/index.ts';
import { upsert, type Reader, type Tx } from '../store/index.ts';
import { countsOf, EVERY, lessonOf, type Count, type Lesson, type Target } from './lessons.ts';
import type { Counts } from './model.ts';

const AT_ONCE = 200;

interface Net {
  count: Count;
  n: number;
}

/** Collects what many cases change and writes it once: a batch of dispatches names the same words again and again. */
export async function keepLessons(tx: Tx, caseIds: readonly string[]): Promise<void> {
  const net = new Map<string, Net>();
  const add = (lesson: Lesson | null, n: number): void => {
    for (const count of lesson ? countsOf(lesson) : []) {
      const key = JSON.stringify(count);
      net.set(key, { count, n: (net.get(key)?.n ?? 0) + n });
    }
  };
  for (const caseId of caseIds) {
    const before = await keptLesson(tx, caseId);
    const after = lessonIn(await findCase(tx, caseId));
    if (JSON.stringify(before) === JSON.stringify(after)) {
      continue;
    }
    add(before, -1);
    add(after, 1);
    await replaceLesson(tx, caseId, after);
  }
  // In one order: two batches that overlap then wait for each other instead of dying in a deadlock.
  const changes = [...net]
    .filter(([, { n }]) => n !== 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, change]) => change);
  await addCounts(tx, changes);
}

const lessonIn = (c: Case | null): Lesson | null => (c ? lessonOf(c) : null);

async function keptLesson(db: Reader, caseId: string): Promise<Lesson | null> {
  const row = await db.selectFrom('lesson').selectAll().where('case_id', '=', caseId).executeTakeFirst();
  return row
    ? {
        areaId: row.area_id,
        unitId: row.unit_id,
        categoryId: row.category_id,
        features: JSON.parse(row.features_json) as string[],
      }
    : null;
}

async function replaceLesson(tx: Tx, caseId: string, lesson: Lesson | null): Promise<void> {
  await tx.deleteFrom('lesson').where('case_id', '=', caseId).execute();
  if (lesson) {
    await tx
      .insertInto('lesson')
      .values({
        case_id: caseId,
        area_id: lesson.areaId,
        unit_id: lesson.unitId,
        category_id: lesson.categoryId,
        features_json: JSON.stringify(lesson.features),
      })
      .execute();
  }
}

async function addCounts(tx: Tx, changes: readonly Net[]): Promise<void> {
  const key = ['area_id', 'target', 'feature', 'label'] as const;
  for (let from = 0; from < changes.length; from += AT_ONCE) {
    const rows = changes.slice(from, from + AT_ONCE).map(({ count, n }) => ({
      area_id: count.areaId,
      target: count.target,
      feature: count.feature,
      label: count.label,
      n,
    }));
    await upsert(tx, 'lesson_count', rows, { key, add: ['n'] });
  }
  for (const { count, n } of changes) {
    if (n < 0) {
      await tx
        .deleteFrom('lesson_count')
        .where('area_id', '=', count.areaId)
        .where('target', '=', count.target)
        .where('feature', '=', count.feature)
        .where('label', '=', count.label)
        .where('n', '=', 0)
        .execute();
    }
  }
}

/** The counts a question needs: its features and the feature every case has. As many rows in a large store as in a small one. */
export async function countsFor(
  db: Reader,
  areaId: string,
  target: Target,
  features: readonly string[],
): Promise<Counts> {
  const rows = await db
    .selectFrom('lesson_count')
    .select(['feature', 'label', 'n'])
    .where('area_id', '=', areaId)
    .where('target', '=', target)
    .where('feature', 'in', [EVERY, ...features])
    .execute();
  const found = new Map<string, Map<string, number>>();
  for (const { feature, label, n } of rows) {
    found.set(feature, (found.get(feature) ?? new Map()).set(label, n));
  }
  return found;
}

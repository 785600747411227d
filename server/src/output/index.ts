/** What leaves the system as a file or on paper: workbooks, 办理单, archives. The only door of this folder. */
import { Readable } from 'node:stream';
import type { CasePrint, StatisticsFilter } from '@minqing/shared/contract';
import { fullMomentText, shanghaiDate } from '@minqing/shared/time';
import type { Actor } from '@minqing/shared/workflow';
import { namesOf, recordReading, type Cases, type ListQuery } from '../cases/index.ts';
import type { Clock } from '../clock.ts';
import { forbidden } from '../errors.ts';
import type { Config } from '../config.ts';
import type { Files } from '../files/index.ts';
import { appendAudit } from '../ledger/index.ts';
import type { Directory } from '../people/index.ts';
import type { Store } from '../store/index.ts';
import { caseArchive } from './archive.ts';
import type { Statistics } from '../statistics/index.ts';
import { caseSheet } from './case.table.ts';
import { circular } from './circular.ts';
import { figureSheets } from './figures.table.ts';
import { presentPrint } from './print.ts';
import { sheetsOf, workbook, type Book } from '../workbook/index.ts';

export { createMonthly, type Monthly } from './monthly.ts';

export interface OutputDeps {
  store: Store;
  clock: Clock;
  cases: Pick<Cases, 'every' | 'whole'>;
  statistics: Pick<Statistics, 'backlog' | 'desks' | 'figures' | 'flow' | 'stages' | 'topics'>;
  directory: Pick<Directory, 'committeeOf'>;
  /** Of the mini-app, for the code on paper. */
  config: Pick<Config, 'publicUrl'>;
  /** A file this viewer may fetch. */
  files: Pick<Files, 'open'>;
}

/** A file on its way out. */
export interface Outgoing {
  name: string;
  pieces: Readable;
}

export interface Output {
  /** A list to its end, as a workbook. Recorded as a reading of personal data. Throws when the viewer may not read it. */
  cases(viewer: Actor, query: ListQuery): Promise<Outgoing>;
  /**
   * Any other list as its workbook: `read` is the list's own reading with the viewer's filter, from a page's cursor on.
   * What it refuses is refused before the first byte. Recorded.
   */
  list<Answer extends object>(
    viewer: Actor,
    book: Book<Answer>,
    filter: Record<string, unknown>,
    read: (after?: string) => Promise<Answer>,
  ): Promise<Outgoing>;
  /** The figures of an area or a unit as a workbook. Throws when the viewer may not read them. */
  figures(viewer: Actor, filter: StatisticsFilter): Promise<Outgoing>;
  /** 通报: the same as a Word document ready to be sent on. */
  circular(viewer: Actor, filter: StatisticsFilter): Promise<Outgoing>;
  /** The sheet of a case, for those who work on it; recorded once per reader, case and business day. */
  print(viewer: Actor, caseId: string): Promise<CasePrint>;
  /** The whole case with its files, for those who work on it; recorded each time. */
  archive(viewer: Actor, caseId: string): Promise<Outgoing>;
}

/** Puts output/ together. */
export function createOutput(deps: OutputDeps): Output {
  const { store, clock, cases } = deps;

  const record = (viewer: Actor, kind: string, subject: string, data: Record<string, unknown>) =>
    store.transact((tx) =>
      appendAudit(tx, { at: clock.businessNow(), kind, personId: personOf(viewer), subject, data }),
    );

  async function paper(viewer: Actor, caseId: string) {
    const whole = await cases.whole(viewer, caseId);
    const personId = personOf(viewer);
    const names = await store.read((db) => namesOf(db, [personId]));
    const { name, title } = names(personId);
    const print = presentPrint(whole, {
      link: `${deps.config.publicUrl.replace(/\/+$/, '')}/#/s/${caseId}`,
      by: [name, title].filter(Boolean).join(' '),
      now: clock.businessNow(),
    });
    return { whole, print };
  }

  return {
    async cases(viewer, query) {
      const sheet = caseSheet(deps, viewer, query);
      const { after: _after, limit: _limit, ...asked } = query;
      const filter = given(asked);
      await record(viewer, 'cases.exported', personOf(viewer), { filter });
      const now = clock.businessNow();
      const about = {
        name: '说明',
        columns: [
          { head: '项目', width: 14 },
          { head: '内容', width: 60, kind: 'wrapped' as const },
        ],
        pages: [
          [
            ['截至', fullMomentText(now)],
            ['范围', '导出人看得到的这个工作台、这个队列，按当时的筛选条件'],
            ['条件', Object.values(filter).join('，')],
            ['部门用时', '交办到单位提交答复，扣除暂停，按工作时间，7 小时为 1 个工作日'],
            ['以单引号开头的格', '原文以 = + - @ 开头，加单引号防止被当作公式'],
          ],
        ],
      };
      return { name: `民情清单-${shanghaiDate(now)}.xlsx`, pieces: workbook([sheet, about]) };
    },
    async list(viewer, book, filter, read) {
      const first = await read();
      await record(viewer, 'list.exported', personOf(viewer), { list: book.name, filter: given(filter) });
      const name = `${book.name}-${shanghaiDate(clock.businessNow())}.xlsx`;
      return { name, pieces: workbook(sheetsOf(book, first, read)) };
    },
    async figures(viewer, filter) {
      const { sheets, period } = await figureSheets(deps.statistics, viewer, filter);
      return { name: `统计-${period}.xlsx`, pieces: workbook(sheets) };
    },
    async circular(viewer, filter) {
      const { bytes, title } = await circular({ ...deps, now: clock.businessNow() }, viewer, filter);
      return { name: `${title}.docx`, pieces: Readable.from([bytes]) };
    },
    async print(viewer, caseId) {
      const { print } = await paper(viewer, caseId);
      await recordReading(store, clock, viewer, 'case.printed', caseId);
      return print;
    },
    async archive(viewer, caseId) {
      const { whole, print } = await paper(viewer, caseId);
      const pieces = await caseArchive({ whole, print, viewer, open: deps.files.open });
      await record(viewer, 'case.archived', caseId, {
        attachments: print.photos.length + print.attachments.length,
      });
      return { name: `${whole.c.number}-整案.zip`, pieces };
    },
  };
}

/** What of a filter was set. */
const given = (filter: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''));

function personOf(viewer: Actor): string {
  if (viewer.kind !== 'person') {
    throw forbidden();
  }
  return viewer.personId;
}

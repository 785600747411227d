/**
 * Every list of 管理 and of 统计 as an Excel workbook: the list's address with `/table` behind it, with the list's own filters. A
 * line names the list, its workbook and its reading; whom it refuses and what it leaves out is what the list does.
 */
import { codeKind, statisticsCasesQuery, statisticsFilter, topicCasesQuery } from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import { z } from 'zod';
import { CATEGORY_BOOK, DISPATCH_BOOK, PHRASE_BOOK, REASON_BOOK } from '../../catalogue/index.ts';
import { CALENDAR_BOOK, POLICY_BOOK } from '../../deadlines/index.ts';
import { CHECK_BOOK, CODE_BOOK, EXCHANGE_BOOK, LETTER_BOOK } from '../../exchange/index.ts';
import { TEXT_BOOK } from '../../notices/index.ts';
import { ORIGIN_BOOK } from '../../origins/index.ts';
import {
  AREA_BOOK,
  CONTACT_RUN_BOOK,
  CONTACTS_BOOK,
  LINK_BOOK,
  PERSON_BOOK,
  SUBSTITUTION_BOOK,
  UNIT_BOOK,
} from '../../people/index.ts';
import { FIGURE_CASES_BOOK, MEMBERS_BOOK, SETTINGS_BOOK } from '../../statistics/index.ts';
import { STUCK_BOOK } from '../../stuck/index.ts';
import { TOKEN_BOOK } from '../../tokens/index.ts';
import { WEBHOOK_BOOK, WEBHOOK_LOG_BOOK } from '../../webhooks/index.ts';
import type { Book } from '../../workbook/index.ts';
import type { HttpDeps } from '../deps.ts';
import { tableOutput } from '../table.ts';
import { calendarInput } from './deadline.endpoints.ts';
import { signedOnSpreadsheet } from './factories.ts';
import { peopleInput } from './people.endpoints.ts';
import { unitsInput } from './units.endpoints.ts';
import { webhookLogInput } from './webhook.endpoints.ts';

const id = z.string().min(1).max(64);
const nothing = z.object({});
const ofArea = z.object({ areaId: id });
/** As many as a page of such a list may hold. */
const MOST_CASES = 100;
const PAGED = { after: true, limit: true } as const;
const ofPartner = z.object({ partnerId: id });

export function tableEndpoints(deps: HttpDeps) {
  const { people, deadlines, catalogue, exchange, webhooks } = deps;
  const { admin } = people;
  const tables = tablesOf(deps);
  return {
    ...tables('admin/areas', 'adminAreas', AREA_BOOK, nothing, (viewer) => admin.areas(viewer)),
    ...tables('admin/units', 'adminUnits', UNIT_BOOK, unitsInput, admin.units),
    ...tables('admin/people', 'adminPeople', PERSON_BOOK, peopleInput, admin.people),
    ...tables(
      'admin/substitutions',
      'adminSubstitutions',
      SUBSTITUTION_BOOK,
      z.object({ state: z.enum(['open', 'over']).default('open') }),
      people.substitutes.list,
    ),
    ...tables(
      'admin/links',
      'links',
      LINK_BOOK,
      z.object({ state: z.enum(['open', 'decided']).default('open') }),
      (viewer, { state, after }) => people.links.page(viewer, { open: state === 'open', after }),
    ),
    ...tables('admin/contacts', 'contactRuns', CONTACTS_BOOK, nothing, (viewer) =>
      people.contactRuns.overview(viewer),
    ),
    ...tables(
      'admin/contacts/runs/:runId',
      'contactRun',
      CONTACT_RUN_BOOK,
      z.object({ runId: id }),
      (viewer, { runId }) => people.contactRuns.one(viewer, runId),
    ),
    ...tables('admin/calendar', 'adminCalendar', CALENDAR_BOOK, calendarInput, (viewer, { areaId, year }) =>
      deadlines.calendars.year(viewer, areaId, year),
    ),
    ...tables('admin/policies', 'adminPolicies', POLICY_BOOK, ofArea, (viewer, { areaId }) =>
      deadlines.policies.page(viewer, areaId),
    ),
    ...tables('admin/categories', 'adminCategories', CATEGORY_BOOK, ofArea, (viewer, { areaId }) =>
      catalogue.admin.categories(viewer, areaId),
    ),
    ...tables('admin/reasons', 'adminReasons', REASON_BOOK, ofArea, (viewer, { areaId }) =>
      catalogue.admin.reasons(viewer, areaId),
    ),
    ...tables('admin/phrases', 'adminPhrases', PHRASE_BOOK, ofArea, (viewer, { areaId }) =>
      catalogue.admin.phrases(viewer, areaId),
    ),
    ...tables('admin/dispatch-entries', 'adminDispatchEntries', DISPATCH_BOOK, ofArea, (viewer, { areaId }) =>
      catalogue.admin.dispatch(viewer, areaId),
    ),
    ...tables('admin/texts', 'adminTexts', TEXT_BOOK, ofArea, (viewer, { areaId }) =>
      deps.texts.list(viewer, areaId),
    ),
    ...tables('admin/statistics', 'statisticsSettings', SETTINGS_BOOK, ofArea, (viewer, { areaId }) =>
      deps.statistics.admin.settings(viewer, areaId),
    ),
    ...tables(
      'statistics/cases',
      'statisticsCases',
      FIGURE_CASES_BOOK,
      statisticsCasesQuery.omit(PAGED),
      (viewer, query) => deps.statistics.cases(viewer, { ...query, limit: MOST_CASES }),
    ),
    ...tables(
      'statistics/topics/cases',
      'topicCases',
      FIGURE_CASES_BOOK,
      topicCasesQuery.omit(PAGED),
      (viewer, query) => deps.statistics.topicCases(viewer, { ...query, limit: MOST_CASES }),
    ),
    ...tables('statistics/members', 'memberFigures', MEMBERS_BOOK, statisticsFilter, (viewer, filter) =>
      deps.statistics.members(viewer, filter),
    ),
    ...tables('admin/exchange', 'exchangeOverview', EXCHANGE_BOOK, nothing, (viewer) =>
      exchange.admin.overview(viewer),
    ),
    ...tables('admin/exchange/letters', 'exchangeLetters', LETTER_BOOK, ofPartner, (viewer, { partnerId }) =>
      exchange.letters.list(viewer, partnerId),
    ),
    ...tables(
      'admin/exchange/codes',
      'exchangeCodes',
      CODE_BOOK,
      ofPartner.extend({ kind: codeKind }),
      (viewer, { partnerId, kind }) => exchange.admin.codes(viewer, partnerId, kind),
    ),
    ...tables('admin/exchange/checks', 'exchangeChecks', CHECK_BOOK, ofPartner, (viewer, { partnerId }) =>
      exchange.letters.checks(viewer, partnerId),
    ),
    ...tables('admin/origins', 'hostOrigins', ORIGIN_BOOK, nothing, (viewer) => deps.origins.list(viewer)),
    ...tables('admin/stuck', 'listStuck', STUCK_BOOK, nothing, (viewer, { after }) =>
      deps.stuck.list(viewer, after),
    ),
    ...tables(
      'admin/tokens',
      'adminTokens',
      TOKEN_BOOK,
      z.object({ state: z.enum(['live', 'over']).default('live') }),
      deps.tokens.admin.list,
    ),
    ...tables('admin/webhooks', 'listWebhooks', WEBHOOK_BOOK, nothing, (viewer) =>
      webhooks.subscriptions.list(viewer),
    ),
    ...tables(
      'admin/webhooks/:webhookId/deliveries',
      'listWebhookDeliveries',
      WEBHOOK_LOG_BOOK,
      webhookLogInput,
      (viewer, { webhookId, ...query }) => webhooks.deliveries.list(viewer, webhookId, query),
    ),
  };
}

/** One endpoint beside a list: `read` is the list’s own, page by page where it has pages. */
const tablesOf =
  ({ output }: Pick<HttpDeps, 'output'>) =>
  <Input extends z.ZodObject, Answer extends object>(
    path: string,
    listId: string,
    book: Book<Answer>,
    input: Input,
    read: (viewer: Actor, query: z.output<Input> & { after?: string | undefined }) => Promise<Answer>,
  ) => {
    const table = signedOnSpreadsheet.build({
      tag: 'output',
      summary: `The list of ${listId} as an Excel workbook`,
      description: 'The whole list under the same filters. Recorded in the audit log.',
      operationId: `${listId}Table`,
      input: input as z.ZodObject,
      output: tableOutput,
      handler: async ({ input: asked, ctx }) => {
        const viewer = ctx.identity.actor;
        const filter = asked as z.output<Input>;
        return output.list(viewer, book, filter, (after) => read(viewer, { ...filter, after }));
      },
    });
    return { [`get ${path}/table`]: table };
  };

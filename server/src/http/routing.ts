/** Which endpoint stands at which address. */
import type { Routing } from 'express-zod-api';
import { actionEndpoints } from './endpoints/action.endpoints.ts';
import { awayEndpoints } from './endpoints/away.endpoints.ts';
import { catalogueEndpoints } from './endpoints/catalogue.endpoints.ts';
import { auditEndpoints } from './endpoints/audit.endpoints.ts';
import { caseEndpoints } from './endpoints/case.endpoints.ts';
import { contactEndpoints } from './endpoints/contact.endpoints.ts';
import { deadlineEndpoints } from './endpoints/deadline.endpoints.ts';
import { linkEndpoints } from './endpoints/link.endpoints.ts';
import { deliveryEndpoints } from './endpoints/delivery.endpoints.ts';
import { draftEndpoints } from './endpoints/draft.endpoints.ts';
import { originEndpoints } from './endpoints/origin.endpoints.ts';
import { peopleEndpoints } from './endpoints/people.endpoints.ts';
import { exchangeEndpoints } from './endpoints/exchange.endpoints.ts';
import { lateEndpoints } from './endpoints/late.endpoints.ts';
import { outputEndpoints } from './endpoints/output.endpoints.ts';
import { sessionEndpoints } from './endpoints/session.endpoints.ts';
import { similarEndpoints } from './endpoints/similar.endpoints.ts';
import { areaEndpoints, unitEndpoints } from './endpoints/units.endpoints.ts';
import { suggestEndpoints } from './endpoints/suggest.endpoints.ts';
import { statisticsEndpoints } from './endpoints/statistics.endpoints.ts';
import { tableEndpoints } from './endpoints/table.endpoints.ts';
import { tokenEndpoints } from './endpoints/token.endpoints.ts';
import { webhookEndpoints } from './endpoints/webhook.endpoints.ts';
import { stuckEndpoints } from './endpoints/stuck.endpoints.ts';
import type { HttpDeps } from './deps.ts';

export function createRouting(deps: HttpDeps): Routing {
  const session = sessionEndpoints(deps);
  const cases = caseEndpoints(deps);
  const drafts = draftEndpoints(deps);
  const people = peopleEndpoints(deps);
  const origins = originEndpoints(deps);
  const areas = areaEndpoints(deps);
  const contacts = contactEndpoints(deps);
  const units = unitEndpoints(deps);
  const away = awayEndpoints(deps);
  const deadlines = deadlineEndpoints(deps);
  const deliveries = deliveryEndpoints(deps);
  const audit = auditEndpoints(deps);
  const stuck = stuckEndpoints(deps);
  const late = lateEndpoints(deps);
  const output = outputEndpoints(deps);
  const similar = similarEndpoints(deps);
  const suggest = suggestEndpoints(deps);
  const links = linkEndpoints(deps);
  return {
    api: {
      // Before the lists' own addresses: `people/table` is nobody's id.
      ...tableEndpoints(deps),
      'post session': session.signOn,
      'delete session': session.signOff,
      'get me': session.me,
      'patch me/settings': session.saveSettings,
      'get jsapi': session.jsapi,
      'get me/accounts': links.mine,
      'post me/accounts/code': links.makeCode,
      'post me/accounts/link': links.useCode,
      'post me/accounts/:accountId/leave': links.leave,
      'get admin/links': links.page,
      'post admin/links/:linkId/confirm': links.confirm,
      'post admin/links/:linkId/refuse': links.refuse,
      'post admin/links/:linkId/undo': links.undo,
      'get reference': cases.reference,
      'get units': cases.units,
      'get members': cases.members,
      'get queues': cases.queues,
      'get cases/:caseId/clocks/:clockId': deadlines.working,
      'get admin/calendar': deadlines.year,
      'post admin/calendar/preview': deadlines.preview,
      'post admin/calendar/changes': deadlines.save,
      'get admin/policies': deadlines.policies,
      'put admin/policies/draft': deadlines.saveDraft,
      'delete admin/policies/draft': deadlines.discardDraft,
      'post admin/policies/publish': deadlines.publish,
      'get cases': cases.list,
      'get cases/:caseId': cases.one,
      'get cases/:caseId/similar': similar.beside,
      'get cases/:caseId/suggestions': suggest.forCase,
      'get similar': similar.find,
      'get cases/:caseId/previews/dispatch': cases.previewDispatch,
      ...Object.fromEntries(
        Object.entries(actionEndpoints(deps)).map(([action, endpoint]) => [
          `post cases/:caseId/actions/${action}`,
          endpoint,
        ]),
      ),
      'get front': origins.facts,
      'get admin/origins': origins.list,
      'put admin/origins/:hostId': origins.change,
      'get admin/contacts': contacts.overview,
      'post admin/contacts/runs': contacts.begin,
      'get admin/contacts/runs/:runId': contacts.one,
      'post admin/contacts/runs/:runId/apply': contacts.apply,
      'get admin/areas': areas.areas,
      'post admin/areas': areas.add,
      'patch admin/areas/:areaId': areas.change,
      'delete admin/areas/:areaId': areas.remove,
      'get admin/units': units.list,
      'post admin/units': units.add,
      'get admin/units/:unitId': units.one,
      'patch admin/units/:unitId': units.change,
      'get admin/units/:unitId/impact': units.impact,
      'post admin/units/:unitId/stop': units.stop,
      'post admin/units/:unitId/resume': units.resume,
      'get admin/departments': units.departments,
      'put admin/departments': units.link,
      'get admin/people': people.list,
      'post admin/people': people.add,
      'get admin/people/:personId': people.one,
      'patch admin/people/:personId': people.change,
      'get admin/people/:personId/impact': people.impactOfAll,
      'post admin/people/:personId/end': people.endAll,
      'patch admin/memberships/:membershipId': people.changeMembership,
      'post admin/grants': people.give,
      'get admin/grants/:grantId/impact': people.impact,
      'post admin/grants/:grantId/end': people.end,
      'get late': late.summary,
      'get late/groups': late.groups,
      'get late/items': late.items,
      'get late/table': late.table,
      'get exports/cases': output.cases,
      'get exports/figures': output.figures,
      'get exports/circular': output.circular,
      'get cases/:caseId/print': output.print,
      'get cases/:caseId/archive': output.archive,
      'post urges': late.urge,
      'post urges/preview': late.preview,
      'get urges/:urgesId': late.urges,
      'get admin/substitutions': away.list,
      'get substitutions': away.mine,
      'get substitutions/candidates': away.candidates,
      'post substitutions': away.name,
      'post substitutions/:substitutionId/end': away.end,
      ...catalogueEndpoints(deps),
      ...statisticsEndpoints(deps),
      ...exchangeEndpoints(deps),
      ...tokenEndpoints(deps),
      ...webhookEndpoints(deps),
      'get deliveries': deliveries.list,
      'get admin/stuck': stuck.list,
      'get admin/attention': stuck.attention,
      'post admin/stuck/check': stuck.check,
      'post admin/stuck/repair': stuck.repair,
      'get audit': audit.list,
      'get audit/table': audit.table,
      'get audit/verification': audit.verification,
      'post audit/verification': audit.verify,
      'get deliveries/table': deliveries.table,
      'get deliveries/summary': deliveries.summary,
      'post deliveries/resend': deliveries.resend,
      'get deliveries/:deliveryId': deliveries.one,
      'post deliveries/:deliveryId/redirect': deliveries.redirect,
      'post deliveries/:deliveryId/call': deliveries.recordCall,
      'get drafts': drafts.list,
      'get drafts/:caseId': drafts.get,
      'put drafts/:caseId': drafts.put,
      'delete drafts/:caseId': drafts.remove,
    },
  };
}

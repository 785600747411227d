/** 管理 of people and their roles. Whom an administrator may touch is decided in people/. */
import { personDetail, personPage } from '@minqing/shared/contract';
import { ROLES } from '@minqing/shared/words';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { changeRequest, changing, signedOn } from './factories.ts';
import { idOf, impactSchema, names, seenCases, wordsOf } from './units.endpoints.ts';

const date = z.string().max(10).describe('YYYY-MM-DD');
const short = (max: number) => z.string().trim().max(max, `最多 ${max} 个字`).default('');
const personWords = {
  name: wordsOf('姓名', 30),
  title: short(40),
  phone: short(20).describe('Empty leaves the number as it is'),
};
const membershipWords = { sector: short(30), specialCommittee: short(30), term: short(20) };

/** What the list of people may be narrowed to. */
export const peopleInput = z.object({
  q: z.string().trim().max(60).default('').describe('Beginning of a name, whole phone number, or account'),
  unitId: idOf('Unit').optional(),
  role: names(ROLES).optional(),
  state: z.enum(['all', 'without', 'left']).default('all'),
});

export function peopleEndpoints({ people, front }: HttpDeps) {
  const { admin } = people;

  const list = signedOn.build({
    tag: 'admin',
    summary: 'People of my areas, and those without a role yet',
    operationId: 'adminPeople',
    input: peopleInput.extend({ after: z.string().max(1_000).optional() }),
    output: personPage.meta({ id: 'PersonPage' }),
    handler: async ({ input, ctx }) => admin.people(ctx.identity.actor, input),
  });

  const one = signedOn.build({
    tag: 'admin',
    summary: 'One person: roles, memberships, accounts',
    operationId: 'adminPerson',
    input: z.object({ personId: idOf('Person') }),
    output: personDetail.meta({ id: 'PersonDetail' }),
    handler: async ({ input, ctx }) => admin.person(ctx.identity.actor, input.personId),
  });

  const add = changing.build({
    tag: 'admin',
    summary: 'Add somebody the contacts do not know',
    operationId: 'addPerson',
    method: 'post',
    input: z.object({
      ...personWords,
      userId: wordsOf('账号', 64).describe('Account in the messenger'),
      hostId: idOf('Host organisation').optional(),
    }),
    output: z.object({ id: z.string() }),
    handler: async ({ input, ctx }) => {
      const wanted = { ...input, hostId: input.hostId ?? front.hosts[0]?.id ?? '' };
      return {
        id: await admin.addPerson(ctx.identity.actor, wanted, changeRequest(ctx, 'addPerson', wanted)),
      };
    },
  });

  const change = changing.build({
    tag: 'admin',
    summary: 'Change what the contacts do not bring',
    operationId: 'changePerson',
    method: 'patch',
    input: z.object({ personId: idOf('Person'), ...personWords }),
    output: z.object({}),
    handler: async ({ input: { personId, ...words }, ctx }) => {
      const request = changeRequest(ctx, 'changePerson', { personId, words });
      await admin.changePerson(ctx.identity.actor, personId, words, request);
      return {};
    },
  });

  const changeMembership = changing.build({
    tag: 'admin',
    summary: 'Change sector, special committee and term of a membership',
    operationId: 'changeMembership',
    method: 'patch',
    input: z.object({ membershipId: idOf('Membership'), ...membershipWords }),
    output: z.object({}),
    handler: async ({ input: { membershipId, ...words }, ctx }) => {
      const request = changeRequest(ctx, 'changeMembership', { membershipId, words });
      await admin.changeMembership(ctx.identity.actor, membershipId, words, request);
      return {};
    },
  });

  const give = changing.build({
    tag: 'admin',
    summary: 'Give a role',
    operationId: 'giveGrant',
    method: 'post',
    input: z.object({
      personId: idOf('Person'),
      role: names(ROLES),
      unitId: idOf('Unit').nullable().default(null),
      areaId: idOf('Area').nullable().default(null),
      fromDate: date,
      toDate: date.nullable().default(null).describe('YYYY-MM-DD, the last day; null without an end'),
      ...membershipWords,
    }),
    output: z.object({ id: z.string() }),
    handler: async ({ input, ctx }) => ({
      id: await admin.giveGrant(ctx.identity.actor, input, changeRequest(ctx, 'giveGrant', input)),
    }),
  });

  const toDate = date.nullable().default(null).describe('YYYY-MM-DD, the last day; null for now');

  const impact = signedOn.build({
    tag: 'admin',
    summary: 'What ending a role does to running cases',
    operationId: 'impactOfGrant',
    input: z.object({ grantId: idOf('Grant'), toDate: date.optional() }),
    output: impactSchema,
    handler: async ({ input, ctx }) =>
      admin.impactOfGrant(ctx.identity.actor, input.grantId, input.toDate ?? null),
  });

  const end = changing.build({
    tag: 'admin',
    summary: 'End a role',
    operationId: 'endGrant',
    method: 'post',
    input: z.object({ grantId: idOf('Grant'), toDate, seen: seenCases }),
    output: z.object({}),
    handler: async ({ input, ctx }) => {
      await admin.endGrant(ctx.identity.actor, input.grantId, input, changeRequest(ctx, 'endGrant', input));
      return {};
    },
  });

  const impactOfAll = signedOn.build({
    tag: 'admin',
    summary: 'What ending all roles of a person does to running cases',
    operationId: 'impactOfLeaving',
    input: z.object({ personId: idOf('Person') }),
    output: impactSchema,
    handler: async ({ input, ctx }) => admin.impactOfLeaving(ctx.identity.actor, input.personId),
  });

  const endAll = changing.build({
    tag: 'admin',
    summary: 'End all roles of a person: nobody signs on without one',
    operationId: 'endAllGrants',
    method: 'post',
    input: z.object({ personId: idOf('Person'), seen: seenCases }),
    output: z.object({}),
    handler: async ({ input, ctx }) => {
      const request = changeRequest(ctx, 'endAllGrants', input);
      await admin.endAllGrants(ctx.identity.actor, input.personId, input.seen, request);
      return {};
    },
  });

  return { list, one, add, change, changeMembership, give, impact, end, impactOfAll, endAll };
}

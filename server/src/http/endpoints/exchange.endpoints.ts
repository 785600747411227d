/** 平台对接 for administrators: partners, keys, areas, codes, what could not be delivered, comparisons. */
import {
  areaSwitch,
  areaSwitchPreview,
  codeInput,
  codeKind,
  codeRef,
  codeReplayed,
  exchangeChecks,
  exchangeCodes,
  exchangeLetters,
  exchangeOverview,
  letterRef,
  newKeyInput,
  newKeyView,
  partnerChange,
  partnerInput,
  partnerOffPreview,
} from '@minqing/shared/contract';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { changeRequest, changing, signedOn } from './factories.ts';

const tag = 'admin';
const partnerId = z.string().min(1).max(64);
const letters = exchangeLetters.meta({ id: 'ExchangeLetters' });

export function exchangeEndpoints({ exchange }: HttpDeps) {
  const { admin, letters: box } = exchange;
  const overviewView = exchangeOverview.meta({ id: 'ExchangeOverview' });

  return {
    'get admin/exchange': signedOn.build({
      tag,
      summary: 'Connected platforms, and which areas they handle',
      operationId: 'exchangeOverview',
      output: overviewView,
      handler: async ({ ctx }) => admin.overview(ctx.identity.actor),
    }),
    'post admin/exchange/partners': changing.build({
      tag,
      summary: 'Add a platform',
      operationId: 'addExchangePartner',
      method: 'post',
      input: partnerInput,
      output: overviewView,
      handler: async ({ input, ctx }) => {
        const { actor } = ctx.identity;
        await admin.savePartner(actor, null, input, changeRequest(ctx, 'addExchangePartner', input));
        return admin.overview(actor);
      },
    }),
    'put admin/exchange/partners/:partnerId': changing.build({
      tag,
      summary: 'Change a platform',
      operationId: 'changeExchangePartner',
      method: 'put',
      input: partnerChange.extend({ partnerId }),
      output: overviewView,
      handler: async ({ input: { partnerId: id, ...input }, ctx }) => {
        const { actor } = ctx.identity;
        await admin.savePartner(actor, id, input, changeRequest(ctx, 'changeExchangePartner', { id, input }));
        return admin.overview(actor);
      },
    }),
    'post admin/exchange/partners/:partnerId/keys': changing.build({
      tag,
      summary: 'A new key; older ones count for some hours more',
      description: 'The secret is told in this answer and never again.',
      operationId: 'newExchangeKey',
      method: 'post',
      input: newKeyInput.extend({ partnerId }),
      output: newKeyView.meta({ id: 'NewExchangeKey' }),
      handler: async ({ input: { partnerId: id, ...input }, ctx }) => {
        const request = changeRequest(ctx, 'newExchangeKey', { id, input });
        return admin.newKey(ctx.identity.actor, id, input, request);
      },
    }),
    'post admin/exchange/partners/:partnerId/keys/revoke': changing.build({
      tag,
      summary: 'End a key at once',
      operationId: 'revokeExchangeKey',
      method: 'post',
      input: z.object({ partnerId, keyId: z.string().min(1).max(64) }),
      output: overviewView,
      handler: async ({ input: { partnerId: id, keyId }, ctx }) => {
        const { actor } = ctx.identity;
        await admin.revokeKey(actor, id, keyId, changeRequest(ctx, 'revokeExchangeKey', { id, keyId }));
        return admin.overview(actor);
      },
    }),
    'get admin/exchange/partners/:partnerId/off': signedOn.build({
      tag,
      summary: 'What switching a platform off would mean',
      operationId: 'previewExchangePartnerOff',
      input: z.object({ partnerId }),
      output: partnerOffPreview.meta({ id: 'PartnerOffPreview' }),
      handler: async ({ input, ctx }) => admin.previewOff(ctx.identity.actor, input.partnerId),
    }),
    'post admin/exchange/areas/preview': changing.build({
      tag,
      summary: 'What switching an area over would mean',
      operationId: 'previewExchangeArea',
      method: 'post',
      input: areaSwitch,
      output: areaSwitchPreview.meta({ id: 'AreaSwitchPreview' }),
      handler: async ({ input, ctx }) => admin.previewArea(ctx.identity.actor, input.areaId, input.partnerId),
    }),
    'put admin/exchange/areas': changing.build({
      tag,
      summary: 'Who handles what an area accepts from now on',
      operationId: 'switchExchangeArea',
      method: 'put',
      input: areaSwitch,
      output: overviewView,
      handler: async ({ input, ctx }) => {
        const { actor } = ctx.identity;
        const request = changeRequest(ctx, 'switchExchangeArea', input);
        await admin.switchArea(actor, input.areaId, input.partnerId, request);
        return admin.overview(actor);
      },
    }),
    'get admin/exchange/codes': signedOn.build({
      tag,
      summary: 'Codes of a platform and what they mean here',
      operationId: 'exchangeCodes',
      input: z.object({ partnerId, kind: codeKind }),
      output: exchangeCodes.meta({ id: 'ExchangeCodes' }),
      handler: async ({ input, ctx }) => admin.codes(ctx.identity.actor, input.partnerId, input.kind),
    }),
    'put admin/exchange/codes': changing.build({
      tag,
      summary: 'Match a code',
      operationId: 'saveExchangeCode',
      method: 'put',
      input: codeInput.extend({ partnerId }),
      output: exchangeCodes,
      handler: async ({ input: { partnerId: id, ...input }, ctx }) => {
        const { actor } = ctx.identity;
        await admin.saveCode(actor, id, input, changeRequest(ctx, 'saveExchangeCode', { id, input }));
        return admin.codes(actor, id, input.kind);
      },
    }),
    'delete admin/exchange/codes': changing.build({
      tag,
      summary: 'Forget a code that was written by mistake',
      operationId: 'removeExchangeCode',
      method: 'delete',
      input: codeRef,
      output: exchangeCodes,
      handler: async ({ input: { partnerId: id, ...ref }, ctx }) => {
        const { actor } = ctx.identity;
        await admin.removeCode(actor, id, ref, changeRequest(ctx, 'removeExchangeCode', { id, ref }));
        return admin.codes(actor, id, ref.kind);
      },
    }),
    'post admin/exchange/codes/replay': changing.build({
      tag,
      summary: 'Try again what is held because of one code',
      operationId: 'replayExchangeCode',
      method: 'post',
      input: codeRef,
      output: codeReplayed.meta({ id: 'CodeReplayed' }),
      handler: async ({ input, ctx }) =>
        box.replayCode(ctx.identity.actor, input.partnerId, input.kind, input.code),
    }),
    'get admin/exchange/letters': signedOn.build({
      tag,
      summary: 'What could not be delivered, and what came and does not fit',
      operationId: 'exchangeLetters',
      input: z.object({ partnerId }),
      output: letters,
      handler: async ({ input, ctx }) => box.list(ctx.identity.actor, input.partnerId),
    }),
    'post admin/exchange/letters/retry': changing.build({
      tag,
      summary: 'Send or apply one again',
      operationId: 'retryExchangeLetter',
      method: 'post',
      input: letterRef,
      output: letters,
      handler: async ({ input, ctx }) => {
        await box.retry(ctx.identity.actor, input);
        return box.list(ctx.identity.actor, input.partnerId);
      },
    }),
    'post admin/exchange/letters/dismiss': changing.build({
      tag,
      summary: 'Give one up that came and does not fit',
      operationId: 'dismissExchangeLetter',
      method: 'post',
      input: letterRef.extend({ reason: z.string().trim().min(1, '请写原因').max(500) }),
      output: letters,
      handler: async ({ input, ctx }) => {
        await box.dismiss(ctx.identity.actor, input, input.reason);
        return box.list(ctx.identity.actor, input.partnerId);
      },
    }),
    'get admin/exchange/checks': signedOn.build({
      tag,
      summary: 'Comparisons of both sides’ books',
      operationId: 'exchangeChecks',
      input: z.object({ partnerId }),
      output: exchangeChecks.meta({ id: 'ExchangeChecks' }),
      handler: async ({ input, ctx }) => box.checks(ctx.identity.actor, input.partnerId),
    }),
    'post admin/exchange/checks': changing.build({
      tag,
      summary: 'Compare now, and repair',
      operationId: 'checkExchange',
      method: 'post',
      input: z.object({ partnerId }),
      output: exchangeChecks,
      handler: async ({ input, ctx }) => {
        await box.check(ctx.identity.actor, input.partnerId);
        return box.checks(ctx.identity.actor, input.partnerId);
      },
    }),
  };
}

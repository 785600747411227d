/** What the platform sends back: everything its dispatch office and its units do to a case that was handed to it. */
import { z } from 'zod';
import { CONTACT_WAYS, RESULT_CLASSES } from '../words/index.ts';
import type { ActionName } from '../workflow/index.ts';
import { code, envelope, files, instant, reason, text } from './common.ts';

const keys = <T extends object>(map: T) => Object.keys(map) as [keyof T & string, ...(keyof T & string)[]];

/** Due moments by the platform's own calendar: they lead, and are shown here. */
const due = z
  .object({ dispatch: instant, sign: instant, reply: instant, extension: instant })
  .partial()
  .default({});

const inbound = <T extends string, D extends z.ZodObject>(type: T, data: D) =>
  z
    .object({
      ...envelope,
      type: z.literal(type),
      unit: code.optional().meta({ description: 'In whose name it was done, by the platform’s own table' }),
      state: code.meta({ description: 'Where the case stands on the platform afterwards, in its own words' }),
      due,
      data,
    })
    .meta({ id: type });

const units = z.object({
  lead: code,
  co: z.array(code).max(5).default([]),
  note: z.string().max(500).default(''),
});
const nothing = z.object({});

export const INBOUND = {
  'case.received': inbound('case.received', z.object({ number: z.string().min(1).max(64) })),
  'office.dispatched': inbound('office.dispatched', units),
  'office.redispatched': inbound('office.redispatched', units.extend({ reason })),
  'office.coHandlersChanged': inbound('office.coHandlersChanged', z.object({ co: z.array(code).max(5) })),
  'office.recalled': inbound('office.recalled', z.object({ reason })),
  'office.sentBack': inbound('office.sentBack', z.object({ reason })),
  'office.extensionGranted': inbound(
    'office.extensionGranted',
    z.object({ note: z.string().max(500).default('') }),
  ),
  'office.extensionDenied': inbound('office.extensionDenied', z.object({ reason })),
  'unit.signed': inbound('unit.signed', nothing),
  'unit.progressed': inbound(
    'unit.progressed',
    z.object({ text, files, visible: z.boolean().default(true) }),
  ),
  'unit.contacted': inbound(
    'unit.contacted',
    z.object({
      at: instant,
      way: z.enum(keys(CONTACT_WAYS)),
      text,
      files,
      visible: z.boolean().default(true),
    }),
  ),
  'unit.asked': inbound('unit.asked', z.object({ question: text })),
  'unit.opined': inbound('unit.opined', z.object({ text, files })),
  'unit.returned': inbound('unit.returned', z.object({ reason, suggested: code.nullable().default(null) })),
  'unit.extensionRequested': inbound('unit.extensionRequested', z.object({ until: z.iso.date(), reason })),
  'unit.replied': inbound(
    'unit.replied',
    z.object({
      class: z.enum(keys(RESULT_CLASSES)),
      text,
      files,
      reason: z.string().max(500).nullable().default(null),
      promisedOn: z.iso.date().nullable().default(null),
    }),
  ),
  'unit.followedUp': inbound('unit.followedUp', z.object({ text, files })),
  'unit.fulfilled': inbound('unit.fulfilled', z.object({ text, files })),
} as const;
export type InboundType = keyof typeof INBOUND;
export const INBOUND_TYPES = Object.keys(INBOUND) as InboundType[];
export type InboundMessage = { [T in InboundType]: z.output<(typeof INBOUND)[T]> }[InboundType];
export type InboundOf<T extends InboundType> = z.output<(typeof INBOUND)[T]>;

export const inboundSchema = z
  .discriminatedUnion('type', Object.values(INBOUND) as never)
  .meta({ id: 'InboundMessage' }) as unknown as z.ZodType<InboundMessage>;

/** What each message does to the case: the workflow has the last word on whether it may. */
export const ACTION_OF: Record<InboundType, ActionName> = {
  'case.received': 'receive',
  'office.dispatched': 'dispatch',
  'office.redispatched': 'redispatch',
  'office.coHandlersChanged': 'changeCoHandlers',
  'office.recalled': 'recall',
  'office.sentBack': 'sendBack',
  'office.extensionGranted': 'grant',
  'office.extensionDenied': 'deny',
  'unit.signed': 'sign',
  'unit.progressed': 'progress',
  'unit.contacted': 'contact',
  'unit.asked': 'ask',
  'unit.opined': 'opinion',
  'unit.returned': 'transferBack',
  'unit.extensionRequested': 'requestExtension',
  'unit.replied': 'reply',
  'unit.followedUp': 'followUp',
  'unit.fulfilled': 'fulfil',
};

import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { createBackoff, pause } from '../common/backoff.ts';
import { createChanges, type Changes } from '../common/changes.ts';
import { jsonOrNull } from '../common/json.ts';
import { HostError } from '../port.ts';
import type { ContactChange, HostHook, HostListeners } from '../port.ts';
import type { ApiClient } from './client.ts';
import type { ZhezhengdingOptions } from './options.ts';

const MESSAGE = '/openplatform/message';
const PREFIX = 'MOZI_VDS_TENANT_CHANGE|';
/** What is asked for: organisations and employees that came, changed, moved or went. */
const TAGS = [
  'ORGANIZATION_ADD_UPDATE',
  'ORGANIZATION_PARENT_CHANGED',
  'ORGANIZATION_REMOVE',
  'EMPLOYEE_ADD_UPDATE',
  'EMPLOYEE_LEAVE',
  'ORGANIZATION_ATTACH_EMPLOYEE',
  'ORGANIZATION_DETACH_EMPLOYEE',
] as const;
const REMOVES = new Set<string>(['ORGANIZATION_REMOVE', 'EMPLOYEE_LEAVE']);

const TAKEN = { status: 200, body: JSON.stringify({ success: true, errcode: '0', errmsg: '成功' }) };
const REFUSED = { status: 400, body: JSON.stringify({ success: false, errcode: '400', errmsg: '无法识别' }) };

const list = z.union([z.array(z.string()), z.string().transform((code) => [code])]).optional();
const PAIRS = z.array(z.looseObject({ employeeCode: z.string().optional() })).optional();
const CONTENT = z.looseObject({ organizationCodes: list, employeeCodes: list, infos: PAIRS });
const EVENT = z.looseObject({
  eventTag: z.string().optional(),
  content: z
    .union([CONTENT, z.string().transform((text) => CONTENT.catch({}).parse(jsonOrNull(text) ?? {}))])
    .optional(),
  infos: PAIRS,
});

/** The body as an object, whether it came as JSON or as form fields. */
function fieldsOf(text: string): unknown {
  const json = jsonOrNull(text);
  return json !== null ? json : Object.fromEntries(new URLSearchParams(text));
}

/** What an event names; empty for the call that only tries the address. Null when it is no event. */
export function parseEvent(hostId: string, text: string): ContactChange[] | null {
  const event = EVENT.safeParse(fieldsOf(text));
  if (!event.success || (event.data.eventTag === undefined && event.data.content === undefined)) {
    return null;
  }
  const { content, infos } = event.data;
  const removed = REMOVES.has((event.data.eventTag ?? '').replace(PREFIX, ''));
  const pairs = [...(infos ?? []), ...(content?.infos ?? [])].flatMap((one) => one.employeeCode ?? []);
  const people = [...new Set([...(content?.employeeCodes ?? []), ...pairs])];
  const departments = [...new Set(content?.organizationCodes ?? [])];
  return [
    ...(departments.length > 0 ? [{ hostId, kind: 'departments' as const, ids: departments, removed }] : []),
    ...(people.length > 0 ? [{ hostId, kind: 'people' as const, ids: people, removed }] : []),
  ];
}

export interface Events {
  /** The door's name under `/hooks/{id}/`, and its handler. */
  hooks: Readonly<Record<string, HostHook>>;
  listen(listeners: HostListeners): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Changes of the directory as they happen. The platform signs none of these calls, so the address ends in something
 * nobody can guess, and what comes is a hint only: what it names is read anew from the platform.
 */
export function createEvents(client: ApiClient, options: ZhezhengdingOptions): Events {
  const { eventsUrl, logger } = options;
  const name = `contacts-${createHmac('sha256', options.appSecret).update(`events ${options.id}`).digest('hex').slice(0, 32)}`;
  let session: { changes: Changes; stopping: AbortController; registration: Promise<void> } | null = null;

  /** One kind; where it is registered already, its address is moved here. */
  async function registerTag(tag: string): Promise<void> {
    const fields = { eventTag: `${PREFIX}${tag}`, callbackUrl: `${eventsUrl}/${name}` };
    try {
      await client.call(`${MESSAGE}/register_event_callback`, fields, z.unknown());
    } catch (error) {
      if (!(error instanceof HostError) || error.kind !== 'duplicate') {
        throw error;
      }
      await client.call(`${MESSAGE}/update_event_callback_define`, fields, z.unknown());
    }
  }

  /** Asks for every kind until the platform has answered; one that it refuses is left to the nightly walk. */
  async function register(signal: AbortSignal): Promise<void> {
    const pauses = createBackoff(options.backoff?.firstMs ?? 1_000, 60_000);
    const open = new Set<string>(TAGS);
    while (open.size > 0 && !signal.aborted) {
      for (const tag of open) {
        try {
          await registerTag(tag);
          open.delete(tag);
        } catch (error) {
          if (error instanceof HostError && !error.retryable) {
            open.delete(tag); // logged where it happened
          }
        }
      }
      if (open.size > 0) {
        await pause(pauses.next(), signal);
      }
    }
  }

  const hook: HostHook = async ({ body }) => {
    const changes = parseEvent(options.id, Buffer.from(body).toString('utf8'));
    if (changes === null) {
      logger.warn({ hostId: options.id }, '浙政钉: a contact event could not be read');
      return REFUSED;
    }
    for (const change of changes) {
      session?.changes.take('', change);
    }
    return TAKEN;
  };

  return {
    hooks: eventsUrl === null ? {} : { [name]: hook },
    listen(listeners) {
      if (session !== null) {
        throw new Error(`浙政钉 host ${options.id} is listening already`);
      }
      const stopping = new AbortController();
      session = {
        changes: createChanges(options.id, logger, (change) => listeners.onContactChange(change)),
        stopping,
        registration: eventsUrl === null ? Promise.resolve() : register(stopping.signal),
      };
      return Promise.resolve();
    },
    async stop() {
      const ending = session;
      session = null;
      ending?.stopping.abort();
      await Promise.all([ending?.changes.drained(), ending?.registration]);
    },
  };
}

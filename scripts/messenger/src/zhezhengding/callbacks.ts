import { isLocalName } from '../config.ts';
import type { DirectoryChange } from '../directory.ts';
import type { Kept } from '../keeping.ts';
import type { Messenger } from '../messenger.ts';
import { parseJson, record, type Raw } from '../values.ts';
import { organizationCode } from './contacts.ts';
import { BusinessRefusal } from './envelope.ts';
import type { GovCall, GovOperation } from './wire.ts';

const PREFIX = 'MOZI_VDS_TENANT_CHANGE|';
const LIMIT_MS = 3_000;

/** Where the app wants to hear of which event. */
export interface Callbacks extends Kept {
  find(eventTag: string): string | undefined;
  put(eventTag: string, url: string): void;
}

export function createCallbacks(): Callbacks {
  let urls = new Map<string, string>();
  return {
    find: (eventTag) => urls.get(eventTag),
    put: (eventTag, url) => {
      urls.set(eventTag, url);
    },
    dump: () => urls,
    load(state) {
      urls = state as typeof urls;
    },
  };
}

function register(call: GovCall, again: boolean): Raw {
  const { callbacks } = call.messenger.zhezhengding;
  const [eventTag, url] = [call.get('eventTag'), call.get('callbackUrl')];
  if (!eventTag.startsWith(PREFIX) || !URL.canParse(url) || !isLocalName(new URL(url).host)) {
    throw new BusinessRefusal('INVALID_PARAMETER', '只认通讯录事件，回调地址要在本机');
  }
  if (!again && callbacks.find(eventTag) !== undefined) {
    throw new BusinessRefusal('CALLBACK_EXIST', `${eventTag} 的回调已存在`);
  }
  callbacks.put(eventTag, url);
  return { data: true };
}

const PATH = '/openplatform/message';

/** Registration of contact events. */
export const CALLBACK_OPERATIONS: readonly GovOperation[] = [
  {
    api: 'zzd.events.register',
    words: '登记事件回调',
    path: `${PATH}/register_event_callback`,
    handle: (call) => register(call, false),
  },
  {
    api: 'zzd.events.update',
    words: '更新事件回调',
    path: `${PATH}/update_event_callback_define`,
    handle: (call) => register(call, true),
  },
];

/** Tells the app of a change of the directory, the way the platform does: a tag and codes, unsigned. */
export function announceGovChange(messenger: Messenger, change: DirectoryChange): void {
  if ('department' in change) {
    const kind = change.kind === 'departmentRemoved' ? 'ORGANIZATION_REMOVE' : 'ORGANIZATION_ADD_UPDATE';
    void push(messenger, kind, { organizationCodes: [organizationCode(change.department.id)] }, []);
    return;
  }
  const kind = change.kind === 'left' ? 'EMPLOYEE_LEAVE' : 'EMPLOYEE_ADD_UPDATE';
  void push(messenger, kind, { employeeCodes: [change.person.userid] }, [change.person.id]);
}

async function push(messenger: Messenger, kind: string, content: Raw, personIds: string[]): Promise<void> {
  const eventTag = `${PREFIX}${kind}`;
  const url = messenger.zhezhengding.callbacks.find(eventTag);
  if (url === undefined) {
    return;
  }
  const startedAt = messenger.clock.machineNow();
  let status = 0;
  let taken = false;
  const offline = messenger.faults.strike('offline', 'zzd.event') !== undefined;
  if (!offline) {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ eventTag, content }),
        signal: AbortSignal.timeout(LIMIT_MS),
      });
      ({ status } = answer);
      taken = record(parseJson(await answer.text())).success === true;
    } catch {
      // The app did not answer: the log says so.
    }
  }
  messenger.log.add({
    direction: 'out',
    operation: '通讯录事件',
    api: 'zzd.event',
    method: 'POST',
    path: new URL(url).pathname,
    recipients: personIds.map((id) => messenger.directory.person(id)?.name ?? id),
    personIds,
    verdict: offline ? 'lost' : taken ? 'ok' : 'failed',
    status,
    code: '',
    fault: offline ? 'offline' : '',
    note: kind,
    ms: messenger.clock.machineNow() - startedAt,
    refs: {},
  });
}

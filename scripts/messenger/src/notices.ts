import { createHash } from 'node:crypto';
import { chinaDay, type Clock } from './clock.ts';
import type { DirectoryPerson } from './config.ts';
import type { EventBus } from './events.ts';
import { LegacyError } from './errors.ts';
import type { Kept } from './keeping.ts';
import { isStatusColour, type Message } from './notice-message.ts';

/** Most notices one person gets from one app in a day. */
export const NOTICES_A_DAY = 500;
/** Most recipients one app may reach in a minute of machine time. */
export const RECIPIENTS_A_MINUTE = 5000;
const HOUR_MS = 3_600_000;

export interface NoticeRecipient {
  personId: string;
  userid: string;
  /** `sent`, or the platform's code for why this person got nothing. */
  outcome: 'sent' | '143103' | '143105' | '143106' | '1430002';
  readAt: number | null;
}

/** One call of asyncsend_v2 that was taken. */
export interface NoticeTask {
  taskId: number;
  message: Message;
  digest: string;
  recipients: NoticeRecipient[];
  invalidUserids: string[];
  /** Business time, epoch milliseconds. */
  sentAt: number;
  updatedAt: number;
  recalledAt: number | null;
  status: { text: string; bg: string } | null;
  unsafe: boolean;
}

export interface Notices extends Kept {
  send(message: Message, people: DirectoryPerson[], invalidUserids: string[]): NoticeTask;
  /** The task; refused with `40035` when it is unknown, older than 24 hours or too large for the query. */
  find(taskId: number): NoticeTask;
  recall(taskId: number): NoticeTask;
  setStatus(taskId: number, text: string, bg: string): NoticeTask;
  of(personId: string): NoticeTask[];
  markRead(personId: string): void;
  reset(): void;
}

export function createNotices(clock: Clock, bus: EventBus, unsafeWords: () => string[]): Notices {
  let tasks = new Map<number, NoticeTask>();
  let nextId = 256_271_667_000;
  let daily = new Map<string, { count: number; digests: Set<string> }>();
  let minute: { at: number; count: number }[] = [];

  const changed = (task: NoticeTask): void => {
    bus.emit({ type: 'chat', personIds: task.recipients.map((recipient) => recipient.personId) });
  };
  const outcomeFor = (
    person: DirectoryPerson,
    digest: string,
    unsafe: boolean,
  ): NoticeRecipient['outcome'] => {
    const key = `${chinaDay(clock.now())}:${person.id}`;
    const day = daily.get(key) ?? { count: 0, digests: new Set<string>() };
    daily.set(key, day);
    if (unsafe) {
      return '1430002';
    }
    if (day.digests.has(digest)) {
      return '143106';
    }
    if (day.count >= NOTICES_A_DAY) {
      return '143105';
    }
    minute = minute.filter((spend) => spend.at > clock.machineNow() - 60_000);
    if (minute.reduce((sum, spend) => sum + spend.count, 0) >= RECIPIENTS_A_MINUTE) {
      return '143103';
    }
    minute.push({ at: clock.machineNow(), count: 1 });
    day.count += 1;
    day.digests.add(digest);
    return 'sent';
  };
  const within = (taskId: number, hours: number, refusal: LegacyError): NoticeTask => {
    const task = tasks.get(taskId);
    if (task === undefined || clock.now() - task.sentAt > hours * HOUR_MS) {
      throw refusal;
    }
    return task;
  };

  return {
    send(message, people, invalidUserids) {
      nextId += 1;
      const digest = createHash('sha256').update(message.json).digest('hex');
      const unsafe = unsafeWords().some((word) => message.json.includes(word));
      const task: NoticeTask = {
        taskId: nextId,
        message,
        digest,
        recipients: people.map((person) => ({
          personId: person.id,
          userid: person.userid,
          outcome: outcomeFor(person, digest, unsafe),
          readAt: null,
        })),
        invalidUserids,
        sentAt: clock.now(),
        updatedAt: clock.now(),
        recalledAt: null,
        status: statusOf(message),
        unsafe,
      };
      tasks.set(task.taskId, task);
      changed(task);
      return task;
    },
    find: (taskId) => within(taskId, 24, new LegacyError(40035, '不合法的参数: task_id')),
    recall(taskId) {
      const task = within(taskId, 24, new LegacyError(400002, '参数错误: msg_task_id'));
      task.recalledAt ??= clock.now();
      task.updatedAt = clock.now();
      changed(task);
      return task;
    },
    setStatus(taskId, text, bg) {
      const task = within(taskId, 7 * 24, new LegacyError(40035, '不合法的参数: task_id'));
      if (task.message.kind !== 'oa' || text === '' || !isStatusColour(bg)) {
        throw new LegacyError(40035, '不合法的参数: 只有 OA 消息有状态栏，status_value 和 status_bg 都要有');
      }
      task.status = { text, bg };
      task.updatedAt = clock.now();
      changed(task);
      return task;
    },
    of: (personId) =>
      [...tasks.values()].filter((task) =>
        task.recipients.some((recipient) => recipient.personId === personId && recipient.outcome === 'sent'),
      ),
    markRead(personId) {
      for (const recipient of [...tasks.values()].flatMap((task) => task.recipients)) {
        if (recipient.personId === personId) {
          recipient.readAt ??= clock.now();
        }
      }
    },
    reset() {
      tasks = new Map();
      daily = new Map();
      minute = [];
    },
    dump: () => ({ tasks, nextId, daily }),
    load(state) {
      ({ tasks, nextId, daily } = state as { tasks: typeof tasks; nextId: number; daily: typeof daily });
    },
  };
}

function statusOf(message: Message): NoticeTask['status'] {
  const bar = message.body.status_bar as { status_value: string; status_bg: string } | undefined;
  return message.kind === 'oa' && bar !== undefined ? { text: bar.status_value, bg: bar.status_bg } : null;
}

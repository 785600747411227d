import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { EventBus } from '../events.ts';
import type { Kept } from '../keeping.ts';
import type { Raw } from '../values.ts';
import { BusinessRefusal } from './envelope.ts';
import type { GovMessage } from './message.ts';

/** One work notice that was taken. */
export interface SentMessage {
  bizMsgId: string;
  msgId: string;
  message: GovMessage;
  /** SHA-256 of the message, hex. */
  digest: string;
  personIds: string[];
  /** Business time, epoch milliseconds. */
  sentAt: number;
  updatedAt: number;
  revokedAt: number | null;
  /** What the message was changed to. */
  change: Raw | null;
}

export interface Messages extends Kept {
  find(bizMsgId: string): SentMessage | undefined;
  send(bizMsgId: string, message: GovMessage, personIds: string[]): SentMessage;
  revoke(bizMsgId: string): SentMessage;
  change(bizMsgId: string, change: Raw): SentMessage;
  of(personId: string): SentMessage[];
  reset(): void;
}

/** The work notices by `bizMsgId`. A repeat is the caller's matter: nothing here is sent twice. */
export function createMessages(clock: Clock, bus: EventBus): Messages {
  let sent = new Map<string, SentMessage>();
  const changed = (one: SentMessage): SentMessage => {
    one.updatedAt = clock.now();
    bus.emit({ type: 'chat', personIds: one.personIds });
    return one;
  };
  const existing = (bizMsgId: string): SentMessage => {
    const found = sent.get(bizMsgId);
    if (found === undefined) {
      throw new BusinessRefusal('MESSAGE_NOT_EXIST', `消息 ${bizMsgId} 不存在`);
    }
    return found;
  };
  return {
    find: (bizMsgId) => sent.get(bizMsgId),
    send(bizMsgId, message, personIds) {
      const one: SentMessage = {
        bizMsgId,
        msgId: randomBytes(12).toString('hex'),
        message,
        digest: createHash('sha256').update(message.json).digest('hex'),
        personIds,
        sentAt: clock.now(),
        updatedAt: clock.now(),
        revokedAt: null,
        change: null,
      };
      sent.set(bizMsgId, one);
      return changed(one);
    },
    revoke(bizMsgId) {
      const one = existing(bizMsgId);
      one.revokedAt ??= clock.now();
      return changed(one);
    },
    change(bizMsgId, change) {
      const one = existing(bizMsgId);
      if (one.revokedAt !== null) {
        throw new BusinessRefusal('MESSAGE_NOT_EXIST', `消息 ${bizMsgId} 已撤回`);
      }
      one.change = change;
      return changed(one);
    },
    of: (personId) => [...sent.values()].filter((one) => one.personIds.includes(personId)),
    reset() {
      sent = new Map();
    },
    dump: () => sent,
    load(state) {
      sent = state as typeof sent;
    },
  };
}

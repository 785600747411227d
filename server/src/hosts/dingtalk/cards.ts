import { z } from 'zod';
import { flag } from '../common/shapes.ts';
import { HostError } from '../port.ts';
import type { CardData, CardDelivery } from '../port.ts';
import { modern } from './client.ts';
import type { ApiClient } from './client.ts';
import { verdictOf } from './errors.ts';
import type { DingTalkOptions } from './options.ts';

/** API 卡片数据的填写说明: sizes in bytes; 创建并投放卡片: length of our id. */
export const CARD_VALUE_BYTES = 1_024;
const CARD_KEY_BYTES = 100;
const TRACK_ID_CHARS = 64;
const CARD_TOPIC_KIND = { stream: 'STREAM', http: 'HTTP' } as const;

const DELIVERED = z.object({
  result: z.object({
    deliverResults: z.array(z.object({ success: flag, errorMsg: z.string().nullish() })).nullish(),
  }),
});
const UPDATED = z.object({ success: flag.nullish() });

/** The platform wants text for every value and silently shows nothing for other types. */
function paramMap(data: CardData): { cardParamMap: CardData } {
  for (const [key, value] of Object.entries(data)) {
    if (typeof value !== 'string') {
      throw new HostError('invalid', 'card.valueType', `card value ${key} is not text`);
    }
    if (Buffer.byteLength(key) > CARD_KEY_BYTES || Buffer.byteLength(value) > CARD_VALUE_BYTES) {
      throw new HostError('invalid', 'card.valueTooLong', `card value ${key} exceeds its size`);
    }
  }
  return { cardParamMap: data };
}

const isEmpty = (data: object): boolean => Object.keys(data).length === 0;

export interface Cards {
  deliverCard(card: CardDelivery): Promise<void>;
  updateCard(card: {
    outTrackId: string;
    publicData: CardData;
    privateData: Record<string, CardData>;
  }): Promise<void>;
}

/** Interactive cards in the robot's chat with one person (创建并投放卡片, 更新卡片). */
export function createCards(client: ApiClient, options: DingTalkOptions): Cards {
  const mode = options.callbackMode ?? 'stream';

  function deliveryBody(card: CardDelivery): object {
    const templateId = options.cardTemplateIds[card.templateId];
    if (templateId === undefined) {
      throw new HostError(
        'denied',
        'card.noTemplate',
        `no template of the platform is set for ${card.templateId}`,
      );
    }
    if (card.outTrackId === '' || card.outTrackId.length > TRACK_ID_CHARS) {
      throw new HostError('invalid', 'card.outTrackId', `outTrackId has 1 to ${TRACK_ID_CHARS} characters`);
    }
    if (card.userId === '' || card.userId.includes(';')) {
      throw new HostError('invalid', 'card.userId', 'not a userId');
    }
    return {
      userIdType: 1, // userId, here and in the presses that come back
      cardTemplateId: templateId,
      outTrackId: card.outTrackId,
      callbackType: CARD_TOPIC_KIND[mode],
      ...(mode === 'http' ? { callbackRouteKey: options.callback?.routeKey } : {}),
      cardData: paramMap(card.publicData),
      ...(isEmpty(card.privateData) ? {} : { privateData: { [card.userId]: paramMap(card.privateData) } }),
      imRobotOpenSpaceModel: {
        supportForward: false, // a card is its holder's: forwarded, its buttons would be somebody else's
        lastMessageI18n: { ZH_CN: card.summary },
        notification: { alertContent: card.summary, notificationOff: false },
      },
      openSpaceId: `dtv1.card//IM_ROBOT.${card.userId}`,
      imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: options.robotCode },
    };
  }

  /**
   * Rejects `duplicate` when the id exists. A delivery the platform lists as failed rejects too, and never as retryable:
   * the card exists by then, so repeating would only meet `duplicate`; take another channel.
   */
  async function deliverCard(card: CardDelivery): Promise<void> {
    const request = modern('POST', '/v1.0/card/instances/createAndDeliver', [], deliveryBody(card));
    const { result } = await client.call(request, DELIVERED);
    const failed = (result.deliverResults ?? []).find(({ success }) => !success);
    if (failed === undefined) {
      return;
    }
    const words = failed.errorMsg ?? '';
    const { kind } = verdictOf(words, words, 200);
    const lasting = kind === 'gone' || kind === 'content' || kind === 'invalid' ? kind : 'denied';
    throw new HostError(lasting, 'card.notDelivered', `createAndDeliver: not delivered: ${words}`, {
      answer: { api: request.api, status: 200, message: words },
    });
  }

  /** Only the keys given change, for everybody who holds the card. */
  async function updateCard(card: Parameters<Cards['updateCard']>[0]): Promise<void> {
    const people = Object.entries(card.privateData).filter(([, data]) => !isEmpty(data));
    if (isEmpty(card.publicData) && people.length === 0) {
      return;
    }
    const body = {
      outTrackId: card.outTrackId,
      userIdType: 1,
      ...(isEmpty(card.publicData) ? {} : { cardData: paramMap(card.publicData) }),
      ...(people.length === 0
        ? {}
        : { privateData: Object.fromEntries(people.map(([userId, data]) => [userId, paramMap(data)])) }),
      cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
    };
    const { success } = await client.call(modern('PUT', '/v1.0/card/instances', [], body), UPDATED);
    if (success === false) {
      throw new HostError('unavailable', 'card.notUpdated', 'PUT /v1.0/card/instances: success is false');
    }
  }

  return { deliverCard, updateCard };
}

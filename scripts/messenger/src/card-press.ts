import { flatten, renderCard, valuesFor, type RenderedComponent } from './card-render.ts';
import type { CardInstance } from './cards.ts';
import { readCardMap } from './card-input.ts';
import type { DirectoryPerson } from './config.ts';
import { ApiError } from './errors.ts';
import type { Messenger } from './messenger.ts';
import type { PushOutcome } from './stream.ts';
import { actionIdsOf } from './templates.ts';
import { isRecord, record, type Raw } from './values.ts';

export interface PressResult {
  /** What the app answered: `{cardData, userPrivateData, cardUpdateOptions}`; null when there was no answer. */
  answer: unknown;
  tookMs: number;
  transport: 'stream' | 'http' | 'none';
  error?: { code: string; message: string };
}

const WORDS: Record<string, string> = {
  notConnected: '应用没有连上信使，请稍后再按',
  timeout: '应用没有在 2 秒内应答，请稍后看结果',
  refused: '应用没有办成',
};

/** Topic and shape of what a press sends: section 5.4 of the platform's card pages ("事件回调"). */
export const CARD_CALLBACK_TOPIC = '/v1.0/card/instances/callback';

/** The card as this person sees it now. */
export function drawCard(messenger: Messenger, card: CardInstance, personId: string): RenderedComponent[] {
  const template = messenger.templates.find(card.templateId);
  if (template === undefined) {
    return [];
  }
  return renderCard(template, valuesFor(template, card.publicData, card.privateData.get(personId) ?? {}));
}

/**
 * Presses a button as the person's phone would. A button that is hidden or greyed by now can still be pressed: a phone may hold
 * an older picture of the card, and the app has to cope. Parameters the caller leaves out are the button's own.
 * Throws an {@link ApiError} 404 when the person does not hold the card, 409 when the template has no such action.
 */
export async function pressCard(
  messenger: Messenger,
  person: DirectoryPerson,
  outTrackId: string,
  actionIds: string[],
  params: Raw,
): Promise<PressResult> {
  const card = messenger.cards.find(outTrackId);
  if (card === undefined || !card.copies.some((copy) => copy.personId === person.id)) {
    throw new ApiError(404, 'noSuchCard', `${person.name} 没有收到卡片 ${outTrackId}`);
  }
  const known = actionIdsOf(messenger.templates.find(card.templateId)?.components ?? []);
  const unknown = actionIds.find((actionId) => !known.includes(actionId));
  if (actionIds.length === 0 || unknown !== undefined) {
    throw new ApiError(409, 'noSuchAction', `卡片上没有按键 ${unknown ?? ''}，有的是 ${known.join('、')}`);
  }
  const startedAt = messenger.clock.machineNow();
  const transport =
    card.callbackType === 'HTTP' ? 'http' : card.callbackType === 'STREAM' ? 'stream' : 'none';
  const outcome = await send(messenger, card, person, actionIds, {
    ...ownParams(messenger, card, person, actionIds),
    ...params,
  });
  const tookMs = messenger.clock.machineNow() - startedAt;
  if (!outcome.ok) {
    return {
      answer: null,
      tookMs,
      transport,
      error: { code: outcome.reason, message: WORDS[outcome.reason] ?? outcome.reason },
    };
  }
  const answer = outcome.response ?? {};
  const problem = applyAnswer(messenger, card, person.id, answer);
  return problem === null ? { answer, tookMs, transport } : { answer, tookMs, transport, error: problem };
}

function ownParams(
  messenger: Messenger,
  card: CardInstance,
  person: DirectoryPerson,
  actionIds: string[],
): Raw {
  const pressed = flatten(drawCard(messenger, card, person.id)).filter(
    (component) => component.kind === 'button' && actionIds.includes(component.actionId),
  );
  return Object.assign(
    {},
    ...pressed.map((component) => (component.kind === 'button' ? component.params : {})),
  ) as Raw;
}

function send(
  messenger: Messenger,
  card: CardInstance,
  person: DirectoryPerson,
  actionIds: string[],
  params: Raw,
): Promise<PushOutcome> {
  const content = JSON.stringify({ cardPrivateData: { actionIds, params } });
  const push = {
    topic: CARD_CALLBACK_TOPIC,
    data: {
      type: 'actionCallback',
      outTrackId: card.outTrackId,
      corpId: messenger.config.corpId,
      userId: card.userIdType === 2 ? person.unionid : person.userid,
      content,
      value: content,
      extension: '{}',
      userIdType: card.userIdType,
      spaceType: 'im',
      spaceId: card.copies.find((copy) => copy.personId === person.id)?.spaceId ?? '',
    },
    operation: `卡片回调 ${actionIds.join('、')}`,
    api: 'card.callback',
    recipients: [person.name],
    personIds: [person.id],
    refs: { outTrackId: card.outTrackId },
  };
  if (card.callbackType === null) {
    return Promise.resolve({ ok: false, reason: 'notConnected' });
  }
  return card.callbackType === 'HTTP'
    ? messenger.callbacks.send(card.callbackRouteKey, push)
    : messenger.stream.pushCallback(push);
}

function applyAnswer(
  messenger: Messenger,
  card: CardInstance,
  personId: string,
  answer: unknown,
): PressResult['error'] | null {
  if (!isRecord(answer)) {
    return { code: 'badAnswer', message: '应用的应答不是 JSON 对象' };
  }
  try {
    const cardData = answer.cardData === undefined ? undefined : readCardMap(answer.cardData);
    const own = answer.userPrivateData === undefined ? undefined : readCardMap(answer.userPrivateData);
    const options = record(answer.cardUpdateOptions);
    if (cardData !== undefined || own !== undefined) {
      messenger.cards.update(card, {
        cardData,
        privateData: new Map(own === undefined ? [] : [[personId, own]]),
        updateCardDataByKey: options.updateCardDataByKey === true,
        updatePrivateDataByKey: options.updatePrivateDataByKey === true,
      });
    }
    return null;
  } catch (error) {
    return { code: 'badAnswer', message: error instanceof Error ? error.message : String(error) };
  }
}

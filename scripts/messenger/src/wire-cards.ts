import { readCardMap } from './card-input.ts';
import type { CardValues } from './card-render.ts';
import type { CardInstance } from './cards.ts';
import type { DirectoryPerson } from './config.ts';
import { ApiError } from './errors.ts';
import type { Messenger } from './messenger.ts';
import { flag, isRecord, record, text, type Raw } from './values.ts';
import type { Call, Operation } from './wire.ts';

/** Longest outTrackId, in characters. */
export const OUT_TRACK_ID_LONGEST = 64;
const PREFIX = 'dtv1.card//';
const SPACE_TYPES = ['IM_ROBOT', 'IM_GROUP', 'IM_SINGLE', 'ONE_BOX'] as const;
type SpaceType = (typeof SPACE_TYPES)[number];
const MODELS: Record<SpaceType, { open: string; deliver: string }> = {
  IM_ROBOT: { open: 'imRobotOpenSpaceModel', deliver: 'imRobotOpenDeliverModel' },
  IM_GROUP: { open: 'imGroupOpenSpaceModel', deliver: 'imGroupOpenDeliverModel' },
  IM_SINGLE: { open: 'imSingleOpenSpaceModel', deliver: 'imSingleOpenDeliverModel' },
  ONE_BOX: { open: 'topOpenSpaceModel', deliver: 'topOpenDeliverModel' },
};

function op(
  method: Operation['method'],
  path: string,
  api: string,
  words: string,
  handle: Operation['handle'],
): Operation {
  return {
    api,
    words,
    method,
    path: `/v1.0/card/${path}`,
    generation: 'new',
    permission: 'Card.Instance.Write',
    handle,
  };
}

/** Interactive cards, section 5: "创建卡片", "投放卡片", "创建并投放卡片", "更新卡片", "注册卡片回调地址". */
export const CARD_OPERATIONS: readonly Operation[] = [
  op('post', 'instances', 'card.create', '建卡片', (call) => ({
    success: true,
    result: create(call).outTrackId,
  })),
  op('put', 'instances/spaces', 'card.spaces', '加卡片场域', (call) => {
    const card = existing(call);
    const added = openedSpaces(call.body);
    if (added.length === 0) {
      throw new ApiError(400, 'param.emptyAppendSpaces');
    }
    for (const space of added) {
      card.spaces.add(space);
    }
    return { success: true, result: true };
  }),
  op('post', 'instances/deliver', 'card.deliver', '投放卡片', (call) => {
    const spaces = targetSpaces(call.body);
    return { success: true, result: deliver(call, existing(call), spaces) };
  }),
  op('post', 'instances/createAndDeliver', 'card.createAndDeliver', '发互动卡片', (call) => {
    requireOutTrackId(call);
    const spaces = targetSpaces(call.body);
    const card = create(call);
    return {
      success: true,
      result: { outTrackId: card.outTrackId, deliverResults: deliver(call, card, spaces) },
    };
  }),
  op('put', 'instances', 'card.update', '更新卡片', update),
  op('post', 'callbacks/register', 'card.registerCallback', '登记卡片回调', ({ messenger, body }) => ({
    success: true,
    result: messenger.callbacks.register(
      text(body.callbackRouteKey),
      text(body.callbackUrl),
      text(body.apiSecret),
      flag(body.forceUpdate),
    ),
  })),
];

function requireOutTrackId(call: Call): string {
  const outTrackId = text(call.body.outTrackId);
  if (outTrackId === '') {
    throw new ApiError(400, 'param.outTrackIdEmpty');
  }
  if (outTrackId.length > OUT_TRACK_ID_LONGEST) {
    throw new ApiError(400, 'outTrackId.outOfLimit');
  }
  call.told.refs = { outTrackId };
  return outTrackId;
}

function existing(call: Call): CardInstance {
  const card = call.messenger.cards.get(requireOutTrackId(call));
  call.told.personIds = card.copies.map((copy) => copy.personId);
  return card;
}

function userOf(messenger: Messenger, userIdType: 1 | 2, id: string): DirectoryPerson | undefined {
  return userIdType === 2
    ? messenger.directory.on('dingtalk').byUnionid(id)
    : messenger.directory.on('dingtalk').byUserid(id);
}

function userIdTypeOf(body: Raw): 1 | 2 {
  return Number(body.userIdType ?? 1) === 2 ? 2 : 1;
}

/** Private values by person; only variables the template marks private keep any effect. */
function privateValues(messenger: Messenger, value: unknown, userIdType: 1 | 2): Map<string, CardValues> {
  const result = new Map<string, CardValues>();
  for (const [id, container] of Object.entries(record(value))) {
    const person = userOf(messenger, userIdType, id);
    if (person === undefined) {
      throw new ApiError(400, 'param.userIdNotExist');
    }
    result.set(person.id, readCardMap(container));
  }
  return result;
}

function review(messenger: Messenger, values: Iterable<CardValues>): void {
  const words = messenger.faults.unsafeWords();
  for (const map of values) {
    if (words.some((word) => Object.values(map).some((value) => value.includes(word)))) {
      throw new ApiError(400, 'param.contentUnsafe');
    }
  }
}

function openedSpaces(body: Raw): SpaceType[] {
  return SPACE_TYPES.filter((type) => {
    const model = body[MODELS[type].open];
    if (model === undefined || model === null) {
      return false;
    }
    const needsForward = type === 'IM_ROBOT' || type === 'IM_GROUP';
    if (!isRecord(model) || (needsForward && model.supportForward === undefined)) {
      throw new ApiError(400, 'param.openSpaceModelInvalid', `${MODELS[type].open}.supportForward 缺失`);
    }
    return true;
  });
}

function create(call: Call): CardInstance {
  const { body, messenger } = call;
  const outTrackId = requireOutTrackId(call);
  const templateId = text(body.cardTemplateId);
  if (templateId === '') {
    throw new ApiError(400, 'param.cardTemplateIdEmpty');
  }
  if (!isRecord(body.cardData) || body.cardData.cardParamMap === undefined) {
    throw new ApiError(400, 'param.cardPublicDataEmpty');
  }
  if (messenger.cards.find(outTrackId) !== undefined) {
    throw new ApiError(400, 'param.cardAlreadyExist');
  }
  if (messenger.templates.find(templateId) === undefined) {
    throw new ApiError(400, 'param.templateNotExist');
  }
  const callbackType = readCallbackType(call);
  const userIdType = userIdTypeOf(body);
  const publicData = readCardMap(body.cardData);
  const privateData = privateValues(messenger, body.privateData, userIdType);
  review(messenger, [publicData, ...privateData.values()]);
  return messenger.cards.create({
    outTrackId,
    templateId,
    callbackType,
    callbackRouteKey: text(body.callbackRouteKey),
    userIdType,
    publicData,
    privateData,
    spaces: new Set(openedSpaces(body)),
    summary: summaryOf(body),
  });
}

function readCallbackType(call: Call): CardInstance['callbackType'] {
  const { callbackType, callbackRouteKey } = call.body;
  if (callbackType === undefined || callbackType === null) {
    return null;
  }
  if (callbackType !== 'STREAM' && callbackType !== 'HTTP') {
    throw new ApiError(400, 'param.invalid', 'callbackType 应是 STREAM 或 HTTP');
  }
  if (callbackType === 'HTTP' && !call.messenger.callbacks.has(text(callbackRouteKey))) {
    throw new ApiError(400, 'param.invalid', 'callbackRouteKey 没有登记');
  }
  return callbackType;
}

/** What the chat list shows as the last message. */
function summaryOf(body: Raw): string {
  const model = record(
    body.imRobotOpenSpaceModel ?? body.imGroupOpenSpaceModel ?? body.imSingleOpenSpaceModel,
  );
  const words = Object.values(record(model.lastMessageI18n)).map(text);
  return words.find((word) => word !== '') ?? '';
}

/** Parses `dtv1.card//TYPE.id;TYPE.id`; types in either case. */
function targetSpaces(body: Raw): { type: SpaceType; id: string }[] {
  const openSpaceId = text(body.openSpaceId);
  if (openSpaceId === '') {
    throw new ApiError(400, 'param.openSpaceIdEmpty');
  }
  const items = openSpaceId.startsWith(PREFIX) ? openSpaceId.slice(PREFIX.length).split(';') : [];
  const spaces = items.flatMap((item) => {
    const [name = '', ...rest] = item.split('.');
    const type = SPACE_TYPES.find((one) => one === name.toUpperCase());
    const id = rest.join('.');
    return type === undefined || id === '' ? [] : [{ type, id }];
  });
  if (spaces.length === 0 || spaces.length !== items.length) {
    throw new ApiError(400, 'param.openSpaceIdInvalid');
  }
  for (const { type } of spaces) {
    checkDeliverModel(body, type);
  }
  return spaces;
}

function checkDeliverModel(body: Raw, type: SpaceType): void {
  const model = body[MODELS[type].deliver];
  if (model === undefined || model === null) {
    throw new ApiError(400, 'param.spaceDeliverModelEmpty', `${MODELS[type].deliver} 缺失`);
  }
  if (!isRecord(model) || Object.keys(model).length === 0) {
    throw new ApiError(400, 'param.openDeliverModelEmpty', `${MODELS[type].deliver} 为空`);
  }
  if (type === 'IM_ROBOT' && model.spaceType !== undefined && model.spaceType !== 'IM_ROBOT') {
    throw new ApiError(400, 'param.openDeliverModelError', 'imRobotOpenDeliverModel.spaceType 应是 IM_ROBOT');
  }
}

/** One result per space; a person who cannot get the card is a failure inside HTTP 200. */
function deliver(call: Call, card: CardInstance, spaces: { type: SpaceType; id: string }[]): Raw[] {
  const { messenger, body } = call;
  const results = spaces.map(({ type, id }) => {
    const fail = (errorMsg: string): Raw => ({
      spaceType: type,
      spaceId: id,
      success: false,
      carrierId: '',
      errorMsg,
    });
    if (!card.spaces.has(type)) {
      return fail('space model not exist');
    }
    if (type !== 'IM_ROBOT') {
      return fail('conversation not exist');
    }
    const robotCode = record(body.imRobotOpenDeliverModel).robotCode;
    if (robotCode !== undefined && robotCode !== messenger.config.robotCode) {
      return fail('robotCode invalid');
    }
    const person = userOf(messenger, card.userIdType, id);
    if (person === undefined || !messenger.directory.isWithin(person, messenger.config.contactScope)) {
      return fail('user not exist');
    }
    const copy = messenger.cards.deliver(card, person.id, id);
    return { spaceType: type, spaceId: id, success: true, carrierId: copy.carrierId, errorMsg: '' };
  });
  call.told.personIds = card.copies.map((copy) => copy.personId);
  const failed = results.filter((result) => result.success !== true);
  call.told.note =
    failed.length === 0
      ? ''
      : `${failed.length} 处没有投放: ${failed.map((result) => text(result.errorMsg)).join('、')}`;
  return results;
}

function update(call: Call): Raw {
  const { body, messenger } = call;
  const card = existing(call);
  if (body.cardData === undefined && body.privateData === undefined) {
    throw new ApiError(400, 'param.cardDataAndPrivateDataBothEmpty');
  }
  const cardData = body.cardData === undefined ? undefined : readCardMap(body.cardData);
  const privateData = privateValues(messenger, body.privateData, userIdTypeOf(body));
  review(messenger, [...(cardData === undefined ? [] : [cardData]), ...privateData.values()]);
  const options = record(body.cardUpdateOptions);
  messenger.cards.update(card, {
    cardData,
    privateData,
    updateCardDataByKey: options.updateCardDataByKey === true,
    updatePrivateDataByKey: options.updatePrivateDataByKey === true,
  });
  return { success: true, result: true };
}

import { randomBytes } from 'node:crypto';
import type { CardValues } from './card-render.ts';
import type { Clock } from './clock.ts';
import type { EventBus } from './events.ts';
import { ApiError } from './errors.ts';
import type { Kept } from './keeping.ts';

export interface CardCopy {
  personId: string;
  spaceType: 'IM_ROBOT';
  spaceId: string;
  carrierId: string;
  /** Business time, epoch milliseconds. */
  sentAt: number;
}

/** One card: everybody who holds it sees the public values and their own private ones. */
export interface CardInstance {
  outTrackId: string;
  templateId: string;
  callbackType: 'STREAM' | 'HTTP' | null;
  callbackRouteKey: string;
  userIdType: 1 | 2;
  publicData: CardValues;
  /** Person id → that person's values. */
  privateData: Map<string, CardValues>;
  /** Space types the card may be delivered to. */
  spaces: Set<string>;
  summary: string;
  copies: CardCopy[];
  createdAt: number;
  updatedAt: number;
}

export interface CardUpdate {
  cardData: CardValues | undefined;
  /** Person id → values. */
  privateData: Map<string, CardValues>;
  /** False replaces the whole map, which is the platform's default. */
  updateCardDataByKey: boolean;
  updatePrivateDataByKey: boolean;
}

export interface Cards extends Kept {
  create(card: Omit<CardInstance, 'copies' | 'createdAt' | 'updatedAt'>): CardInstance;
  /** The card; refused with `param.cardNotExist`. */
  get(outTrackId: string): CardInstance;
  find(outTrackId: string): CardInstance | undefined;
  /** Gives the person a copy; a second delivery to the same person adds none. */
  deliver(card: CardInstance, personId: string, spaceId: string): CardCopy;
  update(card: CardInstance, update: CardUpdate): void;
  of(personId: string): CardInstance[];
  reset(): void;
}

export function createCards(clock: Clock, bus: EventBus): Cards {
  let cards = new Map<string, CardInstance>();
  const changed = (card: CardInstance): void => {
    bus.emit({ type: 'chat', personIds: [...new Set(card.copies.map((copy) => copy.personId))] });
  };
  return {
    create(fields) {
      if (cards.has(fields.outTrackId)) {
        throw new ApiError(400, 'param.cardAlreadyExist');
      }
      const now = clock.now();
      const card: CardInstance = { ...fields, copies: [], createdAt: now, updatedAt: now };
      cards.set(card.outTrackId, card);
      return card;
    },
    get(outTrackId) {
      const card = cards.get(outTrackId);
      if (card === undefined) {
        throw new ApiError(400, 'param.cardNotExist');
      }
      return card;
    },
    find: (outTrackId) => cards.get(outTrackId),
    deliver(card, personId, spaceId) {
      const held = card.copies.find((copy) => copy.personId === personId);
      const copy: CardCopy = held ?? {
        personId,
        spaceType: 'IM_ROBOT',
        spaceId,
        carrierId: randomBytes(24).toString('base64'),
        sentAt: clock.now(),
      };
      if (held === undefined) {
        card.copies.push(copy);
        changed(card);
      }
      return copy;
    },
    update(card, update) {
      if (update.cardData !== undefined) {
        card.publicData = update.updateCardDataByKey
          ? { ...card.publicData, ...update.cardData }
          : { ...update.cardData };
      }
      for (const [personId, values] of update.privateData) {
        const before = update.updatePrivateDataByKey ? card.privateData.get(personId) : undefined;
        card.privateData.set(personId, { ...before, ...values });
      }
      card.updatedAt = clock.now();
      changed(card);
    },
    of: (personId) =>
      [...cards.values()].filter((card) => card.copies.some((copy) => copy.personId === personId)),
    reset() {
      cards = new Map();
    },
    dump: () => cards,
    load(state) {
      cards = state as typeof cards;
    },
  };
}

import { z } from 'zod';
import type { CardAnswer, CardPress } from '../port.ts';
import { jsonOrNull } from '../common/json.ts';
import type { HostLogger } from '../common/surroundings.ts';

/** A press as both transports carry it (事件回调); `value` repeats `content` in some versions. */
const PRESS = z.object({
  type: z.string().optional(),
  outTrackId: z.string().min(1),
  corpId: z.string().optional(),
  userId: z.string().min(1),
  content: z.string().optional(),
  value: z.string().optional(),
});
const CONTENT = z.object({
  cardPrivateData: z.object({
    actionIds: z.array(z.string()).default([]),
    params: z.record(z.string(), z.unknown()).default({}),
  }),
});

/** The press in `text`, or null when it is none or belongs to another organisation. */
export function parsePress(
  text: string,
  host: { id: string; corpId: string },
  messageId: string | null,
): CardPress | null {
  const outer = PRESS.safeParse(jsonOrNull(text));
  if (!outer.success || (outer.data.type ?? 'actionCallback') !== 'actionCallback') {
    return null;
  }
  if (outer.data.corpId !== undefined && outer.data.corpId !== host.corpId) {
    return null;
  }
  const inner = CONTENT.safeParse(jsonOrNull(outer.data.content ?? outer.data.value ?? ''));
  if (!inner.success) {
    return null;
  }
  const { outTrackId, userId } = outer.data;
  return { hostId: host.id, outTrackId, userId, ...inner.data.cardPrivateData, messageId };
}

/** What goes back; an empty object changes nothing. The presser's own data is not keyed by person here (事件回调). */
export function wireAnswer(answer: CardAnswer): Record<string, unknown> {
  const hasPublic = Object.keys(answer.publicData).length > 0;
  const hasPrivate = Object.keys(answer.privateData).length > 0;
  if (!hasPublic && !hasPrivate) {
    return {};
  }
  return {
    cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
    ...(hasPublic ? { cardData: { cardParamMap: answer.publicData } } : {}),
    ...(hasPrivate ? { userPrivateData: { cardParamMap: answer.privateData } } : {}),
  };
}

export type PressOutcome = { ok: true; answer: Record<string, unknown> } | { ok: false };

export interface Presses {
  /** The answer within the budget; "no change" when the work takes longer (it goes on); not ok when it failed. */
  answer(press: CardPress): Promise<PressOutcome>;
  /** Resolves when no press is being worked on. */
  drained(): Promise<void>;
}

interface PressesOptions {
  onCardPress(press: CardPress): Promise<CardAnswer>;
  logger: HostLogger;
  hostId: string;
  budgetMs: number;
  machineNow(): number;
}

const REMEMBER_MS = 5 * 60_000; // the gateway repeats after about a minute
const REMEMBER_MAX = 10_000;

/**
 * Hands presses on and keeps the platform's 2 s. A repeat of one messageId gets the first one's answer, also while that
 * one is still being worked on; a press that failed is forgotten, so that its repeat is a new try.
 */
export function createPresses(options: PressesOptions): Presses {
  const remembered = new Map<string, { at: number; outcome: Promise<PressOutcome> }>();
  const working = new Set<Promise<PressOutcome>>();

  async function work(press: CardPress): Promise<PressOutcome> {
    try {
      return { ok: true, answer: wireAnswer(await options.onCardPress(press)) };
    } catch (error) {
      options.logger.error(
        { hostId: options.hostId, outTrackId: press.outTrackId, error },
        'card press failed',
      );
      if (press.messageId !== null) {
        remembered.delete(press.messageId);
      }
      return { ok: false };
    }
  }

  function forgetOld(now: number): void {
    for (const [id, { at }] of remembered) {
      if (now - at < REMEMBER_MS && remembered.size < REMEMBER_MAX) {
        return; // oldest first: the rest is younger
      }
      remembered.delete(id);
    }
  }

  function once(press: CardPress): Promise<PressOutcome> {
    const before = press.messageId === null ? undefined : remembered.get(press.messageId);
    if (before !== undefined) {
      return before.outcome;
    }
    // Started in the next turn: a failure at once must find its entry to forget it.
    const outcome = Promise.resolve().then(() => work(press));
    working.add(outcome);
    void outcome.finally(() => working.delete(outcome));
    if (press.messageId !== null) {
      const now = options.machineNow();
      forgetOld(now);
      remembered.set(press.messageId, { at: now, outcome });
    }
    return outcome;
  }

  async function answer(press: CardPress): Promise<PressOutcome> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<PressOutcome>((resolve) => {
      timer = setTimeout(() => {
        options.logger.warn(
          { hostId: options.hostId, outTrackId: press.outTrackId },
          'card press outlasted its budget',
        );
        resolve({ ok: true, answer: {} });
      }, options.budgetMs);
    });
    try {
      return await Promise.race([once(press), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    answer,
    drained: async () => {
      while (working.size > 0) {
        await Promise.all(working);
      }
    },
  };
}

/** A press on a card: who pressed, what they meant, `perform`, and the presser's new card in the answer. Holds no rule. */
import type { ActionName, Actor } from '@minqing/shared/workflow';
import { RESULT_CLASSES, type ResultClass } from '@minqing/shared/words';
import { AppError } from '../errors.ts';
import { actorOf, sawAccount } from '../people/index.ts';
import { digestOf, type Store } from '../store/index.ts';
import type { CardRow } from '../store/tables.ts';
import type { CardAnswer, CardPress } from '../hosts/index.ts';
import type { Perform } from '../cases/index.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { CardPrivate, RenderedCard } from './card.render.ts';
import { AGAIN, queueRow } from './queue.ts';

export interface PressDeps {
  store: Store;
  clock: Clock;
  perform(): Perform;
  render(card: CardRow): Promise<RenderedCard | null>;
  log: Log;
}

/** A host waits 2 s for the answer; past this we say 处理中 and the outbox brings the result. */
const BUDGET_MS = 1_200;
const LONGEST_TYPED = 300;
/** The answer is on its way to the card; what comes after must land after it. */
const AFTER_ANSWER_MS = 1_000;

const SEEN_EVERY_MS = 5 * 60_000;

/** With when its account was last seen, in machine time. */
type PressedCard = CardRow & { seen_at: number | null };

interface Meaning {
  action: ActionName;
  input: unknown;
}

const typed = (value: unknown): string =>
  typeof value === 'string' ? value.trim().slice(0, LONGEST_TYPED) : '';

function classOf(value: unknown): ResultClass | null {
  const label =
    typeof value === 'object' && value !== null && 'value' in value
      ? (value as { value: unknown }).value
      : value;
  const found = Object.entries(RESULT_CLASSES).find(([, name]) => name === label);
  return found ? (found[0] as ResultClass) : null;
}

/** What the pressed component means, or what the presser is told instead. */
function meaningOf(
  actionId: string,
  params: Record<string, unknown>,
  own: CardPrivate,
): Meaning | { keep: CardPrivate } {
  switch (actionId) {
    case 'star': {
      const stars = Number(params.stars);
      return {
        keep: Number.isInteger(stars) && stars >= 1 && stars <= 5 ? { stars } : { error: '请点一颗星' },
      };
    }
    case 'rate':
      return own.stars
        ? { action: 'rate', input: { stars: own.stars, reasons: [], text: '' } }
        : { keep: { error: '请先点一颗星' } };
    case 'reply': {
      const text = typed(params.reply);
      const result = classOf(params.class);
      if (!result) {
        return { keep: { text, error: '请先选结果：已解决、列入计划或暂不能办' } };
      }
      if (result !== 'solved') {
        return { keep: { text, class: result } };
      }
      return text
        ? { action: 'reply', input: { class: 'solved', text } }
        : { keep: { error: '请写给委员的答复' } };
    }
    case 'answer':
      return typed(params.answer)
        ? { action: 'answer', input: { text: typed(params.answer) } }
        : { keep: { error: '请写您的回答' } };
    case 'opinion':
      return typed(params.opinion)
        ? { action: 'opinion', input: { text: typed(params.opinion) } }
        : { keep: { error: '请写会签意见' } };
    case 'accept':
      return { action: 'accept', input: { urgency: 'normal' } };
    case 'sign':
      return { action: 'sign', input: {} };
    default:
      return { keep: { error: '这个按钮已经失效' } };
  }
}

/** Handles one press; never throws: whatever went wrong is told on the presser's card, what they typed stays. */
export function createPressHandler(deps: PressDeps): (press: CardPress) => Promise<CardAnswer> {
  const { store } = deps;

  async function findCard(press: CardPress): Promise<PressedCard | undefined> {
    return store.read((db) =>
      db
        .selectFrom('card')
        .innerJoin('account', 'account.id', 'card.account_id')
        .selectAll('card')
        .select('account.last_seen_at as seen_at')
        .where('card.out_track_id', '=', press.outTrackId)
        .where('card.host_id', '=', press.hostId)
        .where('account.user_id', '=', press.userId)
        .where('account.active', '=', 1)
        .executeTakeFirst(),
    );
  }

  /** A press is a sign of life at this account; one in a few minutes is enough. */
  async function seen(card: PressedCard): Promise<void> {
    const now = deps.clock.machineNow();
    if (now - (card.seen_at ?? 0) > SEEN_EVERY_MS) {
      await store.transact((tx) => sawAccount(tx, card.account_id, now));
    }
  }

  async function keep(card: CardRow, own: CardPrivate): Promise<void> {
    await store.transact((tx) =>
      tx
        .updateTable('card')
        .set({ private_json: JSON.stringify(own), updated_at: deps.clock.businessNow() })
        .where('id', '=', card.id)
        .execute(),
    );
  }

  async function answerWith(card: CardRow): Promise<CardAnswer> {
    const fresh = await store.read((db) =>
      db.selectFrom('card').selectAll().where('id', '=', card.id).executeTakeFirst(),
    );
    const rendered = fresh ? await deps.render(fresh) : null;
    return rendered
      ? { publicData: rendered.publicData, privateData: rendered.privateData }
      : { publicData: {}, privateData: {} };
  }

  /** Takes 处理中 off the card once the work has ended, however it did. */
  const showAgain = (card: CardRow): Promise<void> =>
    store.transact((tx) =>
      queueRow(tx, deps, {
        kind: 'card',
        notice: card.purpose,
        caseId: card.case_id,
        personId: card.person_id,
        accountId: card.account_id,
        hostId: card.host_id,
        cardId: card.id,
        payload: AGAIN,
        quiet: true,
        waitMs: AFTER_ANSWER_MS,
      }),
    );

  async function act(card: CardRow, press: CardPress, meaning: Meaning): Promise<void> {
    const caseId = card.case_id ?? '';
    const acting = await store.read((db) => actorOf(db, card.person_id, deps.clock.businessNow()));
    if (!acting) {
      throw new AppError('forbidden', { title: '您的权限已经变更，请联系管理员' });
    }
    const actor: Actor = acting.actor;
    const rev = /^\d{1,9}$/.test(String(press.params.rev ?? '')) ? Number(press.params.rev) : 0;
    await deps.perform()(actor, caseId, meaning.action, meaning.input, {
      door: 'card',
      principal: card.person_id,
      key: `${press.outTrackId}:${rev}:${meaning.action}`,
      digest: digestOf({ action: meaning.action, input: meaning.input }),
      seenVersion: rev,
    });
  }

  /** What the presser is told after a refusal; a repeat that meets its own result is no failure. */
  async function tell(card: CardRow, meaning: Meaning, press: CardPress, error: unknown): Promise<void> {
    const own = JSON.parse(card.private_json) as CardPrivate;
    const kept = { ...own, text: typed(press.params.reply ?? press.params.answer ?? press.params.opinion) };
    if (error instanceof AppError) {
      const since = error.since?.length ? `：${error.since.join('；')}` : '';
      const fields = error.errors?.map((e) => e.message).join('；');
      await keep(card, {
        ...kept,
        busy: '',
        error: `${error.code === 'keyReused' ? '这张卡片已经办过了' : (fields ?? error.title)}${since}`,
      });
      return;
    }
    deps.log.warn('card press failed', { cardId: card.id, action: meaning.action, error });
    await keep(card, { ...kept, busy: '', error: '没有办成，请稍后再点一次' });
  }

  return async (press) => {
    const card = await findCard(press);
    if (!card) {
      return { publicData: {}, privateData: { error: '这张卡片不是发给您的，或者已经失效' } };
    }
    const own = JSON.parse(card.private_json) as CardPrivate;
    const meaning = meaningOf(press.actionIds[0] ?? '', press.params, own);
    if ('keep' in meaning) {
      await keep(card, { ...own, error: '', busy: '', ...meaning.keep });
      return answerWith(card);
    }
    const work = Promise.all([act(card, press, meaning), seen(card)]).then(
      () => keep(card, {}),
      (error: unknown) => tell(card, meaning, press, error),
    );
    const late = new Promise<'late'>((resolve) => {
      setTimeout(resolve, BUDGET_MS, 'late').unref();
    });
    if ((await Promise.race([work, late])) === 'late') {
      work
        .then(() => showAgain(card))
        .catch((error: unknown) => deps.log.warn('a late card stays as it is', { cardId: card.id, error }));
      return { publicData: {}, privateData: { busy: '处理中，稍等片刻' } };
    }
    return answerWith(card);
  };
}

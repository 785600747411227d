/** How each kind of outbox row is sent: work notices, cards, to-dos. */
import { duties, PURPOSES, type Case, type Purpose } from '@minqing/shared/workflow';
import { HostError, type Host } from '../hosts/index.ts';
import { casePath } from './links.ts';
import { digestOf, point, type Store } from '../store/index.ts';
import type { CardRow, OutboxRow } from '../store/tables.ts';
import { findCase } from '../cases/index.ts';
import type { Clock } from '../clock.ts';
import { boardOf, contentOf } from './card.board.ts';
import type { RenderedCard } from './card.render.ts';
import { AGAIN, queueRow } from './queue.ts';
import { moveCard, nextNotice, otherAccountOf } from './elsewhere.ts';
import type { Instead, Senders, Sent } from './outbox.worker.ts';

export interface SenderDeps {
  hosts: ReadonlyMap<string, Host>;
  store: Store;
  clock: Clock;
  render(card: CardRow, options?: { plain?: boolean }): Promise<RenderedCard | null>;
}

const DROPPED: Sent = { dropped: true };
/** `card.rev` of a card no call was ever begun for. */
const NEVER_SENT = 1;

export function createSenders(deps: SenderDeps): Senders {
  const { store, clock } = deps;

  const cardOf = (row: OutboxRow): Promise<CardRow | undefined> =>
    store.read((db) =>
      db
        .selectFrom('card')
        .selectAll()
        .where('id', '=', row.card_id ?? '')
        .executeTakeFirst(),
    );
  const accountOf = (accountId: string) =>
    store.read((db) =>
      db
        .selectFrom('account')
        .select(['user_id', 'union_id', 'active'])
        .where('id', '=', accountId)
        .executeTakeFirst(),
    );

  async function notice(host: Host, rows: readonly OutboxRow[]): Promise<Sent> {
    const accounts = await Promise.all(rows.map((r) => accountOf(r.account_id)));
    const userIds = accounts.flatMap((a) => (a?.active === 1 ? [a.user_id] : []));
    const [first] = rows;
    const lost = rows.filter((_row, i) => accounts[i]?.active !== 1).map((r) => r.id);
    if (userIds.length === 0 || first === undefined) {
      return { lost };
    }
    const { taskId } = await host.sendNotice({ id: first.id, userIds, message: first.payload });
    point('after-host-call');
    return { taskId, lost };
  }

  async function card(host: Host, rows: readonly OutboxRow[]): Promise<Sent> {
    const [row] = rows;
    const found = row ? await cardOf(row) : undefined;
    const account = found ? await accountOf(found.account_id) : undefined;
    // A card that moved to another messenger has rows of its own there.
    if (
      !found ||
      found.host_id !== host.id ||
      (found.live === 0 && found.delivered === 0 && found.rev === NEVER_SENT)
    ) {
      return DROPPED;
    }
    if (account?.active !== 1) {
      // What somebody who left already has may grow old; what they never got is a duty nobody was told of.
      return found.live === 1 && found.delivered === 0 ? { lost: rows.map((r) => r.id) } : DROPPED;
    }
    const again = rows.some((r) => r.payload === AGAIN);
    try {
      return await show(host, found.id, account.user_id, { again, plain: false });
    } catch (error) {
      if (error instanceof HostError && error.kind === 'content') {
        return show(host, found.id, account.user_id, { again, plain: true });
      }
      throw error;
    }
  }

  /**
   * Raises `rev` before a call and only then reads what to show. A number above one says later that a call may have had
   * effect; one that is not ours any more at the end says that another call was begun meanwhile, and nobody knows which
   * of the two the host has taken last.
   */
  const begin = (cardId: string): Promise<CardRow> =>
    store.transact(async (tx) => {
      await tx
        .updateTable('card')
        .set((eb) => ({ rev: eb('rev', '+', 1) }))
        .where('id', '=', cardId)
        .execute();
      return tx.selectFrom('card').selectAll().where('id', '=', cardId).executeTakeFirstOrThrow();
    });

  async function end(begun: CardRow, sent: { hash: string; version: number }): Promise<void> {
    await store.transact(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('card')
        .set({
          delivered: 1,
          sent_hash: sent.hash,
          case_version: sent.version,
          updated_at: clock.businessNow(),
        })
        .where('id', '=', begun.id)
        .where('rev', '=', begun.rev)
        .executeTakeFirst();
      if (Number(numUpdatedRows) === 1) {
        return;
      }
      await tx.updateTable('card').set({ delivered: 1 }).where('id', '=', begun.id).execute();
      await queueRow(
        tx,
        { clock },
        { ...toOf(begun), kind: 'card', notice: begun.purpose, payload: AGAIN, quiet: true },
      );
    });
  }

  async function show(
    host: Host,
    cardId: string,
    userId: string,
    how: { again: boolean; plain: boolean },
  ): Promise<Sent> {
    const begun = await begin(cardId);
    const rendered = await deps.render(begun, { plain: how.plain });
    if (!rendered) {
      return DROPPED;
    }
    const hash = digestOf({ ...rendered });
    if (begun.delivered === 1 && begun.sent_hash === hash && !how.again) {
      return DROPPED;
    }
    if (!(await put(host, begun, userId, rendered))) {
      return DROPPED;
    }
    point('after-host-call');
    await end(begun, { hash, version: Number(rendered.publicData.rev ?? 0) });
    return {};
  }

  /** False when there is nothing to show it on: the duty ended before the host had taken the card. */
  async function put(host: Host, found: CardRow, userId: string, rendered: RenderedCard): Promise<boolean> {
    const board = boardOf(host);
    const update = () => board.update(found, userId, rendered);
    if (found.delivered === 1) {
      await update();
      return true;
    }
    try {
      if (found.live === 0) {
        await update();
      } else {
        await board.deliver(found, userId, rendered);
      }
      return true;
    } catch (error) {
      const kind = error instanceof HostError ? error.kind : null;
      if (found.live === 0 && kind === 'gone') {
        return false;
      }
      // The first try got through though its answer was lost: the card stands, perhaps with older data.
      if (found.live === 0 || kind !== 'duplicate') {
        throw error;
      }
      await update();
      return true;
    }
  }

  async function todo(host: Host, row: OutboxRow): Promise<Sent> {
    const found = await cardOf(row);
    const account = found ? await accountOf(found.account_id) : undefined;
    if (!found || found.host_id !== host.id || !account || !host.capabilities.todos) {
      return DROPPED;
    }
    return row.payload === 'open'
      ? openTodo(host, found, account.union_id)
      : closeTodo(host, found, account.union_id);
  }

  async function openTodo(host: Host, found: CardRow, unionId: string): Promise<Sent> {
    const c = found.case_id ? await store.read((db) => findCase(db, found.case_id ?? '')) : null;
    if (found.live === 0 || found.todo_state !== 'none' || !c) {
      return DROPPED;
    }
    const taskId = await createTodo(host, found, c, unionId);
    point('after-host-call');
    await store.transact(async (tx) => {
      await tx
        .updateTable('card')
        .set({ todo_task_id: taskId, todo_state: 'open' })
        .where('id', '=', found.id)
        .execute();
      const now = await tx.selectFrom('card').select('live').where('id', '=', found.id).executeTakeFirst();
      if (now?.live === 0) {
        // The duty ended meanwhile, and the row that closes the to-do may have looked before there was one.
        await queueRow(
          tx,
          { clock },
          { ...toOf(found), kind: 'todo', notice: found.purpose, payload: 'done', quiet: true },
        );
      }
    });
    return { taskId };
  }

  async function createTodo(host: Host, found: CardRow, c: Case, unionId: string): Promise<string> {
    const duty = duties(c).find((d) => d.key === found.duty_key);
    const clock = c.clocks.find((k) => k.id === duty?.clockId);
    try {
      return await host.createTodo({
        sourceId: found.id,
        subject: `${PURPOSES[found.purpose as Purpose] ?? '办理民情'}：${c.content.title}`,
        executorUnionIds: [unionId],
        dueAt: clock && clock.pausedAt === null ? clock.dueAt : null,
        path: casePath(c.id),
      });
    } catch (error) {
      const known =
        error instanceof HostError && error.kind === 'duplicate'
          ? await host.findTodo(found.id, unionId)
          : null;
      if (known === null) {
        throw error;
      }
      return known;
    }
  }

  async function closeTodo(host: Host, found: CardRow, unionId: string): Promise<Sent> {
    if (found.todo_state === 'done') {
      return DROPPED;
    }
    // The row that opens it may be under way in another process: ask the host before believing there is none.
    const taskId = found.todo_task_id ?? (await host.findTodo(found.id, unionId));
    if (taskId === null) {
      return DROPPED;
    }
    await host.completeTodo(taskId, unionId);
    point('after-host-call');
    await store.transact((tx) =>
      tx
        .updateTable('card')
        .set({ todo_task_id: taskId, todo_state: 'done' })
        .where('id', '=', found.id)
        .execute(),
    );
    return { taskId };
  }

  /** Where the person cannot be reached with this host at all, another account of theirs is. */
  async function cardElsewhere(found: CardRow): Promise<Instead | null> {
    const to = await store.read((db) => otherAccountOf(db, deps.hosts, found));
    if (!to) {
      return null;
    }
    const there = { ...toOf(found), accountId: to.id, hostId: to.hostId, notice: found.purpose };
    return {
      row: { ...there, kind: 'card' },
      async before(tx) {
        const moved = await moveCard(tx, found, to);
        if (moved) {
          await queueRow(tx, { clock }, { ...there, kind: 'todo', payload: 'open', quiet: true });
        }
        return moved;
      },
    };
  }

  /** A card nobody can get becomes a notice whose link opens the mini-app right there. */
  async function cardAsNotice(found: CardRow, error: HostError): Promise<Instead | null> {
    const host = deps.hosts.get(found.host_id);
    const rendered = await deps.render(found, { plain: error.kind === 'content' });
    return host && rendered
      ? {
          row: {
            ...toOf(found),
            kind: 'notice',
            channel: 'actionCard',
            notice: found.purpose,
            payload: host.renderNotice(contentOf(found, rendered)),
          },
        }
      : null;
  }

  async function noticeElsewhere(row: OutboxRow, error: HostError): Promise<Instead | null> {
    const found = await store.read((db) => nextNotice(db, deps.hosts, row, error));
    return found
      ? {
          row: {
            kind: 'notice',
            notice: row.notice,
            caseId: row.case_id,
            personId: row.person_id,
            accountId: found.next.accountId,
            hostId: found.next.hostId,
            cardId: null,
            payload: found.next.payload,
            others: found.rest,
          },
        }
      : null;
  }

  /** Card → action card in the same messenger → the person's other account; a notice goes to the other account at once. */
  async function fallBack(row: OutboxRow, error: HostError): Promise<Instead | null> {
    if (row.kind === 'todo') {
      return null;
    }
    const found = await cardOf(row);
    if (!found) {
      return row.kind === 'notice' ? noticeElsewhere(row, error) : null;
    }
    if (!found.case_id || found.live === 0 || found.delivered === 1 || found.account_id !== row.account_id) {
      return null;
    }
    if (row.kind === 'notice' || error.kind === 'unavailable') {
      return cardElsewhere(found);
    }
    // Whom this messenger does not know is asked elsewhere first; who lives nowhere else may still get the notice.
    return error.kind === 'gone'
      ? ((await cardElsewhere(found)) ?? cardAsNotice(found, error))
      : ((await cardAsNotice(found, error)) ?? cardElsewhere(found));
  }

  return { notice, card, todo, fallBack };
}

const toOf = (card: CardRow) => ({
  caseId: card.case_id,
  personId: card.person_id,
  accountId: card.account_id,
  hostId: card.host_id,
  cardId: card.id,
});

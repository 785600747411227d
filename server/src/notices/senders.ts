/** How each kind of outbox row is sent: work notices, cards, to-dos. */
import { duties, PURPOSES, type Case, type Purpose } from '@minqing/shared/workflow';
import { HostError, type Host, type NoticeContent } from '../hosts/index.ts';
import { casePath } from './links.ts';
import { digestOf, point, type Store } from '../store/index.ts';
import type { CardRow, OutboxRow } from '../store/tables.ts';
import { findCase } from '../cases/index.ts';
import type { Clock } from '../clock.ts';
import type { RenderedCard } from './card.render.ts';
import { queueRow } from './record.ts';
import type { Senders, Sent } from './outbox.worker.ts';

/** A card as an action card: its words, and one button that opens the mini-app at the act. */
function plainContent(card: CardRow, { publicData }: RenderedCard): NoticeContent {
  const path = casePath(card.case_id ?? '');
  return {
    number: card.id.slice(-8),
    title: publicData.strip ?? '',
    lines: [{ label: '民情', value: publicData.title ?? '' }],
    body: publicData.body ?? '',
    path,
    buttons: [{ title: '打开办理', path }],
    status: null,
  };
}

export interface SenderDeps {
  hosts: ReadonlyMap<string, Host>;
  store: Store;
  clock: Clock;
  render(card: CardRow, options?: { plain?: boolean }): Promise<RenderedCard | null>;
}

const DROPPED: Sent = { dropped: true };

export function createSenders(deps: SenderDeps): Senders {
  const { store, clock } = deps;

  const cardOf = (row: OutboxRow): Promise<CardRow | undefined> =>
    store.read((db) => db.selectFrom('card').selectAll().where('id', '=', row.card_id ?? '').executeTakeFirst());
  const accountOf = (accountId: string) =>
    store.read((db) =>
      db.selectFrom('account').select(['user_id', 'union_id', 'active']).where('id', '=', accountId).executeTakeFirst(),
    );

  async function notice(host: Host, rows: readonly OutboxRow[]): Promise<Sent> {
    const accounts = await Promise.all(rows.map((r) => accountOf(r.account_id)));
    const userIds = accounts.flatMap((a) => (a?.active === 1 ? [a.user_id] : []));
    const message = rows[0]?.payload;
    if (userIds.length === 0 || message === undefined) {
      return DROPPED;
    }
    const { taskId } = await host.sendNotice({ userIds, message });
    point('after-host-call');
    return { taskId };
  }

  async function card(host: Host, row: OutboxRow): Promise<Sent> {
    const found = await cardOf(row);
    const account = found ? await accountOf(found.account_id) : undefined;
    if (!found || account?.active !== 1 || (found.live === 0 && found.delivered === 0)) {
      return DROPPED;
    }
    try {
      return await show(host, found, account.user_id, false);
    } catch (error) {
      if (error instanceof HostError && error.kind === 'content') {
        return show(host, found, account.user_id, true);
      }
      throw error;
    }
  }

  async function show(host: Host, found: CardRow, userId: string, plain: boolean): Promise<Sent> {
    const rendered = await deps.render(found, { plain });
    if (!rendered) {
      return DROPPED;
    }
    const hash = digestOf({ ...rendered });
    const update = () =>
      host.updateCard({
        outTrackId: found.out_track_id,
        publicData: rendered.publicData,
        privateData: { [userId]: rendered.privateData },
      });
    if (found.delivered === 1) {
      if (found.sent_hash === hash) {
        return DROPPED;
      }
      await update();
    } else {
      try {
        await host.deliverCard({ outTrackId: found.out_track_id, templateId: found.template, userId, ...rendered });
      } catch (error) {
        // The first try got through though its answer was lost: the card stands, perhaps with older data.
        if (!(error instanceof HostError && error.kind === 'duplicate')) {
          throw error;
        }
        await update();
      }
    }
    point('after-host-call');
    await store.transact((tx) =>
      tx
        .updateTable('card')
        .set({ delivered: 1, sent_hash: hash, case_version: Number(rendered.publicData.rev ?? 0), updated_at: clock.businessNow() })
        .where('id', '=', found.id)
        .execute(),
    );
    return {};
  }

  async function todo(host: Host, row: OutboxRow): Promise<Sent> {
    const found = await cardOf(row);
    const account = found ? await accountOf(found.account_id) : undefined;
    if (!found || !account || !host.capabilities.todos) {
      return DROPPED;
    }
    return row.payload === 'open' ? openTodo(host, found, account.union_id) : closeTodo(host, found, account.union_id);
  }

  async function openTodo(host: Host, found: CardRow, unionId: string): Promise<Sent> {
    const c = found.case_id ? await store.read((db) => findCase(db, found.case_id ?? '')) : null;
    if (found.live === 0 || found.todo_state !== 'none' || !c) {
      return DROPPED;
    }
    const taskId = await createTodo(host, found, c, unionId);
    point('after-host-call');
    await setTodo(found.id, taskId, 'open');
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
      const known = error instanceof HostError && error.kind === 'duplicate' ? await host.findTodo(found.id, unionId) : null;
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
    await setTodo(found.id, taskId, 'done');
    return { taskId };
  }

  const setTodo = (cardId: string, taskId: string, state: 'open' | 'done'): Promise<unknown> =>
    store.transact((tx) => tx.updateTable('card').set({ todo_task_id: taskId, todo_state: state }).where('id', '=', cardId).execute());

  /** A card nobody can get becomes a notice whose link opens the mini-app right there. */
  async function fallBack(row: OutboxRow, error: HostError): Promise<void> {
    const found = row.kind === 'card' ? await cardOf(row) : undefined;
    const host = found ? deps.hosts.get(found.host_id) : undefined;
    if (!found?.case_id || !host || found.live === 0 || found.delivered === 1 || error.kind === 'unavailable') {
      return;
    }
    const rendered = await deps.render(found, { plain: error.kind === 'content' });
    if (!rendered) {
      return;
    }
    const { caseId, payload } = { caseId: found.case_id, payload: host.renderNotice(plainContent(found, rendered)) };
    await store.transact((tx) =>
      queueRow(tx, { clock }, {
        kind: 'notice', notice: found.purpose, caseId, personId: found.person_id, accountId: found.account_id,
        hostId: found.host_id, cardId: null, payload,
      }),
    );
  }

  return { notice, card, todo, fallBack };
}

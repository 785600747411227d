/**
 * Cards follow the duty when its holders change while the case stands still: somebody goes away or comes back, gets or
 * loses a role, leaves. Who holds the duty now gets a card; the card of who held it before says who has it.
 */
import { duties, type Case } from '@minqing/shared/workflow';
import type { Clock } from '../clock.ts';
import { findCase, realignStepped } from '../cases/index.ts';
import { peopleById } from '../people/index.ts';
import type { Tx } from '../store/index.ts';
import { recipientsOf, type AudienceDeps, type AudienceWorld, type Recipient } from './audience.ts';
import { lastingMoment } from './moments.ts';
import { queueRow } from './queue.ts';
import { openCards } from './record.ts';

export interface RealignDeps {
  clock: Clock;
  audience: AudienceDeps;
  /** The world around a case, to tell whom a duty means. */
  worldOf(tx: Tx, c: Case): Promise<AudienceWorld>;
}

/** Brings the cards of the case's open duties to whoever holds them now. Answers how many began or ended. */
export async function realignCase(tx: Tx, deps: RealignDeps, caseId: string): Promise<number> {
  // Whatever acts on the case waits for this row, or this waits for it: no duty ends between the reading and the cards.
  await tx
    .updateTable('cases')
    .set((eb) => ({ version: eb.ref('version') }))
    .where('id', '=', caseId)
    .execute();
  const c = await findCase(tx, caseId);
  if (!c) {
    return 0;
  }
  const now = deps.clock.businessNow();
  let moved = 0;
  const world = await deps.worldOf(tx, c);
  await realignStepped(tx, c, world);
  for (const duty of duties(c, world.leftOffice)) {
    const wanted = await recipientsOf(tx, deps.audience, c, duty.audience, world, now);
    const live = await tx
      .selectFrom('card')
      .innerJoin('account', 'account.id', 'card.account_id')
      .select(['card.id', 'card.person_id', 'card.account_id', 'card.host_id', 'card.purpose'])
      .select(['account.active', 'account.person_id as holder_id'])
      .where('card.case_id', '=', c.id)
      .where('card.duty_key', '=', duty.key)
      .where('card.live', '=', 1)
      .execute();
    // A card at an account that has left, or is somebody else's by now, reaches nobody: its holder gets another one.
    const stands = live.filter((card) => card.active === 1 && card.holder_id === card.person_id);
    const added = wanted.filter((w) => !stands.some((card) => card.person_id === w.personId));
    const gone = live.filter(
      (card) => !stands.includes(card) || !wanted.some((w) => w.personId === card.person_id),
    );
    await openCards(tx, deps, c, duty, added);
    const result = gone.length > 0 ? await handedOver(tx, wanted, now) : '';
    for (const card of gone) {
      await endCard(tx, deps, c, card, result);
    }
    moved += added.length + gone.length;
  }
  return moved;
}

/** Takes the card off its holder, who reads why. */
export async function endCard(
  tx: Tx,
  deps: Pick<RealignDeps, 'clock'>,
  c: Case,
  card: { id: string; person_id: string; account_id: string; host_id: string; purpose: string },
  result: string,
): Promise<void> {
  await tx.updateTable('card').set({ live: 0, result_text: result }).where('id', '=', card.id).execute();
  const to = {
    caseId: c.id,
    personId: card.person_id,
    accountId: card.account_id,
    hostId: card.host_id,
    cardId: card.id,
    notice: card.purpose,
    quiet: true,
  };
  await queueRow(tx, deps, { ...to, kind: 'card' });
  await queueRow(tx, deps, { ...to, kind: 'todo', payload: 'done' });
}

/** 「7月6日 周一 08:30 起由 周凯 办理」 */
async function handedOver(tx: Tx, holders: readonly Recipient[], now: number): Promise<string> {
  const names = await peopleById(
    tx,
    holders.map((holder) => holder.personId),
  );
  const who = holders.flatMap((holder) => names.get(holder.personId)?.name ?? []).join('、');
  return who ? `${lastingMoment(now)} 起由 ${who} 办理` : `${lastingMoment(now)} 起不再由您办理`;
}

/** Whether everybody who must move has the card to move with, and putting that right. */
import {
  duties,
  GOVERNMENT_STATES,
  hasReported,
  holdingsOf,
  PURPOSES,
  type Case,
  type Duty,
} from '@minqing/shared/workflow';
import { ROLES } from '@minqing/shared/words';
import type { Clock } from '../clock.ts';
import type { Host } from '../hosts/index.ts';
import { holders, reachable, type Directory } from '../people/index.ts';
import { insertIgnore, type Reader, type Tx } from '../store/index.ts';
import { recipientsOf, type AudienceDeps, type AudienceWorld } from './audience.ts';
import { addressOf, renderedFor } from './elsewhere.ts';
import { casePath, stuckPath } from './links.ts';
import { endCard, realignCase, type RealignDeps } from './realign.ts';
import { AGAIN, queueRow } from './queue.ts';

export interface SoundnessDeps {
  clock: Clock;
  directory: Pick<Directory, 'unit' | 'areaChain'>;
  hosts: ReadonlyMap<string, Host>;
  worldOf: RealignDeps['worldOf'];
}

export interface CardFlaws {
  /** Duties the case waits for and nobody can do, each with the reason in words. */
  nobody: { duty: Duty; why: string }[];
  /** Who holds a duty and has no card of it. */
  missing: { purpose: Duty['purpose']; name: string }[];
  /** Cards that stand though their duty is over. */
  stale: string[];
  /** Cards that were never delivered and nothing is under way to deliver. */
  unsent: string[];
}

interface KnownHosts {
  hosts: { has(hostId: string): boolean };
}
const audienceOf = ({ hosts }: KnownHosts): AudienceDeps => ({ hasHost: (id) => hosts.has(id) });

export async function findCardFlaws(
  db: Reader,
  deps: Pick<SoundnessDeps, 'clock' | 'directory'> & KnownHosts,
  c: Case,
  world: AudienceWorld,
): Promise<CardFlaws> {
  const now = deps.clock.businessNow();
  const flaws: CardFlaws = { nobody: [], missing: [], stale: [], unsent: [] };
  const cards = await db
    .selectFrom('card')
    .select(['id', 'duty_key', 'person_id', 'delivered'])
    .where('case_id', '=', c.id)
    .where('live', '=', 1)
    .execute();
  const open = duties(c, world.leftOffice);
  const held = new Set<string>();
  for (const duty of open) {
    const people = await recipientsOf(db, audienceOf(deps), c, duty.audience, world, now);
    if (people.length === 0 && duty.holds && duty.audience.to !== 'platform') {
      flaws.nobody.push({ duty, why: await whyNobody(db, deps, c, duty, world, now) });
    }
    const without = people.filter(
      (p) => !cards.some((card) => card.duty_key === duty.key && card.person_id === p.personId),
    );
    const names = new Map(
      (
        await reachable(
          db,
          without.map((p) => p.personId),
        )
      ).map((h) => [h.personId, h.name]),
    );
    flaws.missing.push(...without.map((p) => ({ purpose: duty.purpose, name: names.get(p.personId) ?? '' })));
    people.forEach((p) => held.add(`${duty.key} ${p.personId}`));
  }
  const keys = new Set(open.map((d) => d.key));
  flaws.stale = cards.filter((card) => !keys.has(card.duty_key)).map((card) => card.id);
  const waiting = cards.filter(
    (card) => card.delivered === 0 && held.has(`${card.duty_key} ${card.person_id}`),
  );
  flaws.unsent = await withoutRow(
    db,
    waiting.map((card) => card.id),
  );
  return flaws;
}

/** Cards of these that no row of the outbox is going to deliver, nor has given up. */
async function withoutRow(db: Reader, cardIds: readonly string[]): Promise<string[]> {
  if (cardIds.length === 0) {
    return [];
  }
  const rows = await db
    .selectFrom('outbox')
    .select('card_id')
    .where('card_id', 'in', [...cardIds])
    .where('status', 'in', ['waiting', 'dead'])
    .execute();
  const known = new Set(rows.map((row) => row.card_id));
  return cardIds.filter((id) => !known.has(id));
}

/** 「市建设局没有经办人」「…的经办人都没有可用的账号」「能办的人都是提出人，要回避」 */
async function whyNobody(
  db: Reader,
  { directory }: Pick<SoundnessDeps, 'directory'>,
  c: Case,
  duty: Duty,
  world: AudienceWorld,
  now: number,
): Promise<string> {
  const whys: string[] = [];
  for (const holding of holdingsOf(c, duty.audience, world)) {
    if ('personIds' in holding) {
      whys.push(holding.personIds.length === 0 ? '没有可以等的提出人' : '提出人没有可用的账号');
      continue;
    }
    const where = 'unitId' in holding ? (directory.unit(holding.unitId)?.name ?? '单位') : '本级和上级';
    const role = ROLES[holding.role];
    const inOffice = await granted(db, holding, now);
    const able = await holders(db, holding, now);
    whys.push(
      inOffice === 0
        ? `${where}没有${role}`
        : able.length > 0 && able.every((h) => hasReported(c, h.personId))
          ? `${where}的${role}都是这件民情的提出人，要回避`
          : `${where}的${role}都没有可用的账号`,
    );
  }
  return whys.join('；') || '没有人能办';
}

async function granted(
  db: Reader,
  holding: { role: string } & ({ unitId: string } | { areaIds: readonly string[] }),
  now: number,
): Promise<number> {
  const rows = await db
    .selectFrom('role_grant')
    .select('id')
    .where('role', '=', holding.role)
    .where((eb) =>
      'unitId' in holding ? eb('unit_id', '=', holding.unitId) : eb('area_id', 'in', [...holding.areaIds]),
    )
    .where('from_at', '<=', now)
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', now)]))
    .limit(1)
    .execute();
  return rows.length;
}

/** Gives every holder their card, ends those that stand for nothing, and sends what nothing was going to send. */
export async function repairCards(tx: Tx, deps: SoundnessDeps, c: Case, flaws: CardFlaws): Promise<void> {
  await realignCase(tx, { ...deps, audience: audienceOf(deps) }, c.id);
  const wanted = [...flaws.stale, ...flaws.unsent];
  if (wanted.length === 0) {
    return;
  }
  const cards = await tx
    .selectFrom('card')
    .selectAll()
    .where('id', 'in', wanted)
    .where('live', '=', 1)
    .execute();
  for (const card of cards) {
    if (flaws.stale.includes(card.id)) {
      await endCard(tx, deps, c, card, '事情已办，不用再办');
    } else {
      await queueRow(tx, deps, {
        kind: 'card',
        notice: card.purpose,
        caseId: c.id,
        personId: card.person_id,
        accountId: card.account_id,
        hostId: card.host_id,
        cardId: card.id,
        payload: AGAIN,
      });
    }
  }
}

/**
 * Tells the inspectors of the area and above, once a duty, that nobody can do it; of what nobody has accepted yet they
 * may not know, so administrators are told then. Answers how many were told: 0 when they were told before, or when
 * there is nobody to tell either.
 */
export async function tellNobodyCan(
  tx: Tx,
  deps: SoundnessDeps,
  c: Case,
  { duty, why }: CardFlaws['nobody'][number],
): Promise<number> {
  const role = GOVERNMENT_STATES.includes(c.state) ? 'inspector' : 'admin';
  const areaIds = deps.directory.areaChain(c.areaId);
  const people = await holders(tx, { role, areaIds }, deps.clock.businessNow());
  if (people.length === 0) {
    return 0;
  }
  const first = await insertIgnore(tx, 'request', {
    door: 'repair',
    principal: c.id,
    request_key: `nobody:${duty.key}`,
    digest: '',
    case_id: c.id,
    version: 0,
    created_at: deps.clock.machineNow(),
  });
  if (!first) {
    return 0;
  }
  const path = role === 'inspector' ? casePath(c.id) : stuckPath;
  for (const { personId, accounts } of people) {
    const address = addressOf(accounts, (id) => deps.hosts.has(id));
    const host = address && deps.hosts.get(address.account.hostId);
    if (address && host) {
      const content = {
        number: `${c.number}·${duty.key}`,
        title: `没有人能${PURPOSES[duty.purpose]}，请您协调`,
        lines: [{ label: '民情', value: c.number }],
        body: why,
        path,
        buttons: [{ title: '打开看看', path }],
        status: null,
      };
      await queueRow(tx, deps, {
        kind: 'notice',
        channel: 'actionCard',
        notice: 'stuck',
        caseId: c.id,
        personId,
        accountId: address.account.id,
        hostId: host.id,
        cardId: null,
        toRole: role,
        payload: host.renderNotice(content),
        others: renderedFor(deps.hosts, address.others, content),
      });
    }
  }
  return people.length;
}

/** Adding people and changing what the contacts do not bring. */
import { conflict, forbidden, invalidInput, notFound } from '../../errors.ts';
import { appendAudit } from '../../ledger/index.ts';
import type { Tx } from '../../store/index.ts';
import type { Administering } from '../administering.ts';
import { normalPhone } from '../crypto.ts';
import { proposeByPhone } from '../links/propose.ts';
import { personByPhone, writePerson } from '../people.writes.ts';
import { findPerson, grantRows, lockedText, type PersonDeps } from './persons.queries.ts';

export interface PersonWords {
  name: string;
  title: string;
  phone: string;
}

/** Adds somebody the contacts do not know. Throws conflict when the account is somebody's already. */
export async function addPerson(
  tx: Tx,
  scope: Administering,
  wanted: PersonWords & { hostId: string; userId: string },
  deps: PersonDeps,
): Promise<string> {
  const had = await tx
    .selectFrom('account')
    .innerJoin('person', 'person.id', 'account.person_id')
    .select('person.name')
    .where('account.host_id', '=', wanted.hostId)
    .where('account.user_id', '=', wanted.userId)
    .executeTakeFirst();
  if (had) {
    throw conflict(`账号 ${wanted.userId} 已经是${had.name}的，请搜索他的名字`);
  }
  checkPhone(wanted.phone);
  if (wanted.phone !== '' && (await personByPhone(tx, wanted.phone, deps.vault)) !== null) {
    throw conflict('这个手机号已经有人在用，请搜索这个号码');
  }
  const { personId } = await writePerson(
    tx,
    {
      hostId: wanted.hostId,
      userId: wanted.userId,
      unionId: '',
      name: wanted.name,
      mobile: wanted.phone || null,
      title: wanted.title,
    },
    { vault: deps.vault, businessNow: deps.now, machineNow: deps.machineNow },
  );
  await audit(tx, scope, 'person.added', personId, { userId: wanted.userId, name: wanted.name }, deps.now);
  return personId;
}

/** Changes what the contacts do not bring. */
export async function changePerson(
  tx: Tx,
  scope: Administering,
  personId: string,
  change: PersonWords,
  deps: PersonDeps,
): Promise<void> {
  const had = await findPerson(tx, personId);
  const locked = await lockedText(tx, scope, personId, await grantRows(tx, personId), deps.now);
  if (locked) {
    throw forbidden(locked);
  }
  checkPhone(change.phone);
  const phone = normalPhone(change.phone);
  await tx
    .updateTable('person')
    .set({
      name: change.name,
      title: change.title,
      // An empty field leaves the number as it is: it was never shown whole.
      ...(phone
        ? { phone_cipher: deps.vault.seal(phone, personId), phone_index: deps.vault.index(phone) }
        : {}),
    })
    .where('id', '=', personId)
    .execute();
  if (phone) {
    await proposeByPhone(tx, personId, deps.vault.index(phone), deps.now);
  }
  const data = {
    before: { name: had.name, title: had.title },
    after: { name: change.name, title: change.title },
    phoneChanged: phone !== '',
  };
  await audit(tx, scope, 'person.changed', personId, data, deps.now);
}

/** Changes sector, special committee and term of a membership. */
export async function changeMembership(
  tx: Tx,
  scope: Administering,
  membershipId: string,
  change: { sector: string; specialCommittee: string; term: string },
  deps: PersonDeps,
): Promise<string> {
  const had = await tx.selectFrom('membership').selectAll().where('id', '=', membershipId).executeTakeFirst();
  const areaId = had ? deps.directory.unit(had.committee_id)?.areaId : undefined;
  if (!had || !scope.covers(areaId)) {
    throw notFound('没有这条委员信息，或不归您管');
  }
  const after = { sector: change.sector, special_committee: change.specialCommittee, term: change.term };
  await tx.updateTable('membership').set(after).where('id', '=', membershipId).execute();
  await appendAudit(tx, {
    at: deps.now,
    kind: 'membership.changed',
    personId: scope.personId,
    subject: had.person_id,
    data: {
      id: membershipId,
      before: { sector: had.sector, specialCommittee: had.special_committee, term: had.term },
      after: change,
    },
    areaId: areaId ?? '',
  });
  return had.person_id;
}

function checkPhone(phone: string): void {
  if (phone !== '' && !/^\d{7,15}$/.test(normalPhone(phone))) {
    throw invalidInput([{ path: 'phone', message: '手机号应为 11 位数字' }]);
  }
}

function audit(
  tx: Tx,
  scope: Administering,
  kind: string,
  subject: string,
  data: Record<string, unknown>,
  now: number,
): Promise<string> {
  return appendAudit(tx, {
    at: now,
    kind,
    personId: scope.personId,
    subject,
    data,
    areaId: scope.ownAreaId,
  });
}

/** The table of a platform's codes, as administrators match them. */
import type { ExchangeCodes } from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import { CASE_STATES, type CaseState } from '@minqing/shared/words';
import type { Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import { conflict, invalidInput, notFound } from '../errors.ts';
import { appendAudit } from '../ledger/index.ts';
import { administering, type Directory } from '../people/index.ts';
import { changeOnce, upsert, type ChangeRequest, type Reader, type Store, type Tx } from '../store/index.ts';
import { partnerFor } from './admin.view.ts';
import { causeOf } from './codes.ts';
import type { ExchangeAdmin } from './admin.ts';
import { CODE_KINDS, type CodeKind } from './model.ts';
import type { Partner, Partners } from './partners.ts';

export function createCodesAdmin(deps: {
  store: Store;
  clock: Clock;
  directory: Directory;
  catalogue: Pick<Catalogue, 'categories'>;
  partners: Partners;
}): Pick<ExchangeAdmin, 'codes' | 'saveCode' | 'removeCode'> {
  const { store, clock, directory, partners } = deps;

  /** What a code of this kind may stand for. */
  function candidates(partner: Partner, kind: CodeKind): { id: string; name: string }[] {
    switch (kind) {
      case 'unit':
        return directory
          .unitsWithin(partner.areaId)
          .filter((unit) => unit.type === 'department')
          .map(({ id, name }) => ({ id, name }));
      case 'category':
        return deps.catalogue.categories(partner.areaId).map(({ id, name }) => ({ id, name }));
      case 'state':
        return HANDED_STATES.map((id) => ({ id, name: CASE_STATES[id] }));
    }
  }

  async function codes(viewer: Actor, partnerId: string, kind: CodeKind): Promise<ExchangeCodes> {
    const partner = partnerFor(partners, administering(viewer, directory), partnerId);
    const found = candidates(partner, kind);
    const [rows, waiting] = await store.read((db) =>
      Promise.all([
        db
          .selectFrom('exchange_code')
          .selectAll()
          .where('partner_id', '=', partnerId)
          .where('kind', '=', kind)
          .orderBy('code')
          .execute(),
        waitingFor(db, partnerId),
      ]),
    );
    const names = new Map(found.map((one) => [one.id, one.name]));
    const named = new Set(rows.map((row) => row.ours));
    return {
      items: rows
        .map((row) => ({
          code: row.code,
          name: row.name,
          ours: row.ours,
          oursName: names.get(row.ours) ?? '',
          waiting: waiting.get(causeOf(kind, row.code)) ?? 0,
        }))
        .toSorted((a, b) => Number(a.ours !== '') - Number(b.ours !== '') || b.waiting - a.waiting),
      candidates: found,
      // Nothing is sent in the platform's states: none of ours waits for a name.
      unnamed: kind === 'state' ? [] : found.map((one) => one.id).filter((id) => !named.has(id)),
    };
  }

  async function saveCode(
    viewer: Actor,
    partnerId: string,
    input: { kind: CodeKind; code: string; name: string; ours: string },
    request: ChangeRequest,
  ): Promise<string> {
    const scope = administering(viewer, directory);
    const partner = partnerFor(partners, scope, partnerId);
    if (input.ours !== '' && !candidates(partner, input.kind).some((one) => one.id === input.ours)) {
      throw invalidInput([{ path: 'ours', message: `请从名单里选${CODE_KINDS[input.kind]}` }]);
    }
    return changeOnce(store, request, clock.machineNow(), async (tx) => {
      const before = await stored(tx, partnerId, input);
      const row = { partner_id: partnerId, ...input };
      await upsert(tx, 'exchange_code', row, { key: ['partner_id', 'kind', 'code'] });
      await appendAudit(tx, {
        at: clock.businessNow(),
        kind: 'exchange.code',
        personId: scope.personId,
        subject: partnerId,
        data: { kind: input.kind, code: input.code, before, after: { name: input.name, ours: input.ours } },
        areaId: partner.areaId,
      });
      return input.code;
    });
  }

  async function removeCode(
    viewer: Actor,
    partnerId: string,
    { kind, code }: { kind: CodeKind; code: string },
    request: ChangeRequest,
  ): Promise<void> {
    const scope = administering(viewer, directory);
    const partner = partnerFor(partners, scope, partnerId);
    await changeOnce(store, request, clock.machineNow(), async (tx) => {
      const before = await stored(tx, partnerId, { kind, code });
      if (!before) {
        throw notFound('这个代码已经删掉了');
      }
      const waiting = (await waitingFor(tx, partnerId)).get(causeOf(kind, code)) ?? 0;
      if (waiting > 0) {
        throw conflict(`有 ${waiting} 条消息在等这个代码，请先对应好`);
      }
      await tx
        .deleteFrom('exchange_code')
        .where('partner_id', '=', partnerId)
        .where('kind', '=', kind)
        .where('code', '=', code)
        .execute();
      await appendAudit(tx, {
        at: clock.businessNow(),
        kind: 'exchange.code',
        personId: scope.personId,
        subject: partnerId,
        data: { kind, code, before, after: null },
        areaId: partner.areaId,
      });
      return code;
    });
  }

  return { codes, saveCode, removeCode };
}

/** Where a case can stand once it was handed over: what a state of the platform may mean. */
const HANDED_STATES: readonly CaseState[] = [
  'submitted',
  'accepted',
  'dispatched',
  'handling',
  'replying',
  'replied',
  'disputed',
  'closed',
  'withdrawn',
  'merged',
];

const stored = (
  tx: Tx,
  partnerId: string,
  { kind, code }: { kind: CodeKind; code: string },
): Promise<{ name: string; ours: string } | undefined> =>
  tx
    .selectFrom('exchange_code')
    .select(['name', 'ours'])
    .where('partner_id', '=', partnerId)
    .where('kind', '=', kind)
    .where('code', '=', code)
    .executeTakeFirst();

/** By the code that holds them back, as a held message names it: how many messages wait, those behind the held ones too. */
async function waitingFor(db: Reader, partnerId: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('exchange_in as held')
    .leftJoin('exchange_in as later', (join) =>
      join
        .onRef('later.partner_id', '=', 'held.partner_id')
        .onRef('later.case_id', '=', 'held.case_id')
        .onRef('later.seq', '>', 'held.seq')
        .on('later.status', 'in', ['new', 'waiting']),
    )
    .select((eb) => [
      'held.error_text as cause',
      eb.fn.count<number>('held.message_id').distinct().as('held'),
      eb.fn.count<number>('later.message_id').as('behind'),
    ])
    .where('held.partner_id', '=', partnerId)
    .where('held.status', '=', 'held')
    .where('held.error_code', '=', 'unknownCode')
    .groupBy('held.error_text')
    .execute();
  return new Map(rows.map((row) => [row.cause, Number(row.held) + Number(row.behind)]));
}

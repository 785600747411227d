/** The table of a platform's codes, as administrators match them. */
import type { ExchangeCodes } from '@minqing/shared/contract';
import type { Actor } from '@minqing/shared/workflow';
import { CASE_STATES } from '@minqing/shared/words';
import type { Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import { invalidInput } from '../errors.ts';
import { appendAudit } from '../ledger/index.ts';
import { administering, type Directory } from '../people/index.ts';
import { changeOnce, upsert, type ChangeRequest, type Store } from '../store/index.ts';
import { partnerFor } from './admin.view.ts';
import type { ExchangeAdmin } from './admin.ts';
import { CODE_KINDS, type CodeKind } from './model.ts';
import type { Partner, Partners } from './partners.ts';

export function createCodesAdmin(deps: {
  store: Store;
  clock: Clock;
  directory: Directory;
  catalogue: Pick<Catalogue, 'categories'>;
  partners: Partners;
}): Pick<ExchangeAdmin, 'codes' | 'saveCode'> {
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
        return Object.entries(CASE_STATES).map(([id, name]) => ({ id, name }));
    }
  }

  async function codes(viewer: Actor, partnerId: string, kind: CodeKind): Promise<ExchangeCodes> {
    const partner = partnerFor(partners, administering(viewer, directory), partnerId);
    const found = candidates(partner, kind);
    const rows = await store.read((db) =>
      db
        .selectFrom('exchange_code')
        .selectAll()
        .where('partner_id', '=', partnerId)
        .where('kind', '=', kind)
        .orderBy('code')
        .execute(),
    );
    return {
      items: rows.map((row) => ({
        code: row.code,
        name: row.name,
        ours: row.ours,
        oursName: found.find((one) => one.id === row.ours)?.name ?? '',
      })),
      candidates: found,
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
      const row = { partner_id: partnerId, ...input };
      await upsert(tx, 'exchange_code', row, { key: ['partner_id', 'kind', 'code'] });
      await appendAudit(tx, {
        at: clock.businessNow(),
        kind: 'exchange.code',
        personId: scope.personId,
        subject: partnerId,
        data: { ...input },
        areaId: partner.areaId,
      });
      return input.code;
    });
  }

  return { codes, saveCode };
}

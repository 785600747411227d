/** 平台对接 in 管理: partners, keys, areas, codes. Every change is checked, audited and takes effect for what comes after it. */
import type {
  AreaSwitchPreview,
  ExchangeCodes,
  ExchangeOverview,
  NewKeyView,
  PartnerOffPreview,
} from '@minqing/shared/contract';
import type { Suite } from '@minqing/shared/exchange';
import { momentText } from '@minqing/shared/time';
import { OPEN_STATES, type Actor, type Case } from '@minqing/shared/workflow';
import { CASE_STATES } from '@minqing/shared/words';
import type { Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import { conflict, invalidInput } from '../errors.ts';
import { appendAudit } from '../ledger/index.ts';
import { administering, type Administering, type Directory } from '../people/index.ts';
import { changeOnce, uuidv7, type ChangeRequest, type Store, type Tx } from '../store/index.ts';
import { isAddressRule } from './addresses.ts';
import { createCodesAdmin } from './admin.codes.ts';
import { createKeysAdmin } from './admin.keys.ts';
import { partnerFor, partnerView, seenOf } from './admin.view.ts';
import type { CodeKind } from './model.ts';
import type { Partners } from './partners.ts';
import type { KeyVault } from './secrets.ts';

export interface AdminDeps {
  store: Store;
  clock: Clock;
  directory: Directory;
  catalogue: Pick<Catalogue, 'categories'>;
  partners: Partners;
  vault: KeyVault;
  production: boolean;
}

export interface PartnerInput {
  name: string;
  baseUrl: string;
  suite: Suite;
  allow: readonly string[];
  sharePhone: boolean;
  sealHistory: boolean;
  active: boolean;
}

/** All throw forbidden outside the viewer's areas, invalidInput with fields. */
export interface ExchangeAdmin {
  overview(viewer: Actor): Promise<ExchangeOverview>;
  /** `seen` as the view told it; conflict when others changed the platform since. */
  savePartner(
    viewer: Actor,
    id: string | null,
    input: PartnerInput & { seen?: string },
    request: ChangeRequest,
  ): Promise<string>;
  /** What switching it off would mean; nothing is changed. */
  previewOff(viewer: Actor, partnerId: string): Promise<PartnerOffPreview>;
  /** Valid at once; older ones end after `overlapHours`. A repeat of the request is told the same key. */
  newKey(
    viewer: Actor,
    partnerId: string,
    input: { overlapHours: number; theirPublic?: string | undefined },
    request: ChangeRequest,
  ): Promise<NewKeyView>;
  /** Ends a key at once. Throws notFound, or conflict when it has ended. */
  revokeKey(viewer: Actor, partnerId: string, keyId: string, request: ChangeRequest): Promise<void>;
  previewArea(viewer: Actor, areaId: string, partnerId: string | null): Promise<AreaSwitchPreview>;
  switchArea(
    viewer: Actor,
    areaId: string,
    partnerId: string | null,
    request: ChangeRequest,
  ): Promise<string>;
  codes(viewer: Actor, partnerId: string, kind: CodeKind): Promise<ExchangeCodes>;
  saveCode(
    viewer: Actor,
    partnerId: string,
    input: { kind: CodeKind; code: string; name: string; ours: string },
    request: ChangeRequest,
  ): Promise<string>;
  /** Forgets a code somebody wrote by mistake. Throws conflict while messages wait for it. */
  removeCode(
    viewer: Actor,
    partnerId: string,
    ref: { kind: CodeKind; code: string },
    request: ChangeRequest,
  ): Promise<void>;
}

export function createExchangeAdmin(deps: AdminDeps): ExchangeAdmin {
  const { store, clock, directory, partners } = deps;
  const scopeOf = (viewer: Actor): Administering => administering(viewer, directory);

  async function overview(viewer: Actor): Promise<ExchangeOverview> {
    const scope = scopeOf(viewer);
    const own = partners.all().filter((p) => scope.covers(p.areaId));
    const areas = await store.read((db) => db.selectFrom('exchange_area').selectAll().execute());
    const now = clock.businessNow();
    return {
      partners: await Promise.all(own.map((p) => partnerView(deps, p))),
      areas: directory
        .areas()
        .filter((area) => scope.covers(area.id) && directory.committeeOf(area.id))
        .map((area) => {
          const set = areas.find((row) => row.area_id === area.id);
          return {
            areaId: area.id,
            name: area.name,
            partnerId: set?.partner_id ?? null,
            since: set ? `${momentText(set.since_at, now)}起` : '',
          };
        }),
    };
  }

  function checkInput(id: string | null, input: PartnerInput): void {
    const url = new URL(input.baseUrl);
    const same = partners.all().find((p) => p.id !== id && p.name === input.name);
    const problems = [
      ...(same ? [{ path: 'name', message: '已有同名的平台，换个名字以便分清' }] : []),
      ...(url.protocol !== 'https:' && (deps.production || url.protocol !== 'http:')
        ? [{ path: 'baseUrl', message: '请用 https 网址' }]
        : []),
      ...(url.search || url.hash || url.username
        ? [{ path: 'baseUrl', message: '网址不要带参数或口令' }]
        : []),
      ...input.allow.flatMap((line, i) =>
        isAddressRule(line) ? [] : [{ path: `allow.${i}`, message: `「${line}」不是地址或网段` }],
      ),
    ];
    if (problems.length > 0) {
      throw invalidInput(problems);
    }
  }

  async function savePartner(
    viewer: Actor,
    id: string | null,
    { seen, ...input }: PartnerInput & { seen?: string },
    request: ChangeRequest,
  ): Promise<string> {
    const scope = scopeOf(viewer);
    const before = id === null ? null : partnerFor(partners, scope, id);
    checkInput(id, input);
    const row = {
      name: input.name,
      base_url: input.baseUrl.replace(/\/+$/, ''),
      suite: input.suite,
      allow_json: JSON.stringify(input.allow),
      share_phone: input.sharePhone ? (1 as const) : (0 as const),
      seal_history: input.sealHistory ? (1 as const) : (0 as const),
      active: input.active ? (1 as const) : (0 as const),
    };
    const saved = await changeOnce(store, request, clock.machineNow(), async (tx) => {
      const partnerId = before?.id ?? uuidv7();
      if (before) {
        const stored = await tx
          .selectFrom('exchange_partner')
          .selectAll()
          .where('id', '=', partnerId)
          .executeTakeFirstOrThrow();
        if (seen !== undefined && seen !== seenOf(stored)) {
          throw conflict('这个平台刚被别人改过，请看过现在的设置再改');
        }
        await tx.updateTable('exchange_partner').set(row).where('id', '=', partnerId).execute();
      } else {
        await tx
          .insertInto('exchange_partner')
          .values({
            id: partnerId,
            ...row,
            area_id: scope.ownAreaId,
            failures: 0,
            paused_until: 0,
            checked_on: '',
            created_at: clock.businessNow(),
          })
          .execute();
      }
      const { keys: _keys, ...was } = before ?? { keys: [] };
      await audit(tx, scope, 'exchange.partner', partnerId, before?.areaId, {
        before: was,
        after: { ...input },
      });
      return partnerId;
    });
    await partners.refresh();
    return saved;
  }

  async function previewOff(viewer: Actor, partnerId: string): Promise<PartnerOffPreview> {
    const partner = partnerFor(partners, scopeOf(viewer), partnerId);
    const [{ n }, areas] = await store.read((db) =>
      Promise.all([
        db
          .selectFrom('running_case')
          .innerJoin('exchange_case', 'exchange_case.case_id', 'running_case.case_id')
          .innerJoin('cases', 'cases.id', 'running_case.case_id')
          .select((eb) => eb.fn.countAll<number>().as('n'))
          .where('exchange_case.partner_id', '=', partnerId)
          .where('exchange_case.open', '=', 1)
          .where('cases.state', 'in', [...OPEN_STATES])
          .executeTakeFirstOrThrow(),
        db.selectFrom('exchange_area').select('area_id').where('partner_id', '=', partnerId).execute(),
      ]),
    );
    const running = Number(n);
    const names = areas.map((row) => directory.area(row.area_id)?.name ?? '').filter(Boolean);
    return {
      running,
      sentence: [
        `停用后与${partner.name}不再收发消息`,
        names.length > 0 ? `${names.join('、')}以后受理的民情改在本系统交办、答复` : '',
        running > 0 ? `${partner.name}在办的 ${running} 件停在原处，要发的消息留着，重新启用后接着收发` : '',
      ]
        .filter(Boolean)
        .join('；')
        .concat('。'),
    };
  }

  async function previewArea(
    viewer: Actor,
    areaId: string,
    partnerId: string | null,
  ): Promise<AreaSwitchPreview> {
    const scope = scopeOf(viewer);
    scope.require(areaId);
    const to = partnerId === null ? null : partnerFor(partners, scope, partnerId);
    const rows = await store.read((db) =>
      db
        .selectFrom('cases')
        .select('body_json')
        .where('area_id', '=', areaId)
        .where('state', 'in', [...OPEN_STATES])
        .execute(),
    );
    const cases = rows.map((row) => JSON.parse(row.body_json) as Case);
    const unaccepted = cases.filter((c) => c.state === 'submitted' || c.state === 'returned').length;
    const there = cases.filter((c) => c.handledBy !== undefined).length;
    const here = cases.length - there - unaccepted;
    const name = directory.area(areaId)?.name ?? '';
    const where = to ? `由${to.name}交办、答复` : '在本系统交办、答复';
    return {
      here,
      there,
      sentence: `${name}以后受理的民情${where}${unaccepted > 0 ? `，包括${CASE_STATES.submitted}的 ${unaccepted} 件` : ''}。已受理的不变：本系统在办 ${here} 件、平台在办 ${there} 件，都在原处办完。`,
    };
  }

  async function switchArea(
    viewer: Actor,
    areaId: string,
    partnerId: string | null,
    request: ChangeRequest,
  ): Promise<string> {
    const scope = scopeOf(viewer);
    scope.require(areaId);
    const to = partnerId === null ? null : partnerFor(partners, scope, partnerId);
    if (!directory.committeeOf(areaId)) {
      throw invalidInput([{ path: 'areaId', message: '这个地区没有政协，不受理民情' }]);
    }
    if (to && (!to.active || partners.keyOf(to, clock.machineNow()) === undefined)) {
      throw invalidInput([{ path: 'partnerId', message: '这个平台已停用或没有密钥，先设好再切换' }]);
    }
    const saved = await changeOnce(store, request, clock.machineNow(), async (tx) => {
      const before = await tx
        .selectFrom('exchange_area')
        .select('partner_id')
        .where('area_id', '=', areaId)
        .executeTakeFirst();
      await tx.deleteFrom('exchange_area').where('area_id', '=', areaId).execute();
      if (partnerId !== null) {
        await tx
          .insertInto('exchange_area')
          .values({ area_id: areaId, partner_id: partnerId, since_at: clock.businessNow() })
          .execute();
      }
      await audit(tx, scope, 'exchange.area', areaId, areaId, {
        before: before?.partner_id ?? null,
        after: partnerId,
        name: to?.name ?? '本系统',
      });
      return areaId;
    });
    await partners.refresh();
    return saved;
  }

  async function audit(
    tx: Tx,
    scope: Administering,
    kind: string,
    subject: string,
    areaId: string | undefined,
    data: Record<string, unknown>,
  ): Promise<void> {
    await appendAudit(tx, {
      at: clock.businessNow(),
      kind,
      personId: scope.personId,
      subject,
      data,
      areaId: areaId ?? scope.ownAreaId,
    });
  }

  return {
    overview,
    savePartner,
    previewOff,
    previewArea,
    switchArea,
    ...createKeysAdmin(deps),
    ...createCodesAdmin(deps),
  };
}

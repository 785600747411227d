/** Connects one county of the demo to a platform: the partner, its key, its codes, the switch. As an administrator would. */
import type { App } from '../../server/src/app.ts';
import type { Actor } from '../../shared/src/workflow/index.ts';
import { digestOf, uuidv7 } from '../../server/src/store/index.ts';

/** 永康市: what its committee accepts is dispatched and answered on the platform. */
export const CONNECTED_AREA = '330784';

const UNITS: Record<string, string> = {
  'YK-JY': '永康市教育局',
  'YK-GA': '永康市公安局',
  'YK-ZJ': '永康市住建局',
  'YK-ZF': '永康市综合行政执法局',
};

export interface ConnectedDemo {
  partnerId: string;
  keyId: string;
  secret: string;
}

/** Does it once; the roster is there already. `baseUrl` is the platform's own address. */
export async function connectDemo(
  app: App,
  baseUrl: string,
  name = '三服务小管家（永康）',
): Promise<ConnectedDemo> {
  const { admin } = app.exchange;
  const actor = await administrator(app);
  const request = (what: string) => ({ principal: 'demo', key: uuidv7(), digest: digestOf(what) });
  const partnerId = await admin.savePartner(
    actor,
    null,
    {
      name,
      baseUrl,
      suite: 'hmac-sha256',
      allow: [],
      sharePhone: false,
      sealHistory: true,
      active: true,
    },
    request('partner'),
  );
  const { keyId, secret } = await admin.newKey(actor, partnerId, { overlapHours: 0 }, request('key'));
  for (const [code, unitName] of Object.entries(UNITS)) {
    const ours = app.directory.units().find((unit) => unit.name === unitName)?.id;
    if (ours === undefined) {
      throw new Error(`the roster has no unit ${unitName}`);
    }
    await admin.saveCode(actor, partnerId, { kind: 'unit', code, name: unitName, ours }, request(code));
  }
  for (const [code, state] of Object.entries(STATES)) {
    await admin.saveCode(actor, partnerId, { kind: 'state', code, ...state }, request(code));
  }
  await admin.switchArea(actor, CONNECTED_AREA, partnerId, request('area'));
  return { partnerId, keyId, secret };
}

const STATES: Record<string, { name: string; ours: string }> = {
  DPD: { name: '待派单', ours: 'accepted' },
  DQS: { name: '待签收', ours: 'dispatched' },
  BLZ: { name: '办理中', ours: 'handling' },
  DHS: { name: '待反映人核实', ours: 'handling' },
  DPJ: { name: '待评价', ours: 'replied' },
  YTH: { name: '已退回政协', ours: 'submitted' },
};

/** The demo's administrator, by the grant. */
async function administrator(app: App): Promise<Actor> {
  const grant = await app.store.read((db) =>
    db
      .selectFrom('role_grant')
      .select(['person_id', 'area_id', 'unit_id'])
      .where('role', '=', 'admin')
      .orderBy('from_at')
      .executeTakeFirstOrThrow(),
  );
  return {
    kind: 'person',
    personId: grant.person_id,
    grants: [{ role: 'admin', areaId: grant.area_id, unitId: grant.unit_id }],
  };
}

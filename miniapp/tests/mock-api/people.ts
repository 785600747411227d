import type { MeView } from '@minqing/shared/contract';

type Grant = MeView['grants'][number];

const CITY = { id: 'jinhua', name: '金华市' };
export const COMMITTEE = { id: 'cppcc-jinhua', name: '金华市政协', shortName: '市政协' };
export const OFFICE = { id: 'office-jinhua', name: '金华市三服务办', shortName: '市三服务办' };
export const TRAFFIC = { id: 'traffic-police', name: '市公安局交警支队', shortName: '交警支队' };
export const ENFORCEMENT = { id: 'enforcement', name: '市综合行政执法局', shortName: '执法局' };

function me(
  id: string,
  name: string,
  title: string,
  greeting: string,
  record: string,
  grants: Grant[],
): MeView {
  return {
    person: { id, name, title },
    greeting,
    record,
    grants,
    settings: { text: 'normal', theme: 'auto' },
    committee: COMMITTEE,
    csrf: `csrf-${id}`,
  };
}

const member: Grant = { role: 'member', roleLabel: '委员', unit: null, area: CITY };

/** The people of the mock, by the code their messenger mints. */
export const PEOPLE: Record<string, MeView> = {
  member: me(
    'member',
    '林淑芬',
    '金华市政协委员',
    '林委员，下午好',
    '今年提交 12 件，办结 9 件，平均 2.1 个工作日答复',
    [member],
  ),
  newcomer: me('newcomer', '何新', '金华市政协委员', '何委员，下午好', '', [member]),
  reviewer: me('reviewer', '方敏', '金华市政协提案委', '方敏，下午好', '', [
    { role: 'reviewer', roleLabel: '政协审核', unit: COMMITTEE, area: CITY },
  ]),
  dispatcher: me('dispatcher', '陈洁', '金华市三服务办', '陈洁，下午好', '', [
    { role: 'dispatcher', roleLabel: '三服务办', unit: OFFICE, area: CITY },
  ]),
  handler: me('handler', '周凯', '市公安局交警支队', '周凯，下午好', '', [
    { role: 'handler', roleLabel: '经办人', unit: TRAFFIC, area: CITY },
  ]),
  inspector: me('inspector', '吴建国', '金华市督查室', '吴建国，下午好', '', [
    { role: 'inspector', roleLabel: '督查', unit: OFFICE, area: CITY },
  ]),
  admin: me('admin', '黄志强', '系统管理员', '黄志强，下午好', '', [
    { role: 'admin', roleLabel: '管理员', unit: OFFICE, area: CITY },
  ]),
  both: me('both', '陈伟', '金华市政协委员', '陈委员，下午好', '今年提交 3 件', [
    member,
    { role: 'handler', roleLabel: '经办人', unit: TRAFFIC, area: CITY },
  ]),
};

/** The lists about people’s absence, accounts and contacts as workbooks. */
import type { LinkPage, SubstitutionPage, SyncDetail, SyncOverview } from '@minqing/shared/contract';
import { linesCell, part, type Book } from '../workbook/index.ts';

const LINK_STATES: Record<LinkPage['items'][number]['state'], string> = {
  proposed: '待确认',
  refused: '不是同一个人',
  linked: '已关联',
  undone: '已解除',
};
const AWAY_STATES: Record<SubstitutionPage['items'][number]['state'], string> = {
  coming: '未开始',
  running: '进行中',
  over: '已结束',
};

export const SUBSTITUTION_BOOK: Book<SubstitutionPage> = {
  name: '请假代办',
  parts: [
    part('请假代办', ({ items }) => items, [
      ['谁请假', 14, ({ person }) => person.name],
      ['职务', 22, ({ person }) => person.title],
      ['代办人', 14, ({ substitute }) => substitute.name],
      ['代办人职务', 22, ({ substitute }) => substitute.title],
      ['最后由谁办', 14, ({ finallyBy, substitute }) => (finallyBy ?? substitute).name],
      ['从', 12, ({ fromDate }) => fromDate],
      ['到', 12, ({ toDate }) => toDate],
      ['状态', 10, ({ state }) => AWAY_STATES[state]],
      ['情况', 30, ({ stateText }) => stateText],
      ['原因', 30, ({ reason }) => reason, 'wrapped'],
    ]),
  ],
};

export const LINK_BOOK: Book<LinkPage> = {
  name: '关联账号',
  parts: [
    part(
      '关联账号',
      ({ items }) => items.flatMap((link) => link.sides.map((side, at) => ({ link, side, at }))),
      [
        ['时间', 20, ({ link }) => link.atText],
        ['依据', 18, ({ link }) => link.wayText],
        ['状态', 14, ({ link }) => LINK_STATES[link.state]],
        ['哪一方', 8, ({ at }) => `第 ${at + 1} 方`],
        ['姓名', 14, ({ side }) => side.name],
        ['职务', 22, ({ side }) => side.title],
        ['手机', 16, ({ side }) => side.phone],
        ['角色', 36, ({ side }) => linesCell(side.roles), 'wrapped'],
        [
          '账号',
          44,
          ({ side }) =>
            linesCell(
              side.accounts.map((one) => [one.hostName, ...one.departments, one.seenText].join(' · ')),
            ),
          'wrapped',
        ],
        ['确认的结果', 36, ({ link }) => link.effectText, 'wrapped'],
        ['不能确认的原因', 30, ({ link }) => link.blockedText, 'wrapped'],
      ],
    ),
  ],
};

export const CONTACTS_BOOK: Book<SyncOverview> = {
  name: '通讯录同步',
  parts: [
    part('同步记录', ({ runs }) => runs, [
      ['时间', 20, (run) => run.atText],
      ['平台', 24, (run) => run.hostId],
      ['谁发起', 16, (run) => run.byText],
      ['结果', 60, (run) => run.stateText, 'wrapped'],
    ]),
    part('平台', ({ hosts }) => hosts, [
      ['平台', 24, (host) => host.name],
      ['人数', 10, (host) => host.people, 'count'],
      ['部门数', 10, (host) => host.departments, 'count'],
    ]),
  ],
};

export const CONTACT_RUN_BOOK: Book<SyncDetail> = {
  name: '通讯录变化',
  parts: [
    part('变化', ({ groups }) => groups.flatMap((group) => group.items.map((item) => ({ group, item }))), [
      ['变化', 14, ({ group }) => group.label],
      ['名称', 26, ({ item }) => item.name],
      ['说明', 60, ({ item }) => item.detail, 'wrapped'],
      ['要留意', 8, ({ item }) => (item.warn ? '是' : null)],
    ]),
    part('件数', ({ groups }) => groups, [
      ['变化', 14, (group) => group.label],
      ['件数', 10, (group) => group.count, 'count'],
    ]),
  ],
};

import type { AuditItem, DeliveryItem, LedgerCheckView, StuckItem } from '@minqing/shared/contract';
import {
  DELIVERY_CHANNELS,
  DELIVERY_STATES,
  type DeliveryChannel,
  type DeliveryState,
} from '@minqing/shared/words';

/** What administrators watch: deliveries, the audit log, what stands still. */
export interface WatchWorld {
  deliveries: DeliveryItem[];
  closings: Record<string, string>;
  audit: AuditItem[];
  check: LedgerCheckView;
  stuck: StuckItem[];
}

export const NOW = '2026-07-07T14:40:00+08:00';
export const at = (time: string): string => `2026-07-07T${time}:00+08:00`;

type Line = [
  time: string,
  label: string,
  about: string,
  name: string,
  unit: string,
  channel: DeliveryChannel,
  attempts: number,
  state: DeliveryState,
  result: string,
];
const LINES: Line[] = [
  [
    '14:32',
    '临近到期',
    '兰荫路公交站台没有遮阳棚',
    '黄志强',
    '兰溪市交通运输局',
    'notice',
    5,
    'dead',
    '钉钉里找不到这个人',
  ],
  [
    '14:18',
    '已超期',
    '五金城电动三轮车逆行',
    '应建华',
    '永康市公安局',
    'card',
    1,
    'dead',
    '今天收件已满（143105）',
  ],
  [
    '13:57',
    '答复到了，等您评价',
    'JH-2026-000131',
    '匿名委员',
    '委员',
    'actionCard',
    1,
    'dead',
    '钉钉的内容审核没有放行',
  ],
  [
    '14:41',
    '答复到了，等您评价',
    '迎宾大道红绿灯按车流设置时长',
    '林淑芬',
    '委员',
    'card',
    1,
    'sent',
    '14:41 送达',
  ],
  [
    '14:40',
    '临近到期',
    '人民医院急诊通道被占用',
    '陈洁',
    '金华市三服务办',
    'notice',
    3,
    'retrying',
    '限流，14:46 再发',
  ],
  [
    '14:40',
    '新交办，请签收',
    '农村饮用水管网末端压力不足',
    '孔德明',
    '磐安县水务局',
    'actionCard',
    1,
    'sent',
    '14:40 送达',
  ],
  ['14:38', '已交办', '老旧小区加装电梯审批材料', '何秀英', '委员', 'notice', 1, 'read', '14:39 打开'],
  [
    '14:33',
    '新交办，请签收',
    '横店节假日停车引导',
    '马俊',
    '东阳市文广旅游局',
    'card',
    1,
    'sent',
    '14:33 送达',
  ],
  ['14:31', '每日小结', '', '郑卫平', '督查', 'card', 0, 'queued', '等 18:00 发'],
  [
    '11:02',
    '有人催办',
    '江滨绿道夜间照明不足',
    '童国栋',
    '兰溪市住建局',
    'notice',
    4,
    'closed',
    '已打电话告知',
  ],
];

export const CHECK: LedgerCheckView = {
  state: 'whole',
  headline: '台账完整，没有被改动',
  sentence: '今天 02:00 开始，今天 02:00 完成，核到第 12,408 条。',
  share: 1,
  lastSeq: 12_408,
  chainHash: '9f2c6f0b7d1e4a5c8b3d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b',
  findings: [],
  more: 0,
};

export function createWatchWorld(): WatchWorld {
  return {
    deliveries: LINES.map(([time, label, about, name, unit, channel, attempts, state, result], index) => ({
      id: `00000000-0000-4000-8000-00000000000${index}`,
      createdAt: at(time),
      timeText: time,
      notice: label,
      noticeLabel: label,
      about,
      recipient: { name, unit },
      channel,
      channelLabel: DELIVERY_CHANNELS[channel],
      attempts,
      state,
      stateLabel: DELIVERY_STATES[state],
      result,
    })),
    closings: {},
    audit: [
      entry('signOn', 'signOn', '登录', '方敏', '方敏', [
        ['平台', '金华市'],
        ['方式', 'cookie'],
      ]),
      entry('roles', 'grant.given', '给了角色', '贾子涵', '郑晓岚', [
        ['角色', '经办人'],
        ['单位', '兰溪市交通运输局'],
      ]),
      entry('reading', 'readPhone', '看了委员的手机号', '方敏', 'JH-2026-000123', []),
      entry('admin', 'unit.changed', '修改单位', '贾子涵', '市公安局交警支队', [['简称', '交警 → 交警支队']]),
      entry('delivery', 'delivery.called', '记下电话告知', '贾子涵', '「有人催办」发给童国栋', [
        ['接电话的人', '徐队长'],
      ]),
    ],
    check: { ...CHECK },
    stuck: [
      stuck('timers', '时限', '少了签收到期、签收提醒，到点不会提醒或记超期', '按经过重新排好时限', true),
      stuck(
        'nobody',
        '无人能办',
        '市建设局没有经办人',
        '已经告知督查；请在「人员与角色」里补上能办的人',
        false,
      ),
      stuck('cards', '卡片', '郑晓岚没有卡片', '补发卡片', true),
    ],
  };
}

let made = 0;
function entry(
  group: AuditItem['group'],
  kind: string,
  label: string,
  who: string,
  subject: string,
  details: [string, string][],
): AuditItem {
  made += 1;
  return {
    id: `audit-${made}`,
    seq: 12_400 + made,
    at: NOW,
    atText: '今天 14:40',
    group,
    kind,
    label,
    who,
    subject,
    details: details.map(([name, value]) => ({ label: name, value })),
  };
}

function stuck(
  kind: StuckItem['kind'],
  kindLabel: string,
  what: string,
  repair: string,
  fixable: boolean,
): StuckItem {
  return {
    subject: `stuck-${kind}`,
    caseId: `stuck-${kind}`,
    number: kind === 'timers' ? 'JH-2026-000119' : kind === 'nobody' ? 'JH-2026-000087' : 'JH-2026-000104',
    title: kind === 'cards' ? '兰荫路公交站台没有遮阳棚' : '',
    area: '金华市',
    kind,
    kindLabel,
    what,
    repair,
    fixable,
    since: NOW,
    sinceText: '今天 09:30',
  };
}

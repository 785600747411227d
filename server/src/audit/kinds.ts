/** What each kind of audit entry is called, and where it belongs. A test finds kinds that are written and not named here. */
import type { AuditGroup } from '@minqing/shared/words';

interface Kind {
  group: AuditGroup;
  label: string;
}

const kinds = (group: AuditGroup, labels: Record<string, string>): [string, Kind][] =>
  Object.entries(labels).map(([kind, label]) => [kind, { group, label }]);

export const KINDS: ReadonlyMap<string, Kind> = new Map([
  ...kinds('signOn', {
    signOn: '登录',
    'signOn.refused': '登录被拒：不在名单中',
    'token.used': '用访问令牌（每天第一次）',
  }),
  ...kinds('reading', {
    readPhone: '看了委员的手机号',
    'audit.exported': '导出了操作审计',
    'deliveries.exported': '导出了投递记录',
    'cases.exported': '导出了民情清单',
    'list.exported': '导出了清单',
    'case.printed': '打印了办理单',
    'case.archived': '下载了整案归档',
  }),
  ...kinds('roles', {
    'token.made': '创建访问令牌',
    'token.revoked': '撤销访问令牌',
    roster: '导入名单',
    'grant.given': '给了角色',
    'grant.ended': '收回角色',
    'membership.changed': '改了委员信息',
    'substitution.named': '指定代办人',
    'substitution.ended': '结束代办',
    'link.confirmed': '确认两个账号是同一个人',
    'link.refused': '确认两个账号不是同一个人',
    'link.undone': '解除账号关联',
    'link.byCode': '凭关联码关联账号',
    'link.asked': '凭关联码申请关联账号',
    'link.misused': '关联码被别人用：没有关联',
    'contacts.left': '通讯录同步：离开组织',
    'contacts.moved': '通讯录同步：调离单位，收回角色',
    'contacts.applied': '按通讯录更新人员',
    'contacts.unitRenamed': '按通讯录改单位名称',
  }),
  ...kinds('admin', {
    catalogue: '改了分类、问题或用语',
    calendarChanged: '改了工作日历',
    'statistics.changed': '改了统计设置',
    'statistics.recounted': '重新统计',
    policyPublished: '发布时限规则',
    policyDraftDiscarded: '放弃时限规则草稿',
    'area.added': '新增地区',
    'area.changed': '修改地区',
    'area.removed': '删除地区',
    'unit.added': '新增单位',
    'unit.changed': '修改单位',
    'unit.resumed': '恢复单位',
    'unit.stopped': '停用单位',
    'host.originsChanged': '改了前端来源',
    'department.linked': '通讯录部门对应到单位',
    'department.unlinked': '取消通讯录部门的对应',
    'person.added': '新增人员',
    'person.changed': '修改人员',
    'person.stopped': '停用人员',
    'person.resumed': '恢复人员',
    'exchange.partner': '改了对接平台',
    'exchange.key': '换了对接密钥',
    'exchange.keyRevoked': '吊销了对接密钥',
    'exchange.area': '切换了地区的办理方式',
    'exchange.code': '改了平台代码对应',
    'exchange.letter': '处理了平台消息',
    'exchange.checked': '与平台对账',
    'webhook.added': '新增推送订阅',
    'webhook.changed': '修改推送订阅',
    'webhook.resumed': '启用推送订阅',
    'webhook.off': '停用推送订阅',
    'webhook.stopped': '推送订阅自动停用',
    'webhook.secret': '更换推送密钥',
    'webhook.removed': '删除推送订阅',
    'webhook.replayed': '补推',
  }),
  ...kinds('delivery', {
    resend: '重发通知',
    'delivery.resent': '重发通知',
    'delivery.redirected': '改发通知',
    'delivery.called': '记下电话告知',
  }),
  ...kinds('repair', {
    'ledger.checked': '核验台账',
    'case.repaired': '修复卡住的民情',
  }),
]);

/** A kind nobody named: shown as it is, among the administrative acts. */
export const kindOf = (kind: string): Kind => KINDS.get(kind) ?? { group: 'admin', label: kind };

/** Every kind of a group. */
export const kindsOf = (group: AuditGroup): string[] =>
  [...KINDS].filter(([, kind]) => kind.group === group).map(([name]) => name);

/** Words of the audit log. */

export const AUDIT_GROUPS = {
  signOn: '登录',
  reading: '查看个人信息',
  roles: '角色与代办',
  admin: '管理设置',
  delivery: '投递处理',
  repair: '核验与修复',
} as const;
export type AuditGroup = keyof typeof AUDIT_GROUPS;

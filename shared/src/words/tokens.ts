/** What an access token may be allowed to do: how it is called, and what it means in one sentence. */
export const TOKEN_SCOPES = {
  'cases:read': { label: '查看民情', detail: '看本人能看到的民情、附件和待办' },
  'cases:file': { label: '提交民情', detail: '以本人名义写草稿、传附件、提交民情' },
  'cases:write': { label: '办理民情', detail: '以本人名义签收、答复、评价等' },
  'statistics:read': { label: '查看统计', detail: '看本人能看到的统计和督办清单' },
  'admin:read': { label: '查看管理资料', detail: '看人员、单位、规则和日志，不能改' },
  'open311:file': { label: 'Open311 代报', detail: '让别的应用按 Open311 标准以本人名义提交民情' },
} as const;
export type TokenScope = keyof typeof TOKEN_SCOPES;
export const TOKEN_SCOPE_NAMES = Object.keys(TOKEN_SCOPES) as [TokenScope, ...TokenScope[]];

/** How long a token may be made to last, in days. */
export const TOKEN_DAYS = [7, 30, 90, 180, 365] as const;
/** Characters of a token's name. */
export const TOKEN_NAME_LENGTH = 30;

/**
 * Every error the API answers, by its stable code: its status and the Chinese title a person can act on. A program
 * relies on the code, never on the words. A refusal of the workflow is `refused` or `forbidden`, with `reason` naming
 * the rule (workflow/refusal.ts).
 */
export const ERRORS = {
  // who is asking
  notSignedOn: { status: 401, title: '请重新登录' },
  codeInvalid: { status: 401, title: '登录凭证已失效，请重新打开应用' },
  notOnRoster: { status: 403, title: '您不在名单中，请联系管理员' },
  csrfMissing: { status: 403, title: '页面已过期，请刷新后再试' },
  forbidden: { status: 403, title: '您没有这个权限' },
  tokenInvalid: { status: 401, title: '访问令牌无效，请换一个' },
  scopeMissing: { status: 403, title: '这个访问令牌没有这项权限，请换一个有权限的' },
  tooManySignOns: { status: 429, title: '登录太频繁，请一分钟后再试' },
  tooManyRequests: { status: 429, title: '请求太频繁，请稍后再试' },

  // what was asked
  notFound: { status: 404, title: '找不到，或您不能查看' },
  methodNotAllowed: { status: 405, title: '这个地址不支持这种操作' },
  malformed: { status: 400, title: '请求格式不对，请更新应用后再试' },
  invalidInput: { status: 400, title: '有内容需要修改，请看标出的地方' },
  tooLarge: { status: 413, title: '内容太大，请减少后再试' },
  unsupportedType: { status: 415, title: '不支持这种内容格式' },
  keyMissing: { status: 400, title: '请求缺少编号，请更新应用后再试' },
  keyReused: { status: 422, title: '同一个请求编号用在了不同的内容上，请重新操作' },

  // what stands in the way
  refused: { status: 409, title: '这件民情现在不能这样办' },
  conflict: { status: 409, title: '情况有了变化，请刷新后再试' },
  busy: { status: 409, title: '这件民情正有别人在办，请稍后再试' },
  noCommittee: { status: 409, title: '这个地点还没有政协接收民情，请联系管理员' },
  staleDraft: { status: 409, title: '这份草稿在别处有更新的内容' },
  wrongOffset: { status: 409, title: '上传的位置不对，将从正确的位置继续' },
  fileRefused: { status: 422, title: '这个文件不能上传' },

  // what went wrong on this side
  hostUnavailable: { status: 503, title: '连不上钉钉，请稍后再试' },
  unavailable: { status: 503, title: '服务暂时不可用，请稍后再试' },
  internal: { status: 500, title: '出错了，请稍后再试；如仍不行，请把编号告诉管理员' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERRORS;
export const ERROR_CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

/** Why an action was refused. Codes are stable; titles are sentences a person can act on. */

export const REFUSALS = {
  unknownAction: '没有这个操作',
  disabled: '这个操作还没有开放',
  wrongState: '这件民情现在不能这样办',
  notYours: '这一步不由您办理',
  recused: '您是这件民情的提出人，按回避规定不能办理它',
  changedSince: '您打开以后，这件民情有了变化，请看过再办',
  exists: '这件民情已经提交过了',
  onceDispatched: '已经交办过，不能再撤回或退回',
  otherAuthors: '还有联名委员，不能单独撤回',
  unitUnknown: '请从名单中选择承办单位',
  unitOutside: '只能交办给本地区及下级的单位',
  leadIsCo: '主办单位不能同时是协办单位',
  sameLead: '已经由这家单位主办，请选别的单位',
  nothingChanged: '没有需要改动的内容',
  signedAlready: '已经签收过了',
  partDone: '本单位的部分已经办完',
  transferLate: '签收时限已过，不能再退回改派，请联系三服务办',
  transferRework: '整改轮次不能退回改派',
  transferTwice: '本单位已经退回过一次',
  transferLimit: '这件民情已退回三次，由三服务办确定承办单位',
  transferDuringAsk: '正在向委员核实，等有回答再退回',
  askOpen: '上一个问题还没有回答',
  askLimit: '一轮最多核实两次',
  askOverdue: '答复时限已过，不能再暂停计时',
  noAsk: '这个问题已经回答过了',
  ratedAlready: '您已经评价过了，评价不能修改',
  notAwaited: '这一轮不需要您评价',
  settleEarly: '评价还没有结束',
  ruledOnce: '已经重新交办过一次，只能维持',
  ruledCase: '裁定后的民情不能退回政协',
  urgedToday: '这个工作日已经催办过，下一个工作日再催',
  paused: '正在等委员回答，计时暂停中',
  clockGone: '这个计时已经结束',
  clockEarly: '还没有到时间',
} as const;
export type RefusalCode = keyof typeof REFUSALS;

export class Refusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode) {
    super(REFUSALS[code]);
    this.name = 'Refusal';
    this.code = code;
  }
}

/** What each plain notice says by default. A new notice needs its line here and nothing else. */
import type { NoticeName } from '@minqing/shared/workflow';
import type { NoticeText, Tone } from './wording.ts';

const text = (name: string, to: string, tone: Tone, title: string, body: string): NoticeText => ({
  name,
  to,
  tone,
  words: { title, body },
});
const AUTHORS = '提出人';
const UNIT = '承办单位';
const MOVERS = '该办的人';
const OFFICE = '三服务办';

const NOTICES: Record<NoticeName, NoticeText> = {
  received: text('已收到民情', AUTHORS, 'blue', '已收到您的民情', '政协将在 {审核时限} 前审核'),
  filedForYou: text(
    '代录告知',
    '被代录的委员',
    'blue',
    '工作人员替您提交了民情',
    '政协将在 {审核时限} 前审核。要自己补充、修改，请打开后点「由我接手」',
  ),
  accepted: text('已受理', AUTHORS, 'green', '政协已受理', '三服务办将在 {交办时限} 前交办'),
  declined: text('不予受理', AUTHORS, 'grey', '没有受理您的民情', '{原因}'),
  dispatched: text('已交办', AUTHORS, 'green', '已交办{主办单位}', '{答复时限} 前答复您'),
  progressed: text('有了进展', AUTHORS, 'blue', '{主办单位}报了进展', '{内容}'),
  answered: text('委员回答了核实', UNIT, 'blue', '委员回答了核实，计时继续', '{内容}'),
  supplemented: text('委员补充了情况', MOVERS, 'blue', '委员补充了情况', '{内容}'),
  opinion: text('会签意见到了', UNIT, 'blue', '协办单位有了会签意见', '{内容}'),
  coReturned: text('协办单位退回', OFFICE, 'amber', '协办单位退回了交办', '{原因}'),
  taken: text('不再由您单位办理', UNIT, 'grey', '这件民情不再由您单位办理', '{原因}'),
  withdrawn: text('民情已撤回', AUTHORS, 'grey', '您撤回了这件民情', '记录仍在，可以重新提交'),
  upheld: text('裁定：维持答复', '提出人、承办单位', 'grey', '督查裁定：维持答复，办结', '{内容}'),
  ruledAgain: text('裁定：再交办一次', '提出人、承办单位', 'blue', '督查裁定：再交办一次', '{内容}'),
  closed: text(
    '评价期满办结',
    '提出人、附议人',
    'grey',
    '评价期已过，这件民情办结',
    '没有评价的不计入满意率',
  ),
  urged: text('有人催办', MOVERS, 'amber', '{办理人}催办', '{内容}'),
  reminded: text('临近到期', MOVERS, 'amber', '{事项}快到期了', '请在 {时限} 前{事项}'),
  overdue: text('已超期', MOVERS, 'red', '{事项}已超期', '时限是 {时限}，请马上办理'),
  escalated: text(
    '逐级提醒',
    '单位负责人、三服务办、督查',
    'red',
    '{超期单位}{事项}超期，请督促',
    '时限是 {时限}',
  ),
  merged: text(
    '并案告知',
    AUTHORS,
    'blue',
    '已与同一件事并案办理',
    '并入 {并入编号}，答复和评价都会送到您这里',
  ),
  separated: text('拆案告知', AUTHORS, 'blue', '已从并案中拆出，单独审核', '政协将重新审核'),
  absorbed: text('并入告知', '提出人、该办的人', 'blue', '又有委员反映同一件事', '已并案，一起办理'),
  handedOver: text('上报下转', AUTHORS, 'blue', '已转{接收政协}审核', '将在 {审核时限} 前审核'),
  reconsidered: text('重新受理', AUTHORS, 'blue', '政协重新受理审核', '{原因}'),
  joined: text('同意联名', '第一提出人', 'green', '有委员同意联名', '{办理人}'),
  joinDeclined: text('不参加联名', '第一提出人', 'grey', '有委员不参加联名', '{办理人}'),
  left: text('退出联名', AUTHORS, 'grey', '有委员退出联名', '{原因}'),
  extended: text('同意延期', '承办单位、提出人', 'amber', '同意延期', '答复时限改到 {答复时限}'),
  notExtended: text('不同意延期', UNIT, 'amber', '没有同意延期', '{原因}。仍须在 {答复时限} 前答复'),
  extensionLapsed: text('延期失效', OFFICE, 'red', '延期申请没有决定就到期了', '答复已超期，申请不再有效'),
  replyRejected: text('答复退回', UNIT, 'amber', '答复被退回，请修改', '{原因}。请在 {答复时限} 前重新答复'),
  contacted: text('面商', AUTHORS, 'blue', '{主办单位}记录了面商', '{内容}'),
  followedUp: text('落实进展', AUTHORS, 'blue', '计划有了进展', '{内容}'),
  fulfilled: text('已落实', '提出人、附议人', 'green', '承诺的事已落实', '{内容}'),
  promiseMissed: text(
    '承诺到期未落实',
    AUTHORS,
    'red',
    '承诺的日期到了，还没有落实',
    '{主办单位}已收到提醒；30 天内可以要求重新办理',
  ),
  reopened: text('重新办理', AUTHORS, 'blue', '重新办理', '{原因}'),
  supervised: text('督办', MOVERS, 'red', '督查挂牌督办', '{督办要求}'),
  supervisionAnswered: text('督办答复', '督查', 'blue', '督办有了答复', '{内容}'),
  appealed: text('申请复核', AUTHORS, 'amber', '单位申请复核低分评价', '{原因}'),
  appealReviewed: text('复核结论', '承办单位、提出人', 'blue', '复核结论：{复核结论}', '{内容}。原评价不改'),
  adopted: text('采用', AUTHORS, 'green', '您的民情被采用：{采用级别}', '{说明}'),
  instructed: text('批示', '该办的人、负责人', 'red', '{办理人}批示', '{内容}'),
  commended: text('优秀案例', '提出人、承办单位', 'green', '评为优秀案例', '{说明}'),
  published: text('公开', AUTHORS, 'green', '这件民情已公开', '{公开标题}'),
  revealed: text('公开姓名', AUTHORS, 'amber', '您的姓名已向办理单位公开', '{原因}'),
  dueMoved: text('时限顺延', '该办的人、提出人', 'blue', '{事项}时限顺延', '{顺延原因}，改到 {时限}'),
  askLapsed: text('核实没有等到回答', UNIT, 'amber', '没有等到委员回答，计时继续', '请按已知情况答复'),
};

/** Other words for the same notice, where something is missing or was done by nobody; chosen in notice.texts.ts. */
const VARIANTS = {
  'taken.noReason': { of: 'taken', name: '不再由您单位办理，没写原因', body: '三服务办已调整' },
  'withdrawn.silence': { of: 'withdrawn', name: '没有补充，自动撤回', title: '30 天没有补充，已自动撤回' },
  'urged.noWords': { of: 'urged', name: '有人催办，没留话', body: '请尽快办理' },
} as const satisfies Record<string, { of: NoticeName; name: string; title?: string; body?: string }>;
export type NoticeVariant = keyof typeof VARIANTS;

const PREFIX = 'notice.';
/** The id of a notice's text, as the catalogue and the pages of 管理 know it. */
export const noticeTextId = (notice: NoticeName | NoticeVariant): string => `${PREFIX}${notice}`;

/** Every text of a notice by its id, variants after what they are one of. */
export const NOTICE_TEXTS: ReadonlyMap<string, NoticeText> = new Map(
  Object.entries(NOTICES).flatMap(([notice, own]) => [
    [`${PREFIX}${notice}`, own] as const,
    ...Object.entries(VARIANTS)
      .filter(([, variant]) => variant.of === notice)
      .map(([id, { of, name, ...words }]) => {
        return [`${PREFIX}${id}`, { ...own, name, words, of: `${PREFIX}${of}` }] as const;
      }),
  ]),
);

/** The notice's name in lists and logs. */
export const NOTICE_LABELS = Object.fromEntries(
  Object.entries(NOTICES).map(([notice, { name }]) => [notice, name]),
) as Record<NoticeName, string>;

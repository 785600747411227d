/** docs/workflow.md from the workflow's own tables: states, actions, clocks and duties. */
import { limitText } from '../../shared/src/calendar/index.ts';
import {
  ACTION_NAMES,
  ASKS_PER_ROUND,
  CLOCKS,
  PAUSE_CAP_MINUTES,
  PURPOSES,
  REWORKS_PER_DISPATCH,
  spec,
  TRANSFER_BACKS_PER_CASE,
  type ActionName,
  type ActionSpec,
  type ClockKind,
  type Relation,
} from '../../shared/src/workflow/index.ts';
import { CASE_STATES, type CaseState } from '../../shared/src/words/index.ts';
import { DUTY_CASES, dutyOf } from './duty-cases.ts';
import { code, generated, page, table } from './markdown.ts';

const RELATIONS: Record<Relation, string> = {
  author: '委员（第一提出人、已同意的联名人）',
  firstAuthor: '第一提出人',
  mergedAuthor: '并入案件的委员',
  supporter: '附议的委员',
  filer: '代录的审核人（委员接手前）',
  reviewer: '收件政协的审核人',
  dispatcher: '本地区三服务办',
  leadHandler: '主办单位经办人',
  coHandler: '协办单位经办人',
  head: '主办单位负责人',
  ratedHandler: '答复过的单位经办人',
  supervised: '承办单位负责人（没有负责人时为经办人；未交办时为三服务办）',
  inspector: '本地区及上级督查',
  leader: '本地区及上级领导',
  member: '看得到这件民情的委员',
  invited: '受邀联名、还没答复的委员',
  staff: '任何经办的工作人员',
  timer: '系统到点自动',
  platform: '对接平台',
};

const RELATION_SHORT: Record<Relation, string> = {
  author: '提出人',
  firstAuthor: '第一提出人',
  mergedAuthor: '并案委员',
  supporter: '附议委员',
  filer: '代录人',
  reviewer: '政协审核',
  dispatcher: '三服务办',
  leadHandler: '主办',
  coHandler: '协办',
  head: '负责人',
  ratedHandler: '答复过的单位',
  supervised: '被督办人',
  inspector: '督查',
  leader: '领导',
  member: '委员',
  invited: '受邀委员',
  staff: '工作人员',
  timer: '定时',
  platform: '平台',
};
const MATRIX_STATES = (Object.keys(CASE_STATES) as CaseState[]).filter((state) => state !== 'draft');

const AT_DUE: Record<(typeof CLOCKS)[ClockKind]['atDue'], string> = {
  overdue: '记一次超期，告诉该办的人，再逐级告诉负责人、三服务办、督查',
  lapseAsk: '不再等回答，计时继续',
  lapseCountersign: '不再等会签，答复继续往下走',
  settle: '按已有的评价结案',
  withdraw: '视为撤回；交办过的只记超期',
};

const stateName = (state: CaseState | 'new' | 'same'): string =>
  state === 'new' ? '（新建）' : state === 'same' ? '（不变）' : CASE_STATES[state];

/** Every pair of states an action leads through; `same` leads nowhere. */
function edgesOf(action: ActionName): [from: CaseState | 'new', to: CaseState][] {
  const { from, to } = spec(action);
  return from.flatMap((start) =>
    to
      .filter((end): end is CaseState => end !== 'same' && end !== start)
      .map((end): [CaseState | 'new', CaseState] => [start, end]),
  );
}

function diagram(): string {
  const labels = new Map<string, string[]>();
  for (const action of ACTION_NAMES) {
    for (const [from, to] of edgesOf(action)) {
      const edge = `${from === 'new' ? '[*]' : from} --> ${to}`;
      labels.set(edge, [...(labels.get(edge) ?? []), spec(action).label]);
    }
  }
  const edges = [...labels].map(([edge, words]) => `  ${edge} : ${[...new Set(words)].join('、')}`);
  const used = new Set([...labels.keys()].flatMap((edge) => edge.split(' --> ')));
  const states = (Object.keys(CASE_STATES) as CaseState[]).filter((state) => used.has(state));
  const ends = states.filter((state) => ![...labels.keys()].some((edge) => edge.startsWith(`${state} -->`)));
  return [
    '```mermaid',
    'stateDiagram-v2',
    ...states.map((state) => `  state "${CASE_STATES[state]}" as ${state}`),
    ...edges,
    ...ends.map((state) => `  ${state} --> [*]`),
    '```',
  ].join('\n');
}

function actionRow(action: ActionName): string[] {
  const row: ActionSpec = spec(action);
  return [
    row.label,
    code(action),
    row.from.map(stateName).join('、'),
    row.to.map(stateName).join('、'),
    row.who.map((relation) => RELATIONS[relation]).join('；'),
    row.exclusive ? '是' : '',
    row.platform ? '可' : '',
    row.consequence,
  ];
}

/** Who may do what in which state: one row an act, one column a state. */
function matrixRows(): string[][] {
  return ACTION_NAMES.map((action) => {
    const row = spec(action);
    const who = row.who.map((relation) => RELATION_SHORT[relation]).join('、');
    return [
      `${row.label} ${code(action)}`,
      ...MATRIX_STATES.map((state) => (row.from.includes(state) ? who : '')),
    ];
  });
}

const ACTION_HEAD = ['动作', '代码', '从', '到', '谁', '独占', '对接平台', '后果'];

function clockRow([kind, clock]: [string, (typeof CLOCKS)[ClockKind]]): string[] {
  return [clock.label, code(kind), limitText(clock.limit), AT_DUE[clock.atDue], clock.remind ? '是' : ''];
}

function dutyRows(): string[][] {
  return DUTY_CASES.map((situation) => {
    const duty = dutyOf(situation);
    return [
      PURPOSES[duty.purpose],
      code(duty.purpose),
      situation.when,
      situation.who,
      duty.actions.map((action) => spec(action).label).join('、'),
      duty.clockId === null ? '—' : CLOCKS[duty.clockId.split('#')[0] as ClockKind].label,
      duty.holds ? '' : '不影响主办',
    ];
  });
}

/** The text of docs/workflow.md. */
export function renderWorkflow(): string {
  return page([
    generated('shared/src/workflow'),
    '# 流程',
    '一张表决定谁在什么状态下能做什么（`shared/src/workflow/actions.ts`）。服务器授权、小程序和卡片上的按钮、接口文档、性质测试和本页都由它得出；这里写的就是程序做的。',
    '## 状态图',
    diagram(),
    '**整改**：最近一轮有两星及以下的评价，案件回到「待签收」，轮次加一，仍由原单位办；每次交办后最多整改 ' +
      `${REWORKS_PER_DISPATCH} 次，再不满意或裁定后又不满意则「待裁定」。`,
    '## 动作',
    '「独占」的动作只在没有别人抢先时生效：自看到的版本以来若有另一个独占动作，或委员补充、回答过，就拒绝并说明发生了什么。其他动作在最新状态上重新判断。「对接平台」写明将来地区交由省平台主导时平台可以做什么；对接本身尚未建成。',
    table(ACTION_HEAD, ACTION_NAMES.map(actionRow)),
    '## 授权矩阵',
    '行是动作，列是状态；格子里写谁可以做，空格谁都不行。测试按这张表在 HTTP、卡片和定时器上逐格试过。',
    table(['动作', ...MATRIX_STATES.map((state) => CASE_STATES[state])], matrixRows()),
    '## 时限',
    '工作日按法定节假日和调休，每天 7 小时（08:30–12:00、13:30–17:00，可按地区设）。按天计的时限当天不算，到最后一个工作日下班为止；按小时计的只走办公时间；自然日到 24:00，落在休息日则顺延。交办时可以另定答复时限。',
    table(
      ['时钟', '代码', '默认时限', '到点', '临近提醒'],
      Object.entries(CLOCKS).map(([kind, clock]) => clockRow([kind, clock])),
    ),
    `核实时「答复」时钟暂停：每轮最多问 ${ASKS_PER_ROUND} 次，每轮暂停合计不超过 ${PAUSE_CAP_MINUTES / 60} 个工作小时。一件民情最多被退回改派 ${TRANSFER_BACKS_PER_CASE} 次。`,
    '## 该谁办',
    '卡片、待办、队列、提醒和页面顶上那句话都只问这一处（`duties.ts`），所以一件事办完，各处同时消失。下表由同一段程序算出。',
    table(['事', '代码', '何时', '谁', '卡片上的动作', '看哪个时钟', '说明'], dutyRows()),
  ]);
}

import type { CaseItem, CaseView } from '@minqing/shared/contract';
import { CASE_STATES } from '@minqing/shared/words';
import type { ActionName } from '@minqing/shared/workflow';
import { action, entry, itemOf, left, MEMBER, story } from './cases.ts';
import { ENFORCEMENT, OFFICE, TRAFFIC } from './people.ts';

type State = CaseView['state'];
const REASONS: Partial<Record<ActionName, string[]>> = {
  return: ['请补充具体地点', '请补充照片或数据', '请把几件事分开提交'],
  decline: ['属于个人诉求，请走信访渠道', '已有相同民情在办'],
  transferBack: ['不属于本单位职责', '属地在其他县（市、区）'],
};
const verbs = (...names: ActionName[]): CaseView['actions'] =>
  names.map((name) => action(name, REASONS[name] ?? []));

/** Where the line of steps stands. */
const STEP_OF: Partial<Record<State, number>> = {
  submitted: 1,
  accepted: 2,
  dispatched: 3,
  handling: 4,
  disputed: 6,
};

/** The reference story at a desk: nobody there is its author. */
function base(id: string, state: State, actions: CaseView['actions'], version: number): CaseView {
  const told = story(id);
  return {
    ...told,
    version,
    state,
    stateLabel: CASE_STATES[state],
    mine: actions.some((one) => one.rank === 0),
    authors: [{ ...MEMBER, you: false }],
    timeline: told.timeline
      .slice(6 - version)
      .map((step) =>
        step.action === 'submit' ? { ...step, title: '委员提交了民情', who: '林淑芬委员' } : step,
      ),
    steps: told.steps.map((step, at) => {
      const now = STEP_OF[state] ?? 0;
      return at < now
        ? step
        : { label: step.label, state: at === now ? 'now' : 'ahead', detail: at === now ? '等您' : '' };
    }),
    assignments: [],
    instruction: null,
    rework: null,
    pendingFiles: 0,
    started: null,
    actions,
  };
}

export function reviewCase(id: string): CaseView {
  return {
    ...base(id, 'submitted', verbs('accept', 'return', 'decline', 'merge', 'edit', 'correct', 'comment'), 1),
    headline: ['请在 明天 08:41', '前审核'],
    subline: '还剩 6 小时 40 分，明天 08:41 前审核',
    light: 'green',
    lightWord: '正常',
    ring: { caption: '还剩', value: '6 小时 40 分', foot: '限 7 小时', share: 0.95, light: 'green' },
    left: left('green', '还剩 6 小时 40 分', '明天 08:41 前审核'),
  };
}

export function dispatchCase(id: string): CaseView {
  const view = base(id, 'accepted', verbs('dispatch', 'sendBack', 'correct', 'comment'), 2);
  return {
    ...view,
    content: {
      ...view.content,
      situation:
        '迎宾大道（环城南路至李渔路）红绿灯全天使用同一配时，早上上班高峰南北方向排队约 200 米，东西方向又没什么车。',
      suggestion: '按车流分时段设置时长。',
    },
    original: view.content,
    editedBy: '方敏 · 今天 08:58',
    headline: ['请在 明天 08:58', '前交办'],
    subline: '还剩 6 小时 30 分，明天 08:58 前交办',
    light: 'green',
    lightWord: '正常',
    ring: { caption: '还剩', value: '6 小时 30 分', foot: '限 7 小时', share: 0.93, light: 'green' },
    left: left('green', '还剩 6 小时 30 分', '明天 08:58 前交办'),
  };
}

const LEAD = {
  id: 'a1',
  unit: TRAFFIC,
  part: 'lead',
  partLabel: '主办',
  round: 1,
  stateLabel: '待签收',
  active: true,
  detail: '待签收',
  left: left('green', '还剩 3 小时 15 分', '今天 14:30 前签收'),
} as const;
const CO = {
  id: 'a2',
  unit: ENFORCEMENT,
  part: 'co',
  partLabel: '协办',
  round: 1,
  stateLabel: '待签收',
  active: true,
  detail: '待签收',
  left: null,
} as const;

export function signCase(id: string): CaseView {
  return {
    ...base(id, 'dispatched', verbs('sign', 'reply', 'progress', 'ask', 'transferBack', 'comment'), 3),
    headline: ['请在 今天 14:30', '前签收'],
    subline: '还剩 3 小时 15 分，今天 14:30 前签收',
    light: 'green',
    lightWord: '正常',
    ring: { caption: '还剩', value: '3 小时 15 分', foot: '限 3.5 小时', share: 0.93, light: 'green' },
    left: left('green', '还剩 3 小时 15 分', '今天 14:30 前签收'),
    assignments: [LEAD, CO],
    instruction: { who: '三服务办 陈洁', text: '请到路口实测车流后再定配时。' },
  };
}

export function replyCase(id: string): CaseView {
  return {
    ...base(id, 'handling', verbs('reply', 'progress', 'ask', 'comment'), 5),
    headline: ['请在 7月9日 周四 17:00', '前答复'],
    subline: '还剩 2 天 2 小时，7月9日 周四 17:00 前答复',
    light: 'green',
    lightWord: '正常',
    ring: { caption: '还剩', value: '2.3 天', foot: '限 3 天', share: 0.74, light: 'green' },
    left: left('green', '还剩 2 天 2 小时', '7月9日 周四 17:00 前答复'),
    assignments: [
      {
        ...LEAD,
        stateLabel: '办理中',
        detail: '周凯 · 办理中',
        left: left('green', '还剩 2 天 2 小时', '7月9日 周四 17:00 前答复'),
      },
      CO,
    ],
    instruction: { who: '三服务办 陈洁', text: '请到路口实测车流后再定配时。' },
  };
}

/** The same as the dispatcher sees it: nothing must be done, a good deal may. */
export function watchedCase(id: string): CaseView {
  return {
    ...replyCase(id),
    mine: false,
    headline: ['交警支队', '正在办理'],
    actions: verbs('redispatch', 'changeCoHandlers', 'recall', 'correct', 'comment'),
  };
}

export function disputedCase(id: string): CaseView {
  return {
    ...base(id, 'disputed', verbs('conclude', 'urge', 'comment'), 6),
    round: 3,
    headline: ['请在 7月10日 周五 17:00', '前裁定'],
    subline: '还剩 2 天 6 小时，7月10日 周五 17:00 前裁定',
    light: 'amber',
    lightWord: '临近',
    ring: { caption: '还剩', value: '2.8 天', foot: '限 3 天', share: 0.9, light: 'amber' },
    left: left('amber', '还剩 2 天 6 小时', '7月10日 周五 17:00 前裁定'),
    assignments: [{ ...LEAD, round: 3, stateLabel: '已答复', detail: '周凯 · 已答复', left: null }],
  };
}

const TITLES: readonly [string, CaseItem['left'], string, string][] = [
  [
    '东市南街雨后窨井盖松动，夜间行人易踩空',
    left('red', '超 2 小时', '今天 12:00 到期'),
    '婺城区',
    '城市管理',
  ],
  [
    '人民医院急诊通道被社会车辆占用',
    left('amber', '还剩 3 小时 25 分', '今天 17:00 到期'),
    '婺城区',
    '医疗卫生',
  ],
  ['双龙南街公交港湾常被私家车占用', left('amber', '还剩 4 小时', '今天 17:00 到期'), '开发区', '交通出行'],
  [
    '中小学午托延时服务家长排队缴费不便',
    left('green', '还剩 1 天 4 小时', '明天 17:00 到期'),
    '义乌市',
    '教育',
  ],
  ['老旧小区加装电梯审批材料重复提交', left('paused', '计时暂停', '等委员回答'), '婺城区', '住房物业'],
  [
    '五金城电动三轮车在非机动车道逆行',
    left('green', '还剩 1 天 6 小时', '明天 17:00 到期'),
    '永康市',
    '交通出行',
  ],
  [
    '八咏楼游客中心轮椅坡道偏陡',
    left('green', '还剩 2 天 1 小时', '7月9日 周四 17:00 到期'),
    '婺城区',
    '文旅体育',
  ],
  [
    '农村饮用水管网末端压力不足',
    left('green', '还剩 2 天 2 小时', '7月9日 周四 17:00 到期'),
    '磐安县',
    '水电气通信',
  ],
];

type Make = (id: string) => CaseView;

/** One queue of a desk: the story first if `make` gives it, then `many` others like it. */
function queueOf(
  cases: Map<string, CaseView>,
  prefix: string,
  make: Make,
  next: string,
  many: number,
): CaseItem[] {
  const views = Array.from({ length: many + 1 }, (_, at) => {
    const view = make(`${prefix}-${at}`);
    const told = TITLES[(at - 1) % TITLES.length];
    const row =
      at === 0 || !told
        ? view
        : {
            ...view,
            number: `JH-2026-0002${10 + at}`,
            content: { ...view.content, title: told[0], category: told[3] },
            left: told[1],
          };
    cases.set(row.id, row);
    return { row, told: at === 0 ? undefined : told };
  });
  return views
    .map(({ row, told }, at) =>
      itemOf(row, {
        next,
        lead: null,
        unseen: at % 2 === 1,
        ...(told ? { area: { id: told[2], name: told[2] } } : {}),
      }),
    )
    .toSorted((a, b) => order(a) - order(b));
}

const order = (item: CaseItem): number =>
  ['red', 'amber', 'green', 'paused'].indexOf(item.left?.light ?? 'paused');

/** Desks of the reviewer, the dispatcher, the handler and the inspector, with what each list opens. */
export function staffWorld(cases: Map<string, CaseView>): Map<string, CaseItem[]> {
  const lists = new Map<string, CaseItem[]>();
  const put = (desk: string, queue: string, items: CaseItem[]): void =>
    void lists.set(`${desk}/${queue}`, items);

  put('reviewer:cppcc-jinhua', 'review', queueOf(cases, 's-review', reviewCase, '等您审核', 3));
  const dispatch = queueOf(cases, 's-dispatch', dispatchCase, '等您交办', 5);
  const watched = queueOf(cases, 's-watched', watchedCase, '交警支队办理中', 4);
  const office = `dispatcher:${OFFICE.id}`;
  put(office, 'dispatch', dispatch);
  put(office, 'handling', watched);
  put(
    office,
    'late',
    [...dispatch, ...watched].filter((row) => row.left?.light === 'red'),
  );
  put(
    office,
    'soon',
    [...dispatch, ...watched].filter((row) => row.left?.light === 'amber'),
  );
  put(office, 'all', [...dispatch, ...watched]);

  const unit = `handler:${TRAFFIC.id}`;
  const handling = queueOf(cases, 's-reply', replyCase, '等您答复', 8);
  put(unit, 'sign', queueOf(cases, 's-sign', signCase, '等您签收', 1));
  put(unit, 'handling', handling);
  put(
    unit,
    'soon',
    handling.filter((row) => row.left?.light === 'amber'),
  );
  put(
    unit,
    'late',
    handling.filter((row) => row.left?.light === 'red'),
  );

  for (const inspector of ['inspector:jinhua', `inspector:${OFFICE.id}`]) {
    put(inspector, 'ruling', queueOf(cases, 's-ruling', disputedCase, '等您裁定', 0));
    put(inspector, 'handling', watched);
    put(
      inspector,
      'late',
      [...dispatch, ...watched].filter((row) => row.left?.light === 'red'),
    );
    put(
      inspector,
      'soon',
      watched.filter((row) => row.left?.light === 'amber'),
    );
    put(inspector, 'all', [...dispatch, ...watched]);
  }
  return lists;
}

type Input = Record<string, unknown>;
type Change = (view: CaseView, input: Input, who: string) => CaseView;

function move(
  name: ActionName,
  title: string,
  state: State | null,
  headline: string[] | null,
  words: string,
  left_: readonly ActionName[] = ['comment'],
): Change {
  return (view, input, who) => ({
    ...view,
    version: view.version + 1,
    state: state ?? view.state,
    stateLabel: CASE_STATES[state ?? view.state],
    headline: headline ?? view.headline,
    mine: state === null ? view.mine : false,
    actions: state === null ? view.actions : verbs(...left_),
    timeline: [
      entry(view.version + 1, name, title, who, '刚刚', String(input[words] ?? '')),
      ...view.timeline,
    ],
  });
}

/** What the staff's acts make of a case: enough for a screen to show that it was done. */
export const STAFF_CHANGES: Partial<Record<ActionName, Change>> = {
  accept: move('accept', '已受理', 'accepted', ['政协已受理，', '等三服务办交办'], 'note'),
  return: move('return', '退回补充', 'returned', ['已退回，', '等委员补充'], 'reason'),
  merge: move('merge', '已并案', 'merged', ['已并入', '另一件民情'], 'note'),
  decline: move('decline', '不予受理', 'declined', ['政协没有受理', '这件民情'], 'reason'),
  dispatch: move('dispatch', '已交办', 'dispatched', ['已交办，', '等签收'], 'note', [
    'redispatch',
    'changeCoHandlers',
    'recall',
    'comment',
  ]),
  redispatch: move('redispatch', '已改派', 'dispatched', ['已交办，', '等签收'], 'reason', [
    'redispatch',
    'changeCoHandlers',
    'recall',
    'comment',
  ]),
  sendBack: move('sendBack', '退回政协', 'submitted', ['已退回政协'], 'reason'),
  recall: move('recall', '撤回交办', 'accepted', ['请交办'], 'reason', ['dispatch', 'sendBack', 'comment']),
  sign: move('sign', '已签收', 'handling', ['请在 7月9日 周四 17:00', '前答复'], '', [
    'reply',
    'progress',
    'ask',
    'comment',
  ]),
  progress: move('progress', '办理进展', null, null, 'text'),
  ask: move('ask', '向委员核实', null, null, 'question'),
  reply: move('reply', '已答复', 'replied', ['已答复，', '等 1 位委员评价'], 'text'),
  transferBack: move('transferBack', '退回改派', 'accepted', ['已退回三服务办'], 'reason'),
  conclude: move('conclude', '裁定：维持答复，办结', 'closed', ['裁定办结'], 'text'),
  comment: move('comment', '备注', null, null, 'text'),
  edit: move('edit', '修改了文字', null, null, ''),
  correct: move('correct', '更正', null, null, 'reason'),
  changeCoHandlers: move('changeCoHandlers', '调整协办单位', null, null, ''),
};

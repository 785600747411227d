import type {
  ActionView,
  CaseItem,
  CaseView,
  FileView,
  LeftView,
  TimelineEntry,
} from '@minqing/shared/contract';
import { CASE_STATES } from '@minqing/shared/words';
import { ACTIONS, type ActionName } from '@minqing/shared/workflow';
import { COMMITTEE, ENFORCEMENT, TRAFFIC } from './people.ts';

const JINDONG = { id: 'jindong', name: '金东区' };

/** A button as the server would offer it, its words from the workflow table. */
export function action(name: ActionName, reasons: string[] = []): ActionView {
  const row = ACTIONS[name];
  return {
    action: name,
    label: row.label,
    consequence: row.consequence,
    rank: row.rank ?? 90,
    input: row.input,
    exclusive: row.exclusive,
    reasons,
  };
}

export function image(short: string, name: string): FileView {
  const id = `00000000-0000-4000-8000-${short.replace(/\D/g, '').padStart(12, '0')}`;
  return {
    id,
    name,
    kind: 'image',
    bytes: 204_800,
    state: 'ready',
    thumbUrl: `/files/${id}/thumb`,
    url: `/files/${id}`,
  };
}

export function left(light: LeftView['light'], text: string, dueText: string): LeftView {
  return {
    clockId: 'reply#1',
    light,
    text,
    dueText,
    dueAt: '2026-07-09T17:00:00+08:00',
    leftMinutes: light === 'red' ? -120 : 900,
    wholeMinutes: 1260,
  };
}

export function entry(
  version: number,
  name: ActionName,
  title: string,
  who: string,
  atText: string,
  text = '',
  extra: Partial<TimelineEntry> = {},
): TimelineEntry {
  return {
    version,
    action: name,
    title,
    who,
    at: '2026-07-07T14:30:00+08:00',
    atText,
    text,
    tone: 'normal',
    files: [],
    result: null,
    stars: null,
    internal: false,
    ...extra,
  };
}

const SITUATION =
  '迎宾大道红绿灯时间不合理，一直都是一样的，早上上班那会儿南北方向排队很长很长，东西方向又没什么车。\n接送孩子的家长和上班的人都堵在一起，经常要等三个红灯。';
const REPLY =
  '委员您好。我队在三个路口实测早晚高峰流量，已把单一配时改为四个时段，南北直行绿灯由 35 秒调至 48 秒，左转由 18 秒调至 24 秒。今天早高峰南进口最长排队由 210 米降到 95 米。后续每两周复测一次，效果不好再调整。如有问题请随时与我们联系。';

const STORY_STEPS: TimelineEntry[] = [
  entry(6, 'reply', '已答复', '市公安局交警支队 周凯', '今天 14:30', REPLY, {
    tone: 'good',
    files: [
      image('photo-3', '调整后的路口.jpg'),
      image('photo-4', '调试信号机.jpg'),
      image('photo-1', '调整前.jpg'),
      {
        id: 'pdf-1',
        name: '配时方案对照表.pdf',
        kind: 'document',
        bytes: 312_000,
        state: 'ready',
        thumbUrl: null,
        url: '/files/pdf-1',
      },
    ],
    result: { class: 'solved', label: '已解决', detail: '' },
  }),
  entry(
    5,
    'progress',
    '到现场测了车流',
    '市公安局交警支队 秩序大队',
    '今天 09:05',
    '早高峰南北向每小时 1,860 辆，是东西向的 2.4 倍。',
    { files: [image('photo-1', '现场.jpg'), image('photo-4', '信号机.jpg')] },
  ),
  entry(4, 'sign', '已签收', '市公安局交警支队 周凯', '昨天 10:12'),
  entry(
    3,
    'dispatch',
    '已交办',
    '市三服务办 陈洁',
    '昨天 09:30',
    '主办市公安局交警支队，协办市综合行政执法局，请在 7月9日 周四 17:00 前答复。',
  ),
  entry(2, 'accept', '已受理', '市政协 方敏', '昨天 08:58'),
  entry(1, 'submit', '您提交了民情', '林淑芬', '昨天 08:41', SITUATION, {
    files: [image('photo-1', '早高峰.jpg'), image('photo-2', '傍晚车队.jpg')],
  }),
];

/** Nothing stands beside the case's own course. */
export const NOTHING_BESIDE = {
  filedBy: null,
  supporters: { count: 0, you: false },
  mergedInto: null,
  absorbed: [],
  approval: null,
  extension: null,
  supervision: null,
  appeals: [],
  plan: null,
  honours: [],
  visitWanted: null,
} satisfies Partial<CaseView>;

/** The author of the reference story, to herself. */
export const MEMBER: CaseView['authors'][number] = {
  name: '林淑芬',
  detail: '金华市政协委员',
  phone: null,
  you: true,
  joined: 'first',
  joinedLabel: '提出人',
};

/** The reference story at the moment its reply waits for stars. */
export function story(id: string): CaseView {
  return {
    id,
    number: 'JH-2026-000123',
    version: 6,
    state: 'replied',
    stateLabel: CASE_STATES.replied,
    round: 1,
    headline: ['交警支队已答复，', '等您评价'],
    subline: '比时限早 2 天 2 小时',
    light: 'green',
    lightWord: '按时',
    clockId: 'reply#1',
    ring: { caption: '用了', value: '1.5 天', foot: '限 3 天', share: 10.5 / 27, light: 'green' },
    content: {
      title: '迎宾大道红绿灯按车流设置时长',
      situation: SITUATION,
      analysis: '',
      suggestion: '按车流设置时长。',
      categoryId: 'traffic',
      category: '交通出行',
      answers: [],
      place: { text: '迎宾大道与环城南路交叉口', area: JINDONG, latitude: 29.1, longitude: 119.69 },
      files: [image('photo-1', '早高峰.jpg'), image('photo-2', '傍晚车队.jpg')],
    },
    original: null,
    editedBy: null,
    area: { id: 'jinhua', name: '金华市' },
    committee: COMMITTEE,
    urgency: 'normal',
    urgencyLabel: '普通',
    disclosure: { anonymous: false, openness: 'staff', opennessLabel: '仅工作人员', phoneToUnit: false },
    authors: [MEMBER],
    ...NOTHING_BESIDE,
    mine: true,
    timeline: STORY_STEPS,
    assignments: [
      {
        id: 'a1',
        unit: TRAFFIC,
        part: 'lead',
        partLabel: '主办',
        round: 1,
        stateLabel: '已反馈',
        active: true,
        detail: '周凯 · 已答复',
        left: null,
      },
      {
        id: 'a2',
        unit: ENFORCEMENT,
        part: 'co',
        partLabel: '协办',
        round: 1,
        stateLabel: '已撤销',
        active: false,
        detail: '',
        left: null,
      },
    ],
    steps: [
      { label: '提交', state: 'done', detail: '昨天 08:41' },
      { label: '受理', state: 'done', detail: '昨天 08:58' },
      { label: '交办', state: 'done', detail: '昨天 09:30' },
      { label: '签收', state: 'done', detail: '昨天 10:12' },
      { label: '答复', state: 'done', detail: '今天 14:30' },
      { label: '评价', state: 'now', detail: '等您' },
      { label: '办结', state: 'ahead', detail: '' },
    ],
    left: null,
    ask: null,
    instruction: { who: '三服务办 陈洁 09:30', text: '你们主办，市综合行政执法局协办，请到路口实测后再定。' },
    rework: '交警支队须在 7月10日 周五 17:00 前重新答复',
    started: null,
    pendingFiles: 0,
    actions: [action('rate'), action('supplement')],
  };
}

/** The same case while the unit works on it. */
export function handlingCase(id: string): CaseView {
  const base = story(id);
  return {
    ...base,
    version: 5,
    state: 'handling',
    stateLabel: CASE_STATES.handling,
    headline: ['交警支队正在办理'],
    subline: '会在 7月9日 周四 17:00 前答复',
    lightWord: '正常',
    ring: { caption: '还剩', value: '2 天', foot: '4 小时', share: 0.74, light: 'green' },
    timeline: STORY_STEPS.slice(1),
    left: left('green', '还剩 2 天 4 小时', '7月9日 周四 17:00 前答复'),
    actions: [action('supplement'), action('urge')],
  };
}

/** Another member's case, open to members: one may support it. */
export function nearCase(id: string): CaseView {
  const base = handlingCase(id);
  return {
    ...base,
    mine: false,
    content: { ...base.content, title: '迎宾大道东行左转排队过长' },
    authors: base.authors.map((author) => ({ ...author, name: '王建国', you: false })),
    actions: [action('support')],
  };
}

/** A case whose unit asked its author something. */
export function askedCase(id: string): CaseView {
  const base = handlingCase(id);
  return {
    ...base,
    headline: ['执法局想核实，', '等您回答'],
    subline: '请您 7月9日 17:00 前说明具体路段',
    light: 'paused',
    lightWord: null,
    content: { ...base.content, title: '宾虹路盲道被共享单车占满' },
    ring: { caption: '还剩', value: '2 天', foot: '计时暂停', share: 0.7, light: 'paused' },
    ask: {
      question: '您说的是宾虹路哪一段？是早高峰还是全天？',
      askedText: '今天 10:20 市综合行政执法局 问',
      untilText: '请在 7月9日 周四 17:00 前回答',
    },
    timeline: [
      entry(
        6,
        'ask',
        '向您核实',
        '市综合行政执法局 李强',
        '今天 10:20',
        '您说的是宾虹路哪一段？是早高峰还是全天？',
      ),
      ...STORY_STEPS.slice(2),
    ],
    actions: [action('answer'), action('supplement'), action('urge')],
  };
}

/** A case the reviewer gave back for more. */
export function returnedCase(id: string): CaseView {
  const base = story(id);
  return {
    ...base,
    version: 2,
    state: 'returned',
    stateLabel: CASE_STATES.returned,
    headline: ['请您补充后', '再提交'],
    subline: '8月6日 24:00 前有效',
    light: null,
    lightWord: null,
    ring: null,
    content: { ...base.content, title: '古子城北门夜间照明不足' },
    timeline: [
      entry(
        2,
        'return',
        '退回补充',
        '市政协 方敏',
        '今天 09:10',
        '请写明哪几盏路灯不亮，最好拍一张夜里的照片。',
        { tone: 'warn' },
      ),
      STORY_STEPS[5]!,
    ],
    actions: [{ ...action('submit'), label: '补充后再交' }, action('supplement'), action('withdraw')],
  };
}

/** The row of a case in a list. */
export function itemOf(view: CaseView, extra: Partial<CaseItem> = {}): CaseItem {
  const rated = view.timeline.find((one) => one.stars !== null)?.stars ?? null;
  return {
    id: view.id,
    number: view.number,
    title: view.content.title,
    state: view.state,
    stateLabel: view.stateLabel,
    round: view.round,
    area: view.content.place.area ?? view.area,
    category: view.content.category,
    lead: TRAFFIC,
    next: view.headline.join(''),
    mine: view.actions.some((one) => one.rank === 0),
    left: view.left,
    prompt: prompt(view),
    rating: rated,
    unseen: false,
    updatedAt: '2026-07-07T14:30:00+08:00',
    updatedText: '今天 14:30',
    ...extra,
  };
}

function prompt(view: CaseView): CaseItem['prompt'] {
  const has = (name: ActionName): boolean => view.actions.some((one) => one.action === name);
  if (has('rate')) {
    return 'rate';
  }
  if (has('answer')) {
    return 'answer';
  }
  return view.state === 'returned' && has('submit') ? 'resubmit' : null;
}

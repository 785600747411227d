/** The reference story as chats: 14:42 on the day the answer came, one card of every kind somewhere. */

export interface MockItem {
  id: string;
  kind: string;
  outTrackId?: string;
  title: string;
  text?: string;
  url?: string;
  fields?: { key: string; value: string }[];
  buttons?: { title: string; url: string }[];
  components?: Record<string, unknown>[];
  status?: { text: string; bg: string };
  sentAt: string;
  updatedAt: string;
  recalled: boolean;
}

/** 7月7日 周二 14:42 in China. */
export const START = Date.parse('2026-07-07T14:42:00+08:00');

const ROAD = '迎宾大道红绿灯按车流设置时长';
const PICTURES = JSON.stringify([
  { url: 'http://127.0.0.1:5170/a.svg', alt: '路口' },
  { url: 'http://127.0.0.1:5170/b.svg', alt: '车队' },
]);

function link(path: string): string {
  return `dingtalk://dingtalkclient/page/link?url=${encodeURIComponent(`http://127.0.0.1:5170/${path}`)}`;
}

/** A link with both halves, each a whole link, so the inner address is encoded twice. */
export function platformLink(path: string): string {
  const half = encodeURIComponent(link(path));
  return `dingtalk://dingtalkclient/action/open_platform_link?pcLink=${half}&mobileLink=${half}`;
}

function card(id: string, at: string, components: Record<string, unknown>[]): MockItem {
  const time = `2026-07-${at}:00+08:00`;
  return {
    id,
    kind: 'card',
    outTrackId: `track-${id}`,
    title: '',
    components,
    sentAt: time,
    updatedAt: time,
    recalled: false,
  };
}

/** A card that was handled: grey, flat, one line with the result. */
export function handled(
  id: string,
  at: string,
  strip: string,
  word: string,
  title: string,
  line: string,
): MockItem {
  return card(id, at, [
    { kind: 'strip', text: strip, light: '', lightText: word },
    { kind: 'title', text: title, quiet: 'true' },
    { kind: 'text', text: line, tone: 'quiet' },
  ]);
}

export const people = [
  ['lin-shufen', '林淑芬', ['member'], '金华市政协'],
  ['he-xiuying', '何秀英', ['member'], '金华市政协'],
  ['fang-min', '方敏', ['reviewer'], '金华市政协'],
  ['chen-jie', '陈洁', ['dispatcher'], '金华市三服务办'],
  ['zhou-kai', '周凯', ['handler'], '市公安局交警支队'],
  ['wu-lei', '吴磊', ['head'], '市公安局交警支队'],
  ['xu-fang', '徐芳', ['handler'], '市综合行政执法局'],
  ['zheng-weiping', '郑卫平', ['inspector'], '金华市政府督查室'],
].map(([id, name, roles, unit]) => ({
  id,
  name,
  roles,
  unit,
  host: 'dingtalk',
  userid: `u-${String(id)}`,
  unionid: `n-${String(id)}`,
}));

const rating = card('rate', '07T14:41', [
  { kind: 'strip', text: '已答复，等您评价', light: 'green', lightText: '按时' },
  { kind: 'title', text: ROAD, quiet: 'false' },
  { kind: 'text', text: '市公安局交警支队，用了 1.5 个工作日', tone: 'quiet' },
  {
    kind: 'text',
    text: '已改为四个时段配时，南北绿灯由 35 秒调到 48 秒，今早最长排队由 210 米降到 95 米。',
    maxLines: 3,
  },
  { kind: 'stars', actionId: 'pick', value: '', caption: '点几颗星', done: 'false' },
  { kind: 'button', actionId: 'rate', text: '先点星再打分', style: 'primary', enabled: 'false' },
  { kind: 'text', text: '请在 7月14日 前评价', tone: 'quiet' },
]);

const review = card('review', '07T14:20', [
  { kind: 'strip', text: '新民情，请审核', light: 'green', lightText: '正常' },
  { kind: 'title', text: '江滨东路非机动车道积水' },
  { kind: 'text', text: '何秀英委员 · 城市管理 · 金东区', tone: 'quiet' },
  { kind: 'text', text: '雨后积水约 15 厘米，电动车只能借机动车道。', maxLines: 3 },
  { kind: 'images', list: PICTURES },
  { kind: 'button', actionId: 'accept', text: '受理', style: 'primary', enabled: true },
  {
    kind: 'row',
    items: [
      { kind: 'link', text: '退回补充', url: link('#/s/review?do=return'), style: 'soft' },
      { kind: 'link', text: '看全部', url: platformLink('#/s/review'), style: 'soft' },
    ],
  },
]);

const dispatched = card('sign', '07T14:38', [
  { kind: 'strip', text: '新交办，请签收', light: 'amber', lightText: '临近' },
  { kind: 'title', text: '宾虹路口早高峰左转太堵' },
  {
    kind: 'fields',
    list: JSON.stringify([
      { label: '签收', value: '今天 17:00 前，还剩 2 小时 18 分' },
      { label: '答复', value: '7月10日 周五 17:00 前', strong: true },
    ]),
  },
  { kind: 'button', actionId: 'sign', text: '签收', style: 'primary' },
  { kind: 'divider', text: '能马上答，就直接写' },
  {
    kind: 'row',
    items: [
      { kind: 'select', name: 'result', placeholder: '选结果', options: ['已解决', '列入计划', '暂不能办'] },
      { kind: 'input', name: 'reply', placeholder: '写给委员的答复', maxLength: 300 },
    ],
  },
  {
    kind: 'button',
    actionId: 'reply',
    text: '答复',
    style: 'soft',
    inputs: ['result', 'reply'],
    params: { rev: '3' },
  },
  { kind: 'link', text: '打开详情，加照片、延期、改派', url: link('#/s/sign'), style: 'quiet' },
]);

export const chats: Record<string, MockItem[]> = {
  'lin-shufen': [handled('told', '06T09:30', '民情进展', '已交办', ROAD, '7月9日 周四 17:00 前答复'), rating],
  'fang-min': [
    handled('accepted', '06T08:58', '民情审核', '已受理', ROAD, '您 08:58 受理，已转三服务办'),
    review,
  ],
  'chen-jie': [
    card('dispatch', '07T09:02', [
      { kind: 'strip', text: '新受理，请交办', light: 'red', lightText: '超期' },
      { kind: 'title', text: '东市南街窨井盖松动' },
      { kind: 'text', text: '金东区 · 城市管理', tone: 'quiet' },
      { kind: 'text', text: '超 2 小时', tone: 'danger' },
      { kind: 'link', text: '选单位交办', url: platformLink('#/s/dispatch'), style: 'primary' },
    ]),
  ],
  'zhou-kai': [
    handled('replied', '07T14:30', '民情办理', '已答复', ROAD, '审核已通过，等委员评价'),
    dispatched,
  ],
  'zheng-weiping': [
    card('daily', '07T08:30', [
      { kind: 'strip', text: '今天的民情', light: '', lightText: '' },
      { kind: 'title', text: '在办 62 件，3 件等您裁定' },
      {
        kind: 'figures',
        list: JSON.stringify([
          { label: '办理中', value: '41' },
          { label: '临近', value: '9' },
          { label: '超期', value: '4' },
          { label: '待裁定', value: '3' },
        ]),
      },
      { kind: 'link', text: '看待裁定的', url: link('#/queue/disputed'), style: 'soft' },
    ]),
    {
      id: 'oa',
      kind: 'oa',
      title: '江南街道雨污管道反复堵塞',
      text: '已催两次，仍未答复。',
      url: link('#/s/late'),
      fields: [
        { key: '单位', value: '婺城区住建局' },
        { key: '时限', value: '6月26日 17:00' },
      ],
      status: { text: '超期', bg: '0xFFD92D3A' },
      sentAt: '2026-07-07T14:40:00+08:00',
      updatedAt: '2026-07-07T14:40:00+08:00',
      recalled: false,
    },
  ],
};

const task = (id: string, subject: string, dueTime: string) => ({
  id,
  subject,
  dueTime,
  detailUrl: { appUrl: link(`#/s/${id}`), pcUrl: link(`#/s/${id}`) },
});

export const todos: Record<string, { open: ReturnType<typeof task>[]; done: ReturnType<typeof task>[] }> = {
  'zhou-kai': {
    open: [
      task('t2', '答复：宾虹路口早高峰左转太堵', '2026-07-10T17:00:00+08:00'),
      task('t1', '签收：宾虹路口早高峰左转太堵', '2026-07-07T14:00:00+08:00'),
    ],
    done: [task('t0', `答复：${ROAD}`, '2026-07-09T17:00:00+08:00')],
  },
};

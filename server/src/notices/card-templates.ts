/**
 * The card templates, as data: what is rebuilt by hand in the platform's card builder (docs/card-templates.md is made
 * from here) and what the local messenger draws. At most four; a change of components is a new id.
 */

import type { Purpose } from '@minqing/shared/workflow';

export interface CardVariable {
  key: string;
  label: string;
  type: 'text' | 'flag' | 'list';
  /** Differs for each person who holds the card. */
  private: boolean;
  sample: string;
}

interface Shown {
  /** A variable; the component shows while it is neither empty nor 'false'. A leading `!` turns it round. */
  visible?: string;
}
type Style = 'primary' | 'soft' | 'quiet';

export type CardComponent = Shown &
  (
    | { kind: 'strip'; text: string; light: string; lightText: string }
    | { kind: 'title'; text: string; quiet?: string }
    | { kind: 'text'; text: string; tone?: 'normal' | 'quiet' | 'strong' | 'danger'; maxLines?: number }
    | { kind: 'fields'; list: string }
    | { kind: 'images'; list: string }
    | { kind: 'figures'; list: string }
    | { kind: 'divider'; text?: string }
    | { kind: 'select'; name: string; placeholder: string; options: string[] }
    | { kind: 'input'; name: string; placeholder: string; maxLength: number; value?: string }
    | { kind: 'stars'; actionId: string; value: string; caption: string; done?: string }
    | {
        kind: 'button';
        actionId: string;
        text: string;
        style: Style;
        inputs?: string[];
        params?: Record<string, string>;
        enabled?: string;
      }
    | { kind: 'link'; text: string; url: string; style: Style }
    | { kind: 'row'; items: CardComponent[] }
  );

export interface CardTemplate {
  id: string;
  name: string;
  variables: CardVariable[];
  components: CardComponent[];
}

const text = (key: string, label: string, sample: string): CardVariable => ({
  key,
  label,
  type: 'text',
  private: false,
  sample,
});
const flag = (key: string, label: string): CardVariable => ({
  key,
  label,
  type: 'flag',
  private: false,
  sample: 'true',
});
const list = (key: string, label: string, sample: string): CardVariable => ({
  key,
  label,
  type: 'list',
  private: false,
  sample,
});
const own = (v: CardVariable): CardVariable => ({ ...v, private: true });

/** Rides on every button, so that a press names the rendering it was made on. */
const REV = { rev: '{{rev}}' };

const HEAD_VARIABLES: CardVariable[] = [
  text('strip', '要做什么', '新交办，请签收'),
  text('light', '灯：green amber red grey 或空', 'green'),
  text('lightText', '灯的字', '正常'),
  text('title', '标题', '迎宾大道红绿灯按车流设置时长'),
  flag('done', '已办：灰色、不加粗'),
  text('sub', '标题下一行', '主办 · 交通出行 · 金东区'),
  text('rev', '版次：每次重绘都变', '4'),
  text('result', '办完后的一行：谁、何时、结果', '周凯 今天 10:12 签收'),
  own(text('error', '没办成的原因', '')),
  own(text('busy', '处理中的话', '')),
];

const HEAD: CardComponent[] = [
  { kind: 'strip', text: '{{strip}}', light: '{{light}}', lightText: '{{lightText}}' },
  { kind: 'title', text: '{{title}}', quiet: 'done' },
  { kind: 'text', text: '{{sub}}', tone: 'quiet', visible: 'sub' },
];

const FOOT: CardComponent[] = [
  { kind: 'text', text: '{{result}}', tone: 'quiet', visible: 'result' },
  { kind: 'text', text: '{{error}}', tone: 'danger', visible: 'error' },
  { kind: 'text', text: '{{busy}}', tone: 'quiet', visible: 'busy' },
];

/** Anything to be done on a case: review, dispatch, sign, reply, answer, supplement, rule. */
const DUTY: CardTemplate = {
  id: 'minqing-duty.schema',
  name: '民情一点通 · 待办',
  variables: [
    ...HEAD_VARIABLES,
    text('body', '正文，最多三行', '红绿灯时间不合理，一直都是一样的……'),
    list(
      'fields',
      '时限等，[{label,value,strong}]',
      '[{"label":"答复","value":"7月9日 周四 17:00 前","strong":true}]',
    ),
    list('images', '照片，[{url,alt}]', '[]'),
    flag('canAccept', '可以受理'),
    flag('canSign', '可以签收'),
    flag('canReply', '可以在卡片上答复'),
    flag('canOpinion', '可以在卡片上会签'),
    flag('canAnswer', '可以在卡片上回答'),
    text('openText', '进小程序办的按钮', '去交办'),
    text('openUrl', '该按钮的链接', 'dingtalk://…'),
    text('sideText', '次要按钮', '退回补充'),
    text('sideUrl', '次要按钮的链接', 'dingtalk://…'),
    text('moreText', '最下面一行', '打开详情，加照片、退回改派'),
    text('moreUrl', '最下面一行的链接', 'dingtalk://…'),
    own(text('typed', '没送出的字，留着', '')),
    own(text('followText', '接着填答复页的按钮', '')),
    own(text('followUrl', '答复页的链接', '')),
  ],
  components: [
    ...HEAD,
    { kind: 'text', text: '{{body}}', maxLines: 3, visible: 'body' },
    { kind: 'fields', list: 'fields', visible: 'fields' },
    { kind: 'images', list: 'images', visible: 'images' },
    { kind: 'button', actionId: 'accept', text: '受理', style: 'primary', params: REV, visible: 'canAccept' },
    { kind: 'button', actionId: 'sign', text: '签收', style: 'primary', params: REV, visible: 'canSign' },
    { kind: 'link', text: '{{openText}}', url: '{{openUrl}}', style: 'primary', visible: 'openText' },
    { kind: 'divider', text: '能马上答，就直接写', visible: 'canReply' },
    {
      kind: 'row',
      visible: 'canReply',
      items: [
        { kind: 'select', name: 'class', placeholder: '选结果', options: ['已解决', '列入计划', '暂不能办'] },
        { kind: 'input', name: 'reply', placeholder: '写给委员的答复', maxLength: 300, value: '{{typed}}' },
      ],
    },
    {
      kind: 'text',
      text: '已解决 当场送出；列入计划、暂不能办 接着填答复页',
      tone: 'quiet',
      visible: 'canReply',
    },
    {
      kind: 'button',
      actionId: 'reply',
      text: '答复',
      style: 'soft',
      inputs: ['class', 'reply'],
      params: REV,
      visible: 'canReply',
    },
    { kind: 'link', text: '{{followText}}', url: '{{followUrl}}', style: 'primary', visible: 'followText' },
    {
      kind: 'input',
      name: 'opinion',
      placeholder: '写会签意见',
      maxLength: 300,
      value: '{{typed}}',
      visible: 'canOpinion',
    },
    {
      kind: 'button',
      actionId: 'opinion',
      text: '会签',
      style: 'soft',
      inputs: ['opinion'],
      params: REV,
      visible: 'canOpinion',
    },
    {
      kind: 'input',
      name: 'answer',
      placeholder: '写您的回答',
      maxLength: 300,
      value: '{{typed}}',
      visible: 'canAnswer',
    },
    {
      kind: 'button',
      actionId: 'answer',
      text: '回答',
      style: 'primary',
      inputs: ['answer'],
      params: REV,
      visible: 'canAnswer',
    },
    ...FOOT,
    {
      kind: 'row',
      visible: 'sideText',
      items: [
        { kind: 'link', text: '{{sideText}}', url: '{{sideUrl}}', style: 'soft' },
        { kind: 'link', text: '看全部', url: '{{moreUrl}}', style: 'soft' },
      ],
    },
    { kind: 'link', text: '{{moreText}}', url: '{{moreUrl}}', style: 'quiet', visible: 'moreText' },
  ],
};

const RATE: CardTemplate = {
  id: 'minqing-rate.schema',
  name: '民情一点通 · 评价',
  variables: [
    ...HEAD_VARIABLES,
    text('body', '答复，最多三行', '已改为四个时段配时，南北绿灯由 35 秒调到 48 秒。'),
    list('images', '照片，[{url,alt}]', '[]'),
    flag('canRate', '可以打分'),
    text('stars', '打了几星', '5'),
    own(text('picked', '选了几星，还没确认', '5')),
    own(text('caption', '星星下的字', '非常满意')),
    own(text('rateText', '确认按钮', '打五星')),
    own(text('lowText', '低分：去写原因', '打两星，退回整改')),
    own(text('lowUrl', '低分页的链接', 'dingtalk://…')),
    text('moreText', '最下面一行', '看全文'),
    text('moreUrl', '最下面一行的链接', 'dingtalk://…'),
  ],
  components: [
    ...HEAD,
    { kind: 'text', text: '{{body}}', maxLines: 3, visible: 'body' },
    { kind: 'images', list: 'images', visible: 'images' },
    { kind: 'stars', actionId: 'star', value: '{{picked}}', caption: '{{caption}}', visible: 'canRate' },
    { kind: 'stars', actionId: 'star', value: '{{stars}}', caption: '', done: 'done', visible: 'done' },
    {
      kind: 'button',
      actionId: 'rate',
      text: '{{rateText}}',
      style: 'primary',
      params: REV,
      visible: 'rateText',
    },
    { kind: 'link', text: '{{lowText}}', url: '{{lowUrl}}', style: 'primary', visible: 'lowText' },
    ...FOOT,
    { kind: 'link', text: '{{moreText}}', url: '{{moreUrl}}', style: 'quiet', visible: 'moreText' },
  ],
};

/** The inspector's card a day. */
const COUNTS: CardTemplate = {
  id: 'minqing-counts.schema',
  name: '民情一点通 · 今天的民情',
  variables: [
    ...HEAD_VARIABLES,
    list('figures', '四个数，[{label,value}]', '[{"label":"办理中","value":"46"}]'),
    text('openText', '按钮', '看待裁定的'),
    text('openUrl', '按钮的链接', 'dingtalk://…'),
  ],
  components: [
    ...HEAD,
    { kind: 'figures', list: 'figures' },
    { kind: 'link', text: '{{openText}}', url: '{{openUrl}}', style: 'soft', visible: 'openText' },
    ...FOOT,
  ],
};

export const CARD_TEMPLATES = { duty: DUTY, rate: RATE, counts: COUNTS } as const;
export type CardTemplateName = keyof typeof CARD_TEMPLATES;

/** Which template shows a duty. */
export const templateOf = (purpose: Purpose): CardTemplateName => (purpose === 'rate' ? 'rate' : 'duty');

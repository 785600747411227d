import type { DrawnPart, TextItem, TextPreview, TextsAdmin } from '@minqing/shared/contract';
import { fill, variablesOf } from '@minqing/shared/wording';

const VARIABLES = [
  { name: '民情标题', sample: '迎宾大道红绿灯按车流设置时长' },
  { name: '时限', sample: '7月9日 周四 17:00' },
  { name: '事项', sample: '答复' },
];
const field = (key: string, label: string, max: number, words: string) => ({
  key,
  label,
  max,
  lines: key === 'body',
  words,
  standard: words,
});
const brought = { from: null, own: false, seen: null, of: null, variables: VARIABLES };

/** Two texts: a card's and a notice's. */
export function createTexts(): TextsAdmin {
  return {
    items: [
      {
        ...brought,
        id: 'card.handle',
        name: '请签收、答复',
        to: '主办单位经办人',
        channel: 'card',
        fields: [
          field('strip', '最上面一行', 20, '新交办，请签收'),
          field('body', '正文', 300, '{民情标题}'),
          field('done', '办完以后', 12, '民情办理'),
        ],
      },
      {
        ...brought,
        id: 'notice.reminded',
        name: '临近到期',
        to: '该办的人',
        channel: 'notice',
        fields: [
          field('title', '标题', 40, '{事项}快到期了'),
          field('body', '正文', 300, '请在 {时限} 前{事项}'),
        ],
      },
    ],
    changes: [],
  };
}

const part = (
  kind: DrawnPart['kind'],
  text: string,
  tone: DrawnPart['tone'] = 'normal',
  beside = '',
): DrawnPart => ({
  kind,
  text,
  tone,
  beside,
});

/** The first fault of the words, or what they look like. */
export function previewOf(
  item: TextItem,
  words: Record<string, string>,
): TextPreview | { path: string; message: string } {
  for (const [key, text] of Object.entries(words)) {
    const stranger = variablesOf(text).find((name) => !VARIABLES.some((one) => one.name === name));
    if (stranger !== undefined) {
      return { path: `words.${key}`, message: `这条文字里没有「${stranger}」可放，请删掉` };
    }
  }
  const values = Object.fromEntries(VARIABLES.map(({ name, sample }) => [name, sample]));
  const of = (key: string): string => fill(words[key] ?? '', values);
  const title = VARIABLES[0]!.sample;
  const fits = of('body').length <= 300;
  if (item.channel === 'notice') {
    const parts = [
      part('title', of('title'), 'strong'),
      part('field', title, 'normal', '民情'),
      part('text', of('body')),
    ];
    const channels = [{ id: 'notice' as const, label: '工作通知', parts, problem: '' }];
    return { channels, after: null, verdict: '工作通知 40 个字，放得下', fits: true };
  }
  const card = [
    part('strip', of('strip'), 'green', '● 正常'),
    part('title', title, 'strong'),
    part('text', of('body')),
    part('field', '7月9日 周四 17:00 前', 'strong', '答复'),
    part('button', '签收', 'primary'),
    part('link', '打开详情', 'quiet'),
  ];
  const problem = fits ? '' : '正文超过 300 字，后面的要点开才看得到';
  return {
    channels: [
      { id: 'card', label: '互动卡片', parts: card, problem },
      { id: 'actionCard', label: '动作卡片', parts: card.filter((one) => one.kind !== 'link'), problem: '' },
      { id: 'notice', label: '工作通知', parts: card.filter((one) => one.kind !== 'button'), problem: '' },
    ],
    after: {
      button: '签收',
      parts: [
        part('strip', of('done'), 'grey', '● 已办'),
        part('text', '周凯 7月6日 周一 10:12 签收', 'quiet'),
      ],
    },
    verdict: fits ? '互动卡片 60 个字，三种渠道都放得下' : `互动卡片放不下：${problem}`,
    fits,
  };
}

/** docs/card-templates.md: how the templates are rebuilt by hand in the platform's card builder, from their one description. */
import {
  CARD_TEMPLATES,
  type CardComponent,
  type CardTemplate,
  type CardVariable,
} from '../../server/src/notices/card-templates.ts';
import { code, generated, page, table } from './markdown.ts';

const TYPES: Record<CardVariable['type'], string> = {
  text: '文本',
  flag: '布尔（值是文本 true / false）',
  list: '数组（值是 JSON 文本）',
};
const KINDS: Record<CardComponent['kind'], string> = {
  strip: '状态条（图标＋文字）',
  title: '标题',
  text: '文本',
  fields: '键值列表（循环）',
  images: '图片组（循环）',
  figures: '数字栏（循环）',
  divider: '分割线',
  select: '下拉单选',
  input: '输入框',
  stars: '评分（五颗星）',
  button: '按钮 · 回传请求',
  link: '按钮 · 跳转链接',
  row: '横向容器',
};
const STYLES = { primary: '主按钮', soft: '浅色按钮', quiet: '文字按钮' } as const;
const TONES = { normal: '正文', quiet: '次要（灰）', strong: '加粗', danger: '警示（红）' } as const;
/** What is listed in each kind of repeated component. */
const ROWS = {
  fields: '左 `label`，右 `value`；`strong` 为 true 时加粗',
  images: '地址 `url`，替代文字 `alt`；横排，点开看大图',
  figures: '大字 `value`，小字 `label`；横排',
} as const;

/** `x`, `{{x}}` and `!x` → the bare key. */
const keyOf = (reference: string): string => reference.replace(/^!/, '').replace(/^\{\{|\}\}$/g, '');

function conditionOf(visible: string | undefined): string {
  if (visible === undefined) {
    return '一直显示';
  }
  const key = code(keyOf(visible));
  return visible.startsWith('!') ? `${key} 为空或 false` : `${key} 不为空且不是 false`;
}

/** What is bound and set in one component, in the words of the builder. */
function settingsOf(component: CardComponent): string {
  switch (component.kind) {
    case 'strip':
      return `文字 ${code(component.text)}；颜色和形状随 ${code(keyOf(component.light))}：green 绿 ●、amber 黄 ◐、red 红 ■、grey 灰、空则无灯；灯旁文字 ${code(component.lightText)}`;
    case 'title':
      return `内容 ${code(component.text)}${component.quiet ? `；${code(component.quiet)} 为 true 时变灰、不加粗` : ''}`;
    case 'text':
      return `内容 ${literal(component.text)}；样式 ${TONES[component.tone ?? 'normal']}${component.maxLines ? `；最多 ${component.maxLines} 行` : ''}`;
    case 'fields':
    case 'images':
    case 'figures':
      return `循环 ${code(keyOf(component.list))}；${ROWS[component.kind]}`;
    case 'divider':
      return component.text ? `文字「${component.text}」` : '';
    case 'select':
      return `字段名 ${code(component.name)}；提示「${component.placeholder}」；选项依次为 ${component.options.map((option) => `「${option}」`).join('')}`;
    case 'input':
      return `字段名 ${code(component.name)}；提示「${component.placeholder}」；最多 ${component.maxLength} 字${component.value ? `；初始值 ${code(component.value)}` : ''}`;
    case 'stars':
      return `当前星数 ${code(component.value)}；${component.caption ? `下方文字 ${code(component.caption)}；` : ''}${
        component.done
          ? `只显示、不能点（${code(component.done)} 为 true）`
          : `点第 n 颗：回传请求，actionId ${code(component.actionId)}，参数 \`stars\` = n（数字）`
      }`;
    case 'button':
      return `文字 ${literal(component.text)}；${STYLES[component.style]}；actionId ${code(component.actionId)}；参数 ${paramsOf(component)}${component.enabled ? `；可点：${conditionOf(component.enabled)}` : ''}`;
    case 'link':
      return `文字 ${literal(component.text)}；链接 ${code(component.url)}；${STYLES[component.style]}`;
    case 'row':
      return `内含下面 ${component.items.length} 个组件`;
  }
}

const literal = (text: string): string => (/^\{\{.*\}\}$/.test(text) ? code(text) : `「${text}」`);

function paramsOf(button: Extract<CardComponent, { kind: 'button' }>): string {
  const fixed = Object.entries(button.params ?? {}).map(([name, value]) => `${code(name)} = ${code(value)}`);
  const typed = (button.inputs ?? []).map((name) => `${code(name)} = 同名组件的值`);
  return [...fixed, ...typed].join('，') || '无';
}

interface Numbered {
  place: string;
  component: CardComponent;
}

function numbered(components: readonly CardComponent[], prefix = ''): Numbered[] {
  return components.flatMap((component, index) => {
    const place = `${prefix}${index + 1}`;
    const inner = component.kind === 'row' ? numbered(component.items, `${place}.`) : [];
    return [{ place, component }, ...inner];
  });
}

/** The request-callback settings, one line for everything that can be pressed. */
function callbackRows(all: readonly Numbered[]): string[][] {
  return all.flatMap(({ place, component }) => {
    if (component.kind === 'button') {
      return [[place, code(component.actionId), literal(component.text), paramsOf(component)]];
    }
    if (component.kind === 'stars' && !component.done) {
      return [[place, code(component.actionId), '星', '`stars` = 点的是第几颗（数字 1–5）']];
    }
    return [];
  });
}

function guideOf(name: string, template: CardTemplate, number: number): string[] {
  const all = numbered(template.components);
  const callbacks = callbackRows(all);
  const privates = template.variables.filter((variable) => variable.private);
  return [
    `## ${number}. ${template.name}`,
    `我们的名字：${code(name)}。本地消息台里的模板 id：${code(template.id)}。共 ${template.variables.length} 个变量、${all.length} 个组件。`,
    `### ${number}.1 变量`,
    `逐个新建；**私有**一栏为“是”的 ${privates.length} 个要打开“私有变量”：每个收卡人各有一份，互不相见。示例值填进“模拟数据”，预览就能看到样子。`,
    table(
      ['变量名', '含义', '类型', '私有', '示例'],
      template.variables.map((variable) => [
        code(variable.key),
        variable.label,
        TYPES[variable.type],
        variable.private ? '是' : '',
        code(variable.sample),
      ]),
    ),
    `### ${number}.2 组件`,
    '自上而下放置；带小数点的编号放在同号的容器里。',
    table(
      ['次序', '组件', '设置', '显示条件'],
      all.map(({ place, component }) => [
        place,
        KINDS[component.kind],
        settingsOf(component),
        conditionOf(component.visible),
      ]),
    ),
    `### ${number}.3 回传请求`,
    callbacks.length === 0
      ? '这张卡没有回传请求，按钮只打开小程序。'
      : '点击行为选“回传请求”，actionId 和参数照填；`{{…}}` 选“变量”，其余选“组件的值”。',
    ...(callbacks.length === 0 ? [] : [table(['次序', 'actionId', '按钮', '参数'], callbacks)]),
  ];
}

/** The text of docs/card-templates.md. */
export function renderCardGuide(): string {
  const templates = Object.entries(CARD_TEMPLATES) as [string, CardTemplate][];
  const example = Object.fromEntries(templates.map(([name]) => [name, `<${name} 的模板 ID>.schema`]));
  return page([
    generated('server/src/notices/card-templates.ts'),
    '# 在卡片平台重建模板',
    `互动卡片的样子由卡片平台里的模板决定，模板须在开发者后台用搭建器搭一次。共 ${templates.length} 个。照本页搭完并发布，把模板 ID 填进配置即可；不搭也能用，收件人会收到普通的工作通知，点开进小程序办理。`,
    '> 搭建器的导出格式不公开，本项目没有在真实的卡片平台上核对过本页。核对过的是：服务器发出的数据、收到的回传，与本地消息台按同一份描述画出的卡片一致。搭建器里组件的叫法可能与本页不同，以变量、参数和显示条件为准。',
    '## 怎么搭',
    [
      '1. 登录钉钉开发者后台，打开“卡片平台”，选“新建模板”，类型选“消息卡片”，关联到本应用。',
      '2. 先建变量（各节 .1）。变量名逐字照抄，大小写有别；类型不符的值不会显示，也不报错。',
      '3. 再放组件（各节 .2）。文字里的 `{{变量}}` 用“绑定变量”填，不是打字。显示条件填在组件的“显隐”里。',
      '4. 给能点的组件设“回传请求”（各节 .3）。按钮的回传都要带 `rev`：服务器凭它知道按的是哪一版，同一版按两次只算一次。',
      '5. 链接按钮的点击行为选“跳转链接”，地址绑定变量，手机和电脑填同一个：值里已按设备分好。',
      '6. 不要给按钮设“点击后置灰”之类的本地更新：能不能点由服务器重绘，别人先办了也会变。',
      '7. 预览无误后“发布”。没发布的模板投放时会被拒绝（`param.templateUnpublished`）。',
      '8. 记下模板 ID，填进 `DINGTALK_CARD_TEMPLATES`：',
    ].join('\n'),
    `\`\`\`\nDINGTALK_CARD_TEMPLATES='${JSON.stringify(example)}'\n\`\`\``,
    '改了组件或变量要另建模板、换 ID：已发出的卡片认的是旧模板。每个变量的值不超过 1 KB。',
    ...templates.flatMap(([name, template], index) => guideOf(name, template, index + 1)),
    '## 搭好以后试一遍',
    [
      '1. 由委员提交一条民情，审核人应在机器人会话里收到第 1 种卡片，有「受理」按钮和「退回补充」「看全部」两个链接。',
      '2. 点「受理」：两秒内卡片变灰，状态条是“民情审核”，下面一行写着谁、何时受理。',
      '3. 交办之后，承办单位的卡片先有「签收」；签收后选结果、写答复，点「答复」。选“列入计划”或“暂不能办”时，卡片上出现“接着填”的链接，写过的字还在。',
      '4. 委员的卡片上点五颗星，出现「打五星」；再点才算数，之后星星不能再点。',
      '5. 同一单位另一位经办人的卡片也应变灰，再点会得到“谁、何时已办”的说明。',
    ].join('\n'),
  ]);
}

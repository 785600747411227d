/** docs/statistics.md from the definitions: every figure, its formula, what it leaves out. */
import {
  DELIVERED_RATE,
  FIGURES,
  FLOW_END_NAMES,
  FLOW_ENDS,
  FLOW_STEPS,
  LEAST_RANKED,
  PARTICIPATION,
  PERIOD_NAMES,
  PERIODS,
  POINT_ACT_NAMES,
  POINT_ACTS,
  STAGE_NAMES,
  STAGES,
  STANDARD_POINTS,
  USUAL_FIGURES,
} from '../../shared/src/statistics/index.ts';
import { code, generated, page, table } from './markdown.ts';

const FORMS = { count: '件数', rate: '比率', mean: '平均' } as const;

export function renderStatistics(): string {
  return page([
    generated('shared/src/statistics'),
    '# 统计指标',
    [
      '每个数字只在 `shared/src/statistics` 定义一次，驾驶舱、通报、导出和清单都用它。一件民情计一次；合计等于各部分之和；',
      '每个数字都能打开它背后的民情，件数与数字一致，并标明截至时间和 `seq`（统计到台账的第几条）。',
      '启用日期以前提交的民情不计入任何数字。比率分母少于下限的单位、地区、类别不参加排名，',
      `下限默认 ${LEAST_RANKED} 件，管理员可以改。对比期（环比、同比）取到与本期相同的进度，按现在的状态计算。`,
    ].join('\n'),
    '## 指标',
    table(
      ['代码', '名称', '形式', '怎么算', '不计入'],
      USUAL_FIGURES.map((name) => {
        const { name: label, form, formula, leavesOut } = FIGURES[name];
        return [code(name), label, FORMS[form], formula, leavesOut];
      }),
    ),
    '不是由民情、而是由委员或通知算出的：',
    table(
      ['名称', '怎么算', '不计入'],
      [PARTICIPATION, DELIVERED_RATE].map(({ name, formula, leavesOut }) => [name, formula, leavesOut]),
    ),
    '## 各环节用时',
    '一律按工作时间的整分钟计，一天 7 小时。平均数是分钟之和除以次数；九成用时指十件里有九件不超过的时间。',
    table(
      ['代码', '环节', '从', '到'],
      STAGE_NAMES.map((name) => [code(name), STAGES[name].name, STAGES[name].from, STAGES[name].to]),
    ),
    '## 从上报到满意',
    '本期提交的每件民情，现在恰好在一处。每一步的件数等于下一步加上停在或离开这一步的。',
    table(
      ['步骤', '停在或离开这一步的'],
      FLOW_STEPS.map(({ id, name, ends }) => [
        name,
        id === 'satisfied' ? '' : ends.map((end) => FLOW_ENDS[end]).join('、'),
      ]),
    ),
    `各处的件数也是指标，代码为 ${FLOW_END_NAMES.map((end) => code(`at:${end}`)).join('、')}。`,
    '## 合并、退回和转出的怎么计',
    [
      '- **并案**：计入上报，停在「已并案」；受理、交办、答复只计并入的那一件。',
      '- **不予受理、撤回**：计入上报，各停在自己的一处，不计受理。',
      '- **上报、下转**：计入现在受理的地区；原来收到的地区计一次「转出」。',
      '- **改派、退回改派**：交办只计首次；每张交办单的时限各自计算，时限前收回的不计。',
      '- **整改、重办**：办结率里不算已答复；按期率看首轮，整改另计整改按期率。',
      '- **复核认定非单位责任**：那一轮评价不计入满意率，星数保持原样。',
    ].join('\n'),
    '## 时间段',
    `可选 ${PERIOD_NAMES.map((name) => PERIODS[name]).join('、')}；进行中的时间段取到今天，今天还没到期的时限不计。`,
    '## 履职积分',
    '规则从某一天起生效，已经得到的分按当天的规则计；可以设全年封顶。没有设置时：',
    table(
      ['事项', '分'],
      POINT_ACT_NAMES.map((act) => [POINT_ACTS[act], String(STANDARD_POINTS.points[act])]),
    ),
    '## 核对',
    '`npm run statistics:check` 从事件历史重算每件民情和每个合计，与保存的数字逐一比较，可以在服务运行时执行。',
  ]);
}

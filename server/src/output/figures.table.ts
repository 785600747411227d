/** The tables of 统计 as a workbook: every figure with what it is made of, what it means and what it leaves out. */
import type { FigureView, FiguresView, StatisticsFilter } from '@minqing/shared/contract';
import { FIGURES, PARTICIPATION, type FigureName } from '@minqing/shared/statistics';
import type { Actor } from '@minqing/shared/workflow';
import type { Statistics } from '../statistics/index.ts';
import type { Cell, Column, Sheet } from '../workbook/index.ts';

const GROUPED: readonly FigureName[] = [
  'reported',
  'dispatched',
  'replied',
  'closed',
  'closeRate',
  'onTimeRate',
  'solvedRate',
  'satisfactionRate',
  'reworkRate',
  'stars',
];
const SPLITS = [
  { split: 'area', name: '各地', head: '地区' },
  { split: 'unit', name: '承办单位', head: '单位' },
  { split: 'category', name: '类别', head: '类别' },
  { split: 'month', name: '按月', head: '月份' },
] as const;

/** Rates as shares, so that they can be sorted and charted; null where there is nothing to divide by. */
const cellOf = ({ form, part, whole, value }: FigureView): Cell =>
  form === 'rate' ? (whole === 0 ? null : part / whole) : value;

const kindOf = (id: FigureName): Column['kind'] =>
  ({ count: 'count', rate: 'percent', mean: 'decimal' } as const)[FIGURES[id].form];

function groupSheet(view: FiguresView, { name, head }: (typeof SPLITS)[number]): Sheet {
  return {
    name,
    columns: [
      { head, width: 24 },
      ...GROUPED.map((id) => ({ head: FIGURES[id].name, width: 11, kind: kindOf(id) })),
    ],
    pages: [
      view.groups.map((group) => [
        group.name,
        ...GROUPED.map((id) => {
          const figure = group.figures.find((each) => each.id === id);
          return figure ? cellOf(figure) : null;
        }),
      ]),
    ],
  };
}

/** All sheets, read at the same standing as the page shows. Throws when the viewer may not read them. */
export async function figureSheets(
  statistics: Pick<Statistics, 'figures' | 'stages'>,
  viewer: Actor,
  filter: StatisticsFilter,
): Promise<{ sheets: Sheet[]; period: string }> {
  const whole = await statistics.figures(viewer, { ...filter, split: 'none', compare: true });
  const stages = await statistics.stages(viewer, { ...filter, split: 'none', stage: 'handle' });
  const sheets: Sheet[] = [
    {
      name: '总体',
      columns: [
        { head: '指标', width: 16 },
        { head: '数值', width: 12 },
        { head: '怎么得来', width: 46, kind: 'wrapped' },
        { head: '环比', width: 26 },
        { head: '同比', width: 26 },
        { head: '公式', width: 52, kind: 'wrapped' },
        { head: '不计', width: 44, kind: 'wrapped' },
      ],
      pages: [
        [
          ...whole.figures.map((figure): Cell[] => [
            figure.name,
            figure.text,
            figure.fraction,
            figure.last?.phrase ?? null,
            figure.year?.phrase ?? null,
            FIGURES[figure.id].formula,
            FIGURES[figure.id].leavesOut,
          ]),
          ...(whole.participation
            ? [
                [
                  PARTICIPATION.name,
                  whole.participation.text,
                  whole.participation.fraction,
                  null,
                  null,
                  PARTICIPATION.formula,
                  PARTICIPATION.leavesOut,
                ],
              ]
            : []),
          [],
          ['时间', whole.period.text],
          ['截至', whole.asOfText],
          ['记录号', String(whole.seq)],
        ],
      ],
    },
    {
      name: '各环节用时',
      columns: [
        { head: '环节', width: 12 },
        { head: '件数', width: 10, kind: 'count' },
        { head: '平均', width: 14 },
        { head: '九成在…以内', width: 16 },
        { head: '同比', width: 26 },
        { head: '从哪里到哪里', width: 60, kind: 'wrapped' },
      ],
      pages: [
        stages.stages.map((stage): Cell[] => [
          stage.name,
          stage.count,
          stage.meanText,
          stage.p90Text,
          stage.year?.phrase ?? null,
          stage.formula,
        ]),
      ],
    },
  ];
  for (const one of SPLITS) {
    const view = await statistics.figures(viewer, {
      ...filter,
      split: one.split,
      figures: GROUPED.join(','),
      compare: false,
    });
    if (view.groups.length > 0) {
      sheets.push(groupSheet(view, one));
    }
  }
  return { sheets, period: whole.period.text };
}

/** ECharts with the few parts the product draws; loaded when the first chart is shown. */
import { LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';

use([LineChart, GridComponent, LabelLayout, SVGRenderer]);

export interface Line {
  name: string;
  values: readonly number[];
  color: string;
  dotted: boolean;
}

/** Draws lines over named places; answers how to fit them to a new size and how to end. */
export function drawLines(
  element: HTMLElement,
  places: readonly string[],
  lines: readonly Line[],
  look: { ink: string; rule: string; font: string; size?: number; end?: boolean; ground?: string },
) {
  const chart = init(element, null, { renderer: 'svg' });
  chart.setOption({
    animation: false,
    grid: {
      left: 8,
      right: look.end ? 5 * (look.size ?? 12) + 24 : 16,
      top: 12,
      bottom: 4,
      containLabel: true,
    },
    xAxis: {
      type: 'category',
      data: [...places],
      boundaryGap: false,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.rule } },
      axisLabel: { color: look.ink, fontFamily: look.font, fontSize: look.size ?? 12, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitLine: { lineStyle: { color: look.rule } },
      axisLabel: { color: look.ink, fontFamily: look.font, fontSize: look.size ?? 12 },
    },
    series: lines.map(({ name, values, color, dotted }) => ({
      name,
      type: 'line',
      data: [...values],
      showSymbol: values.length < 2,
      lineStyle: { color, width: dotted ? 2 : 2.5, type: dotted ? 'dotted' : 'solid' },
      itemStyle: { color },
      // Named at its end instead of in a legend, with what it came to.
      ...(look.end
        ? {
            endLabel: {
              show: true,
              color,
              fontFamily: look.font,
              fontSize: look.size ?? 12,
              formatter: `${name} ${(values.at(-1) ?? 0).toLocaleString('zh-CN')}`,
            },
            labelLayout: { moveOverlap: 'shiftY' as const },
          }
        : {}),
      ...(dotted || !look.ground ? {} : { areaStyle: { color: look.ground } }),
    })),
  });
  return { resize: () => chart.resize(), end: () => chart.dispose() };
}

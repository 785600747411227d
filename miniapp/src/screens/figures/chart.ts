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

/** Of the point at a line's end, CSS pixels. */
const END_DOT = 8;
/** As far from the first point or under the lowest a finger may be. */
const NEAR = 12;

/**
 * Draws lines over named places; answers how to show others in their stead, how to fit them to a new size and how to
 * end. `pick` is told which place and which line a tap was nearest to.
 */
export function drawLines(
  element: HTMLElement,
  firstPlaces: readonly string[],
  firstLines: readonly Line[],
  look: { ink: string; rule: string; font: string; size?: number; end?: boolean; ground?: string },
  pick?: (place: number, line: number) => void,
) {
  const chart = init(element, null, { renderer: 'svg' });
  let [places, lines] = [firstPlaces, firstLines];
  const option = () => ({
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
      symbol: 'circle',
      symbolSize: (_value: unknown, { dataIndex }: { dataIndex: number }) =>
        dataIndex === values.length - 1 ? END_DOT : 0,
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
  chart.setOption(option());
  if (pick) {
    const across = (at: number): number => Number(chart.convertToPixel({ xAxisIndex: 0 }, at));
    const up = (value: number): number => Number(chart.convertToPixel({ yAxisIndex: 0 }, value));
    /** Over the lines or the words at their ends; below are the names of places. */
    const within = (x: number, y: number): boolean => x > across(0) - NEAR && y < up(0) + NEAR;
    const surface = chart.getZr();
    surface.on('mousemove', ({ offsetX: x, offsetY: y }) =>
      surface.setCursorStyle(within(x, y) ? 'pointer' : 'default'),
    );
    surface.on('click', ({ offsetX: x, offsetY: y }) => {
      if (!within(x, y)) {
        return;
      }
      const last = places.length - 1;
      const step = last > 0 ? (across(last) - across(0)) / last : 1;
      const at = Math.min(last, Math.max(0, Math.round((x - across(0)) / step)));
      const away = lines.map(({ values }) => Math.abs(up(values[at] ?? 0) - y));
      pick(at, away.indexOf(Math.min(...away)));
    });
  }
  return {
    /** In the same chart: a finger that is on it just then still taps. */
    show(nextPlaces: readonly string[], nextLines: readonly Line[]): void {
      [places, lines] = [nextPlaces, nextLines];
      chart.setOption(option());
    },
    resize: () => chart.resize(),
    end: () => chart.dispose(),
  };
}

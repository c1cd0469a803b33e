/** The results as one picture: whole cluster and growth over n, and the ratios that have a limit. */
import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import type { EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Results } from './results.ts';
import { ratiosWithLimits } from './limits.ts';

const WIDTH = 960;
const HEIGHT = 420;
const colours = { floor: '#8a8f98', within: '#2f6fde', over: '#c0392b' } as const;

export function drawPlot(results: Results): Promise<string> {
  use([
    BarChart,
    LineChart,
    ScatterChart,
    GridComponent,
    LegendComponent,
    TitleComponent,
    SVGRenderer,
  ]);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  chart.setOption(plotOption(results));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return Promise.resolve(`${svg}\n`);
}

function plotOption(results: Results): EChartsCoreOption {
  return {
    animation: false,
    backgroundColor: '#ffffff',
    title: [
      { text: 'Whole cluster, CPU', left: 60, top: 8, textStyle: { fontSize: 15 } },
      { text: 'Within over floor, and the limit', left: 520, top: 8, textStyle: { fontSize: 15 } },
    ],
    legend: { data: ['floor', 'Within'], left: 230, top: 10 },
    grid: [
      { left: 60, width: 380, top: 80, bottom: 50 },
      { left: 660, right: 60, top: 50, bottom: 50 },
    ],
    ...axes(results),
    series: [...costLines(results), ...ratioBars(results)],
  };
}

function axes(results: Results): EChartsCoreOption {
  const names = ratiosWithLimits(results).map(({ name }) => name);
  return {
    xAxis: [
      { type: 'log', name: 'n', gridIndex: 0, min: 4 },
      { type: 'value', gridIndex: 1, min: 0 },
    ],
    yAxis: [
      { type: 'log', name: 'CPU ms', gridIndex: 0, min: 100 },
      { type: 'category', gridIndex: 1, data: names, inverse: true },
    ],
  };
}

function costLines({ parts }: Results): object[] {
  const all = parts.whole?.value ?? [];
  const line = (name: string, of: 'floor' | 'within'): object => ({
    name,
    type: 'line',
    xAxisIndex: 0,
    yAxisIndex: 0,
    symbolSize: 8,
    itemStyle: { color: colours[of] },
    data: all.map((one) => [one.n, Math.round(one[of].cpuMs)]),
  });
  return [line('floor', 'floor'), line('Within', 'within')];
}

/** A bar per ratio, and a mark where its limit is. */
function ratioBars(results: Results): object[] {
  const all = ratiosWithLimits(results);
  return [
    {
      type: 'bar',
      xAxisIndex: 1,
      yAxisIndex: 1,
      barWidth: '45%',
      label: { show: true, position: 'right' },
      data: all.map(({ ratio, limit }) => ({
        value: Number(ratio.toFixed(2)),
        itemStyle: { color: ratio <= limit ? colours.within : colours.over },
      })),
    },
    {
      type: 'scatter',
      xAxisIndex: 1,
      yAxisIndex: 1,
      symbol: 'rect',
      symbolSize: [3, 26],
      itemStyle: { color: '#1f2328' },
      data: all.map(({ limit }, row) => [limit, row]),
    },
  ];
}

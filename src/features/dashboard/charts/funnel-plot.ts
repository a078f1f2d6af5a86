import type { Draw } from '../plot-figure.tsx';
import type { Row } from '../sheets/sheet.ts';
import { type FunnelSheet, limitLines } from '../sheets/variation.ts';
import { INK } from './palette.ts';

/** Who lies beyond the limits, and by how much they were measured. */
export const funnelPlot =
  ({ rows, funnel }: FunnelSheet, named: boolean): Draw =>
  (plot, width) => {
    const seen = rows.filter(({ figures }) => figures[0]?.value !== undefined);
    const most = Math.max(10, ...seen.map(({ total }) => total ?? 0));
    const lines = funnel ? limitLines(funnel, most) : [];
    const y = (row: Row): number => 100 * (row.figures[0]?.value ?? 0);
    const n = (row: Row): number => row.total ?? 0;
    const beyond = seen.filter(({ mark }) => mark?.startsWith('beyond'));
    const curve = (level: number, side: 'low' | 'high') =>
      plot.line(
        lines.filter((one) => one.level === level),
        {
          x: 'n',
          y: (one: { low: number; high: number }) => 100 * one[side],
          stroke: level > 0.99 ? INK.text2 : INK.muted,
          strokeDasharray: level > 0.99 ? 'none' : '4 3',
          strokeWidth: 1.25,
        },
      );
    return {
      height: width < 420 ? 210 : 250,
      marginLeft: 40,
      marginRight: 14,
      marginBottom: 36,
      x: { label: 'Decided →', zero: true, nice: true, ticks: width < 420 ? 4 : 6 },
      y: { label: '↑ Followed of decided, %', domain: [0, 100], grid: true, ticks: 5 },
      marks: [
        plot.gridY({ stroke: INK.grid, strokeOpacity: 1 }),
        ...(funnel ? [plot.ruleY([100 * funnel.centre], { stroke: INK.text2 })] : []),
        curve(0.95, 'low'),
        curve(0.95, 'high'),
        curve(0.998, 'low'),
        curve(0.998, 'high'),
        plot.dot(seen, {
          x: n,
          y,
          r: 4,
          symbol: (row: Row) => (row.mark === 'within the limits' ? 'inside' : 'beyond'),
          fill: (row: Row) => (row.mark === 'within the limits' ? INK.first : INK.danger),
          stroke: INK.surface,
        }),
        ...(named
          ? [
              plot.text(beyond, {
                x: n,
                y,
                text: 'label',
                dy: 13,
                fill: INK.text,
                fontWeight: 600,
                stroke: INK.surface,
                strokeWidth: 3,
              }),
            ]
          : []),
        plot.dot(seen, plot.pointer({ x: n, y, r: 8, stroke: INK.text })),
      ],
      symbol: { domain: ['inside', 'beyond'], range: ['circle', 'diamond2'] },
    };
  };

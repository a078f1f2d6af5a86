import type { Draw } from '../plot-figure.tsx';
import type { Row } from '../sheets/sheet.ts';
import { INK } from './palette.ts';

/** What was predicted against what happened; on the line both agree. */
export const calibrationPlot =
  (rows: readonly Row[]): Draw =>
  (plot, width) => {
    const seen = rows.filter(({ figures }) => figures.every((one) => one?.value !== undefined));
    const at =
      (index: number) =>
      (row: Row): number =>
        100 * (row.figures[index]?.value ?? 0);
    const limit =
      (side: 'low' | 'high') =>
      (row: Row): number =>
        100 * (row.figures[1]?.interval?.[side] ?? 0);
    const most = Math.min(
      100,
      Math.max(20, ...seen.flatMap((row) => [at(0)(row), limit('high')(row)])),
    );
    return {
      height: Math.min(280, width * 0.8),
      marginLeft: 40,
      marginRight: 16,
      marginBottom: 36,
      x: { label: 'Predicted, % →', domain: [0, most], ticks: 5 },
      y: { label: '↑ Observed, %', domain: [0, most], grid: true, ticks: 5 },
      marks: [
        plot.gridY({ stroke: INK.grid, strokeOpacity: 1 }),
        plot.line(
          [
            [0, 0],
            [most, most],
          ],
          { stroke: INK.text2, strokeDasharray: '4 3' },
        ),
        plot.ruleX(seen, {
          x: at(0),
          y1: limit('low'),
          y2: limit('high'),
          stroke: INK.first,
          strokeWidth: 1.75,
        }),
        plot.dot(seen, { x: at(0), y: at(1), fill: INK.first, stroke: INK.surface, r: 4 }),
      ],
    };
  };

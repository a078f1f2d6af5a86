import type { Figure } from '#src/domain/metrics/figure.ts';
import type { Draw } from '../plot-figure.tsx';
import type { Row } from '../sheets/sheet.ts';
import { changeMarks, type Mark } from './change-marks.ts';
import { INK } from './palette.ts';

/** A line of a chart over time. */
export interface Series {
  /** Index into a row's figures. */
  readonly figure: number;
  readonly look: 'first' | 'second' | 'third';
}

export interface TimeLines {
  readonly rows: readonly Row[];
  readonly series: readonly Series[];
  readonly marks: readonly Mark[];
  /** `percent` starts at zero and ends where the data does; `number` likewise, in its own unit. */
  readonly scale: 'percent' | 'number';
  readonly yLabel: string;
  /** Multiplies values: ms to s. */
  readonly per?: number;
}

interface Point extends Row {
  readonly x: Date;
  readonly y: number;
  readonly low: number | undefined;
  readonly high: number | undefined;
}

const DASHES = { first: 'none', second: '5 3', third: '1.5 3' } as const;
const SHAPES = { first: 'circle', second: 'triangle', third: 'square' } as const;

/** Lines over weeks with their intervals, and the change log as numbered rules. */
export const timeLines =
  ({ rows, series, marks, scale, yLabel, per = 1 }: TimeLines): Draw =>
  (plot, width) => {
    const factor = scale === 'percent' ? 100 : per;
    const all = series.map((one) => ({ ...one, points: pointsOf(rows, one.figure, factor) }));
    const ends = rows.flatMap(({ at }) => (at === undefined ? [] : [at]));
    const span = { from: Math.min(...ends), to: Math.max(...ends) + WEEK, width };
    return {
      height: width < 420 ? 200 : 230,
      marginLeft: 40,
      marginRight: 14,
      marginTop: 26,
      marginBottom: 36,
      x: { type: 'utc', label: null, ticks: width < 420 ? 4 : 8 },
      y: { label: yLabel, zero: true, grid: true, nice: true, ticks: 5 },
      marks: [
        plot.gridY({ stroke: INK.grid, strokeOpacity: 1 }),
        changeMarks(plot, marks, span),
        ...all.flatMap(({ points, look }) => [
          plot.areaY(
            points.filter(({ low }) => low !== undefined),
            { x: 'x', y1: 'low', y2: 'high', fill: INK[look], fillOpacity: 0.14, curve: 'linear' },
          ),
          plot.lineY(points, {
            x: 'x',
            y: 'y',
            stroke: INK[look],
            strokeWidth: 1.75,
            strokeDasharray: DASHES[look],
          }),
          plot.dot(points, {
            x: 'x',
            y: 'y',
            // A week that is not over is hollow: it will still move.
            fill: ({ soFar }: Point) => (soFar ? INK.surface : INK[look]),
            stroke: INK[look],
            strokeWidth: 1,
            symbol: SHAPES[look],
            r: points.length > 40 ? 1.5 : 2.75,
          }),
        ]),
        plot.ruleX(all[0]?.points ?? [], plot.pointerX({ x: 'x', stroke: INK.text2 })),
        plot.ruleY([0], { stroke: INK.muted }),
        plot.axisX({ fill: INK.text2, stroke: INK.muted, label: null, ticks: width < 420 ? 4 : 8 }),
      ],
    };
  };

const WEEK = 7 * 86_400_000;

function pointsOf(rows: readonly Row[], at: number, factor: number): readonly Point[] {
  return rows.flatMap((row) => {
    const figure: Figure | undefined = row.figures[at];
    if (figure?.value === undefined || row.at === undefined) return [];
    const { value, interval } = figure;
    return [
      {
        ...row,
        x: new Date(row.at),
        y: value * factor,
        low: interval && interval.low * factor,
        high: interval && interval.high * factor,
      },
    ];
  });
}

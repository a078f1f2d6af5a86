import type { SeriesPoint } from '#src/domain/monitoring/signal.ts';
import type { Draw } from '../plot-figure.tsx';
import { changeMarks, type Mark } from './change-marks.ts';
import { INK } from './palette.ts';

/** A signal's weeks: the share, the level it is held against, its limits, and where it began. */
export const controlChart =
  (series: readonly SeriesPoint[], since: string, marks: readonly Mark[]): Draw =>
  (plot, width) => {
    const at = ({ week }: SeriesPoint): Date => new Date(week);
    const times = series.map(({ week }) => Date.parse(week));
    const span = { from: Math.min(...times), to: Math.max(...times), width };
    const of = (pick: (one: SeriesPoint) => number | null) => (one: SeriesPoint) => {
      const value = pick(one);
      return value === null ? Number.NaN : 100 * value;
    };
    const limited = series.filter(({ low }) => low !== null);
    const value = of((one) => one.value);
    const late = series.filter(({ week, value: own }) => week >= since && own !== null);
    return {
      height: 180,
      marginLeft: 40,
      marginRight: 10,
      marginTop: 26,
      marginBottom: 36,
      x: { type: 'utc', label: null, ticks: width < 420 ? 4 : 6 },
      y: { label: '↑ %', zero: true, nice: true, grid: true, ticks: 4 },
      marks: [
        plot.gridY({ stroke: INK.grid, strokeOpacity: 1 }),
        plot.areaY(limited, {
          x: at,
          y1: of((one) => one.low),
          y2: of((one) => one.high),
          fill: INK.muted,
          fillOpacity: 0.16,
        }),
        plot.line(series, {
          x: at,
          y: of((one) => one.centre),
          stroke: INK.text2,
          strokeDasharray: '4 3',
        }),
        changeMarks(plot, marks, span),
        plot.line(series, { x: at, y: value, stroke: INK.first, strokeWidth: 1.75 }),
        plot.dot(series, { x: at, y: value, fill: INK.first, r: 2.25 }),
        plot.dot(late, {
          x: at,
          y: value,
          fill: INK.danger,
          symbol: 'diamond2',
          r: 4,
          stroke: INK.surface,
        }),
      ],
    };
  };

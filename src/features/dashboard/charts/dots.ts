import type { Draw } from '../plot-figure.tsx';
import type { Row } from '../sheets/sheet.ts';
import { INK } from './palette.ts';

export interface Dots {
  readonly rows: readonly Row[];
  /** Index into a row's figures, and how it is drawn. */
  readonly series: readonly { readonly figure: number; readonly look: 'first' | 'second' }[];
  readonly xLabel: string;
  /** `ratio`: on a log scale around 1; `number`: in its own unit. */
  readonly scale: 'percent' | 'ratio' | 'number';
}

interface Spot extends Row {
  readonly x: number;
  readonly low: number | undefined;
  readonly high: number | undefined;
}

/** One line for each row, a dot with its interval on it. */
export const dots =
  ({ rows, series, xLabel, scale }: Dots): Draw =>
  (plot, width) => {
    const factor = scale === 'percent' ? 100 : 1;
    const left = Math.min(width * 0.42, 30 + 6.6 * Math.max(8, ...rows.map((r) => r.label.length)));
    // Rows are told apart by key: two long names may be short for the same.
    const words = new Map(rows.map((row) => [row.key, shortenedInside(row.label, left / 6.4)]));
    const all = series.map(({ figure, look }, at) => ({
      look,
      dy: series.length > 1 ? (at === 0 ? -4 : 4) : 0,
      spots: rows.flatMap((row): Spot[] => {
        const found = row.figures[figure];
        if (found?.value === undefined) return [];
        const { value, interval } = found;
        return [
          {
            ...row,
            x: value * factor,
            low: interval && interval.low * factor,
            high: interval && interval.high * factor,
          },
        ];
      }),
    }));
    return {
      height: 46 + 26 * Math.max(1, rows.length),
      marginLeft: left,
      marginRight: 16,
      marginTop: 8,
      marginBottom: 34,
      x:
        scale === 'ratio'
          ? {
              type: 'log',
              label: xLabel,
              ticks: [0.25, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 4],
              tickFormat: (x: number) => `${+x.toFixed(2)}`,
              domain: ratioDomain(all.flatMap(({ spots }) => spots)),
            }
          : { label: xLabel, zero: true, nice: true, ticks: 5 },
      y: {
        domain: rows.map(({ key }) => key),
        tickFormat: (key: string) => words.get(key) ?? '',
        label: null,
        type: 'band',
        padding: 0.2,
      },
      marks: [
        plot.ruleY(rows, { y: 'key', stroke: INK.grid }),
        ...(scale === 'ratio'
          ? [plot.ruleX([1], { stroke: INK.text2, strokeDasharray: '4 3' })]
          : []),
        ...all.flatMap(({ spots, look, dy }) => [
          plot.ruleY(
            spots.filter(({ low }) => low !== undefined),
            { y: 'key', x1: 'low', x2: 'high', stroke: INK[look], strokeWidth: 2, dy },
          ),
          plot.dot(spots, {
            x: 'x',
            y: 'key',
            fill: INK[look],
            symbol: look === 'first' ? 'circle' : 'triangle',
            r: 4.5,
            stroke: INK.surface,
            dy,
          }),
        ]),
        plot.dot(all[0]?.spots ?? [], plot.pointerY({ x: 'x', y: 'key', r: 8, stroke: INK.text })),
      ],
    };
  };

/** Wide enough for what is drawn, never so narrow that a small difference looks large. */
function ratioDomain(spots: readonly Spot[]): [number, number] {
  const ends = spots.flatMap(({ x, low, high }) => [x, low ?? x, high ?? x]).filter((x) => x > 0);
  return [Math.max(0.1, Math.min(0.5, ...ends)), Math.min(10, Math.max(2, ...ends))];
}

/** With its end, where versions differ: "Sepsis ear… 3.1.0". */
function shortenedInside(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.slice(text.lastIndexOf(' '));
  return end.length > most / 2
    ? shortened(text, most)
    : `${shortened(text.slice(0, -end.length), most - end.length)}${end}`;
}

export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, Math.max(1, Math.floor(most) - 1))}…`;

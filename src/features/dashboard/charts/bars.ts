import type { Draw } from '../plot-figure.tsx';
import type { Row } from '../sheets/sheet.ts';
import { shortened } from './dots.ts';
import { INK } from './palette.ts';

/** A line of the chart: the name of an owner, or a bar. */
interface Line {
  readonly at: string;
  readonly words: string;
  readonly row: Row | undefined;
}

const LINE_PX = 22;

/** Bars under the name of who can act on them, with how many there are at the end of each. */
export const bars =
  (rows: readonly Row[]): Draw =>
  (plot, width) => {
    const seen = rows.filter(({ parts }) => parts[0] !== undefined);
    const lines = Map.groupBy(seen, ({ group }) => group ?? '');
    const all = [...lines].flatMap(([owner, own]): Line[] => [
      { at: `owner ${owner}`, words: owner, row: undefined },
      ...own.map((row) => ({ at: row.key, words: row.label, row })),
    ]);
    const left = Math.min(
      width * 0.58,
      24 + 6.3 * Math.max(8, ...all.map((one) => one.words.length)),
    );
    const count = ({ row }: Line): number => row?.parts[0] ?? 0;
    const drawn = all.filter(({ row }) => row !== undefined);
    const heads = all.filter(({ row }) => row === undefined);
    const words = { frameAnchor: 'left', textAnchor: 'start', dx: -left + 2 } as const;
    return {
      height: 8 + LINE_PX * Math.max(1, all.length),
      marginLeft: left,
      marginRight: 44,
      marginTop: 4,
      marginBottom: 4,
      x: { axis: null, zero: true },
      y: { axis: null, domain: all.map(({ at }) => at), padding: 0.28 },
      marks: [
        plot.barX(drawn, { x: count, y: 'at', fill: INK.first }),
        plot.ruleX([0], { stroke: INK.muted }),
        plot.text(heads, { ...words, y: 'at', text: 'words', fill: INK.text, fontWeight: 600 }),
        plot.text(drawn, {
          ...words,
          dx: -left + 12,
          y: 'at',
          text: (line: Line) => shortened(line.words, (left - 16) / 6),
          fill: INK.text2,
        }),
        plot.text(drawn, {
          x: count,
          y: 'at',
          text: (line: Line) => `${count(line)}`,
          textAnchor: 'start',
          dx: 5,
          fill: INK.text,
        }),
      ],
    };
  };

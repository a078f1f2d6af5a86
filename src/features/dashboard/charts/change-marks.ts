import type { Plot, PlotOptions } from '../plot-figure.tsx';
import { INK } from './palette.ts';

/** An entry of the change log on a time axis. */
export interface Mark {
  /** Epoch ms. */
  readonly at: number;
  /** Its number in the list of changes. */
  readonly number: number;
}

export interface TimeSpan {
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  /** Of the chart, px. */
  readonly width: number;
}

const LEAST_APART_PX = 30;

/** The change log on a time axis: a dashed rule for each entry, its number above. */
export function changeMarks(
  plot: Plot,
  marks: readonly Mark[],
  { from, to, width }: TimeSpan,
): NonNullable<PlotOptions['marks']> {
  const seen = marks.filter(({ at }) => at >= from && at <= to);
  return [
    plot.ruleX(seen, {
      x: (mark: Mark) => new Date(mark.at),
      stroke: INK.text2,
      strokeDasharray: '2 2',
    }),
    plot.text(namesOf(seen, (LEAST_APART_PX * (to - from)) / width), {
      x: 'x',
      text: 'words',
      frameAnchor: 'top',
      dy: -14,
      fill: INK.text,
      fontWeight: 600,
    }),
  ];
}

/** Numbers that would lie on each other stand as one: "6–8". */
function namesOf(marks: readonly Mark[], apart: number) {
  const groups: { at: number; first: number; last: number }[] = [];
  for (const { at, number } of marks.toSorted((a, b) => a.at - b.at)) {
    const group = groups.at(-1);
    if (group && at - group.at < apart) group.last = number;
    else groups.push({ at, first: number, last: number });
  }
  return groups.map(({ at, first, last }) => ({
    x: new Date(at),
    words: first === last ? `${first}` : `${first}–${last}`,
  }));
}

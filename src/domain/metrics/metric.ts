import type { Counting, Counts } from './counts.ts';
import type { Figure } from './figure.ts';

/** A metric: what it counts of each row, and what is computed from the counts, once. */
export interface Metric<Row> extends Counting<Row> {
  readonly name: string;
  figures(counts: Counts): readonly Figure[];
}

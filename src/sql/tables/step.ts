/**
 * A table and the SELECT that makes it. What is rare costs nothing where it is not there: where the
 * table `empty` has no row, the other SELECT gives the same.
 */
export type Step = readonly [name: string, select: string, unless?: Unless];

interface Unless {
  readonly empty: string;
  readonly select: string;
}

/** The same as it was. */
export const unchanged = (empty: string, from: string): Unless => ({
  empty,
  select: `SELECT * FROM ${from}`,
});

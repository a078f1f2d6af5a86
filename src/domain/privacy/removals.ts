/** What one rule did to one column of one table. */
export interface Removal {
  readonly table: string;
  readonly column: string;
  readonly rule: string;
  /** Cells with something in them that are no longer what they were; of a column that is gone, all. */
  readonly cells: number;
}

export interface Removals {
  /** Counts cells of one column under one rule; asked for once, called for each cell. */
  counter(table: string, column: string, rule: string): (cells?: number) => void;
  /** Every rule that had cells, and every column that is gone. */
  all(): readonly Removal[];
}

export const COLUMN_REMOVED = 'column removed';

/** The account that goes into the manifest: rules and numbers, and never a value. */
export function removals(): Removals {
  const counts: { -readonly [K in keyof Removal]: Removal[K] }[] = [];
  return {
    counter(table, column, rule) {
      const own = { table, column, rule, cells: 0 };
      counts.push(own);
      return (cells = 1) => {
        own.cells += cells;
      };
    },
    all: () => counts.filter(({ cells, rule }) => cells > 0 || rule === COLUMN_REMOVED),
  };
}

/** What one rule did to one column of one table. */
export interface Removal {
  readonly table: string;
  readonly column: string;
  readonly rule: string;
  /** Cells with something in them that are no longer what they were; of a column that is gone, all. */
  readonly cells: number;
}

export interface Removals {
  count(table: string, column: string, rule: string, by?: number): void;
  all(): readonly Removal[];
}

/** The account that goes into the manifest: rules and numbers, and never a value. */
export function removals(): Removals {
  const counts = new Map<string, Removal>();
  return {
    count(table, column, rule, by = 1) {
      const key = `${table} ${column} ${rule}`;
      const cells = (counts.get(key)?.cells ?? 0) + by;
      counts.set(key, { table, column, rule, cells });
    },
    all: () => [...counts.values()],
  };
}

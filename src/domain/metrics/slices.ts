import { type Counting, type Counts, collect, merge } from './counts.ts';

/** Columns that rows of every kind share under one name; a row without one has null there. */
export interface Sliceable {
  readonly model_id?: string | null;
  readonly model_version?: string | null;
  readonly site?: string | null;
  readonly unit?: string | null;
  readonly clinician_role?: string | null;
  readonly risk_band?: string | null;
  readonly age_band?: string | null;
  readonly sex?: string | null;
  readonly race_ethnicity?: string | null;
  readonly language?: string | null;
  readonly payer?: string | null;
  /** Monday of the local week that the row belongs to. */
  readonly week?: string | null;
}

/** Columns about the patient, over which parity is asked. */
export const SUBGROUPS = ['age_band', 'sex', 'race_ethnicity', 'language', 'payer'] as const;

/** Names on the command line and in addresses, and the columns behind them. Slices are data. */
export const DIMENSIONS = {
  model: 'model_id',
  version: 'model_version',
  site: 'site',
  unit: 'unit',
  role: 'clinician_role',
  'risk-band': 'risk_band',
  age: 'age_band',
  sex: 'sex',
  race: 'race_ethnicity',
  language: 'language',
  payer: 'payer',
  week: 'week',
} as const satisfies Readonly<Record<string, keyof Sliceable>>;

export type Dimension = keyof typeof DIMENSIONS;

export const isDimension = (name: string): name is Dimension => Object.hasOwn(DIMENSIONS, name);

/** The value of each dimension; null where the row has none. */
export type Slice = readonly (string | null)[];

export const sliceOf = (row: Sliceable, by: readonly Dimension[]): Slice =>
  by.map((name) => row[DIMENSIONS[name]] ?? null);

export interface Sliced {
  readonly slice: Slice;
  readonly counts: Counts;
}

/** By the JSON of the slice, in its order. */
export type SlicedCounts = ReadonlyMap<string, Sliced>;

/** One aggregate for each combination of values that occurs; none of `by`: one for all rows. */
export const collectBy = <Row extends Sliceable>(
  counting: Counting<Row>,
  rows: Iterable<Row>,
  by: readonly Dimension[],
): SlicedCounts =>
  inOrder(
    alike(rows, by).map((group) => {
      const [first] = group;
      const slice = first ? sliceOf(first, by) : [];
      return [JSON.stringify(slice), { slice, counts: collect(counting, group) }];
    }),
  );

interface Branch<Row> {
  readonly by: Map<string | null, Branch<Row>>;
  readonly rows: Row[];
}

/** Rows of the same slice. A walk down some maps costs a row much less than the text of its slice. */
function alike<Row extends Sliceable>(
  rows: Iterable<Row>,
  by: readonly Dimension[],
): readonly (readonly Row[])[] {
  const columns = by.map((name) => DIMENSIONS[name]);
  const root: Branch<Row> = { by: new Map(), rows: [] };
  const groups: Row[][] = [];
  for (const row of rows) {
    let at = root;
    for (const column of columns) {
      const value = row[column] ?? null;
      let next = at.by.get(value);
      if (next === undefined) {
        next = { by: new Map(), rows: [] };
        at.by.set(value, next);
      }
      at = next;
    }
    if (at.rows.length === 0) groups.push(at.rows);
    at.rows.push(row);
  }
  return groups;
}

/** Partitions that were cut by the same dimensions, put together. */
export function mergeSlices(a: SlicedCounts, b: SlicedCounts): SlicedCounts {
  const both = new Map(a);
  for (const [key, { slice, counts }] of b) {
    const other = both.get(key);
    both.set(key, { slice, counts: other ? merge(other.counts, counts) : counts });
  }
  return inOrder([...both]);
}

/**
 * Numerators of each slice with the denominators of the slice that they share: an encounter has no
 * model, so it stands where the model is null, and is the denominator of every model. Joined when
 * figures are made and not when rows are counted, so that counts still merge.
 * @param lacks dimensions that rows of the denominator do not have. @param numerators their cells.
 */
export function sharingDenominators(
  counts: SlicedCounts,
  by: readonly Dimension[],
  lacks: readonly Dimension[],
  numerators: readonly string[],
): SlicedCounts {
  if (!by.some((name) => lacks.includes(name))) return counts;
  const joined = [...counts].flatMap(([key, each]): readonly (readonly [string, Sliced])[] => {
    const own = only(each.counts, (cell) => numerators.includes(cell));
    if (own.size === 0) return [];
    const shared = each.slice.map((value, i) =>
      lacks.some((name) => name === by[i]) ? null : value,
    );
    const below = counts.get(JSON.stringify(shared))?.counts ?? new Map();
    const rest = only(below, (cell) => !numerators.includes(cell));
    return [[key, { slice: each.slice, counts: merge(own, rest) }]];
  });
  return inOrder(joined);
}

function only(counts: Counts, wanted: (cell: string) => boolean): Counts {
  const kept = [...counts].map(
    ([cluster, cells]) => [cluster, new Map([...cells].filter(([cell]) => wanted(cell)))] as const,
  );
  return new Map(kept.filter(([, cells]) => cells.size > 0));
}

const inOrder = (entries: readonly (readonly [string, Sliced])[]): SlicedCounts =>
  new Map(entries.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

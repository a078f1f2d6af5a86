import { byNewest } from './json.ts';
import type { Result } from './observation.ts';

export interface FlowsheetRow {
  readonly key: string;
  readonly label: string;
  readonly unit: string | undefined;
  readonly range: string | undefined;
  readonly ai: boolean;
  /** One per column; the newest result of that column, if any. */
  readonly cells: readonly (Result | undefined)[];
  /** Digits after the point, the same all along the row. */
  readonly digits: number;
  /** All numeric values, oldest first. */
  readonly trend: readonly Result[];
}

export interface Flowsheet {
  /** Newest first, to the minute. */
  readonly columns: readonly string[];
  readonly rows: readonly FlowsheetRow[];
}

/** The order in which wards chart; what is not named here follows in order of appearance. */
const ROW_ORDER: readonly string[] = [
  '8310-5',
  '8867-4',
  '9279-1',
  '2708-6',
  '59408-5',
  '3151-8',
  '8480-6',
  '8462-4',
  '8478-0',
  '9269-2',
  '80288-4',
  '72514-3',
  '9187-6',
  '32693-4',
  '2524-7',
  '6690-2',
  '26464-8',
  '718-7',
  '777-3',
  '1988-5',
  '33959-8',
  '2160-0',
  '3094-0',
  '2823-3',
  '2951-2',
  '1975-2',
  '6301-6',
];

const rank = (key: string): number => {
  const index = ROW_ORDER.indexOf(key);
  return index < 0 ? ROW_ORDER.length : index;
};

export function buildFlowsheet(results: readonly Result[], maxColumns = 12): Flowsheet {
  const dated = results.filter((result) => minuteOf(result.at) !== undefined);
  const sorted = dated.toSorted(byNewest((result) => result.at));
  const columns = [...new Set(sorted.map((result) => minuteOf(result.at)))]
    .filter((minute) => minute !== undefined)
    .slice(0, maxColumns);
  const rows = new Map<string, Result[]>();
  for (const result of sorted) {
    const row = rows.get(result.key);
    if (row === undefined) rows.set(result.key, [result]);
    else row.push(result);
  }
  return {
    columns,
    rows: [...rows.entries()]
      .toSorted(([a], [b]) => rank(a) - rank(b))
      .map(([key, row]) => toRow(key, row, columns)),
  };
}

function toRow(key: string, row: readonly Result[], columns: readonly string[]): FlowsheetRow {
  const newest = row[0];
  return {
    key,
    label: newest?.label ?? key,
    unit: row.find((result) => result.unit !== undefined)?.unit,
    range: row.find((result) => result.range !== undefined)?.range,
    ai: row.some((result) => result.ai),
    cells: columns.map((column) => row.find((result) => minuteOf(result.at) === column)),
    digits: Math.max(0, ...row.map((result) => digitsOf(result.value))),
    trend: row.filter((result) => result.value !== undefined).toReversed(),
  };
}

const digitsOf = (value: number | undefined): number =>
  Math.min(3, String(value ?? '').split('.')[1]?.length ?? 0);

/** As the row writes it; a comparator stays in front. */
export function cellText(result: Result, digits: number): string {
  if (result.value === undefined) return result.text;
  return result.text.replace(String(result.value), result.value.toFixed(digits));
}

/** The newest result of any of these codes. */
export function latest(results: readonly Result[], ...keys: readonly string[]): Result | undefined {
  return results
    .filter((result) => keys.includes(result.key))
    .toSorted(byNewest((result) => result.at))[0];
}

function minuteOf(at: string | undefined): string | undefined {
  const time = Date.parse(at ?? '');
  return Number.isNaN(time)
    ? undefined
    : new Date(Math.floor(time / 60_000) * 60_000).toISOString();
}

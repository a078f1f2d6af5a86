import type { Figure } from '#src/domain/metrics/figure.ts';

/** Which decisions stand behind a row; what is absent does not matter. */
export interface Behind {
  readonly week?: string;
  readonly model?: string;
  readonly version?: string;
  readonly site?: string;
  readonly unit?: string;
  readonly reason?: string;
}

/** One mark of a chart, one line of its table. */
export interface Row {
  readonly key: string;
  readonly label: string;
  /** Second line: to whom it belongs, what it is compared with. */
  readonly group?: string;
  /** Epoch ms of its Monday, on a time axis. */
  readonly at?: number;
  /** It was not over when the counts were made. */
  readonly soFar?: boolean;
  /** Counts that exclude each other, by the sheet's parts; undefined: left out, being small. */
  readonly parts: readonly (number | undefined)[];
  /** Their sum, where the sheet has one. */
  readonly total?: number | undefined;
  /** By the sheet's figures; undefined: left out, since a small count could be worked out from it. */
  readonly figures: readonly (Figure | undefined)[];
  readonly behind?: Behind;
  /** Whether the row is set apart, and the word for it. */
  readonly mark?: string;
}

/** What a chart and its table are made of. */
export interface Sheet {
  /** Head of the first column. */
  readonly rowsAre: string;
  /** Length of a row on a time axis. */
  readonly spanMs?: number;
  readonly parts: readonly string[];
  /** Head of the sum of a row's parts; absent: they have none that means anything. */
  readonly total?: string;
  readonly figures: readonly string[];
  readonly rows: readonly Row[];
  /** Sums of the parts over all rows, where that means something; a gap where one is left out. */
  readonly sums?: readonly (number | undefined)[];
}

/** The figure of that name; every sheet asks for names that its metric has. */
export function figureNamed(figures: readonly Figure[], name: string): Figure {
  const found = figures.find((one) => one.name === name);
  if (!found) throw new Error(`There is no figure “${name}”.`);
  return found;
}

/** n of the sheet: all that its rows count. */
export const rowsTotal = ({ rows }: Sheet): number =>
  rows.reduce((sum, { total, parts }) => sum + (total ?? parts[0] ?? 0), 0);

/**
 * After its end in UTC a week still moves for so long: an answer counts within a day of its display, and
 * west of Greenwich the week itself ends up to half a day later.
 */
const MOVES_MS = 36 * 3_600_000;

/** The sheet with the rows marked that will still move, as things were at `asOf` (epoch ms). */
export function soFar<S extends Sheet>(sheet: S, asOf: number | undefined): S {
  const { spanMs, rows } = sheet;
  if (spanMs === undefined || asOf === undefined) return sheet;
  return {
    ...sheet,
    rows: rows.map((row) =>
      row.at === undefined || row.at + spanMs + MOVES_MS <= asOf
        ? row
        : { ...row, label: `${row.label}, so far`, soFar: true },
    ),
  };
}

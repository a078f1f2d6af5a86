import { LARGEST_SMALL } from '#src/domain/disclosure/count-table.ts';
import { suppress } from '#src/domain/disclosure/suppress.ts';
import { defineTable } from '#src/domain/tables/column.ts';
import { MODEL_COLUMNS } from '#src/domain/tables/column-groups.ts';

const counted = (description: string) =>
  ({
    type: 'integer',
    nullable: true,
    min: 0,
    description,
    source: 'response_units',
    privacy: 'none',
  }) as const;
const share = (description: string) =>
  ({
    type: 'number',
    nullable: true,
    min: 0,
    max: 1,
    unit: '1',
    description,
    source: 'response_units',
    privacy: 'none',
  }) as const;

/** The table that the starters make again from the files. */
export const ADOPTION = defineTable({
  name: 'adoption',
  grain: 'one version of one model',
  description: `What clinicians did with what was put before them: counts of \`response_units\`. In limited and de-identified packages counts of 1–${LARGEST_SMALL} are empty, and so is whatever would give them away.`,
  key: ['model_id', 'model_version'],
  columns: {
    ...MODEL_COLUMNS,
    accepted: counted('A.'),
    modified: counted('M: accepted with changes.'),
    overridden: counted('O.'),
    deferred: counted('Df: the answer in force is a deferral.'),
    no_response: counted('D − R: none in time.'),
    displayed: counted('D: recommendation versions × clinicians to whom they were displayed.'),
    acceptance_of_decided: share('(A+M)/(A+M+O).'),
    acceptance_of_displayed: share('(A+M)/D.'),
  },
});

const ANSWERS = ['accepted', 'accepted-modified', 'overridden', 'deferred'];

type Row = Readonly<Record<string, unknown>>;

export interface Adoption {
  readonly see: (unit: Row) => void;
  /** @param exact false: small counts are left out. */
  readonly rows: (exact: boolean) => { readonly rows: readonly Row[]; readonly hidden: number };
}

const shareOf = (
  above: readonly (number | undefined)[],
  below: readonly (number | undefined)[],
) => {
  let [numerator, denominator] = [0, 0];
  for (const one of above) numerator += one ?? Number.NaN;
  for (const one of below) denominator += one ?? Number.NaN;
  const found = numerator / denominator;
  return Number.isFinite(found) ? found : null;
};

/** Counts by model and version, from rows of `response_units` in any order. */
export function adoptionTable(): Adoption {
  const groups = new Map<string, { readonly model: Row; readonly cells: number[] }>();
  return {
    see({ model_id = null, model_version = null, response }) {
      const key = JSON.stringify([model_id, model_version]);
      const group = groups.get(key) ?? {
        model: { model_id, model_version },
        cells: [0, 0, 0, 0, 0],
      };
      groups.set(key, group);
      const at = typeof response === 'string' ? ANSWERS.indexOf(response) : ANSWERS.length;
      group.cells[at] = (group.cells[at] ?? 0) + 1;
    },
    rows(exact) {
      const inOrder = [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
      const cells = inOrder.map((one) => one.cells);
      const sums = cells.map((row) => row.reduce((all, one) => all + one, 0));
      const shown = exact
        ? { cells, rowTotals: sums }
        : suppress({ cells, rowTotals: true, columnTotals: false });
      const rows = inOrder.map(({ model }, at) => {
        const [A, M, O, Df, none] = shown.cells[at] ?? [];
        const D = shown.rowTotals[at];
        return {
          ...model,
          ...{ accepted: A ?? null, modified: M ?? null, overridden: O ?? null },
          ...{ deferred: Df ?? null, no_response: none ?? null, displayed: D ?? null },
          acceptance_of_decided: shareOf([A, M], [A, M, O]),
          acceptance_of_displayed: shareOf([A, M], [D]),
        };
      });
      const hidden = rows
        .flatMap((row) => Object.values(row).slice(2, 8))
        .filter((one) => one === null);
      return { rows, hidden: hidden.length };
    },
  };
}

import type { Column, Table } from '#src/domain/tables/column.ts';
import { actionOf } from './column-action.ts';
import type { Action, Profile } from './profile.ts';

/** One column as it came and as it goes. */
export interface ColumnPlan {
  readonly from: string;
  readonly action: Action;
  /** Undefined: it is not there. */
  readonly to: { readonly name: string; readonly column: Column } | undefined;
}

export interface TablePlan {
  readonly columns: readonly ColumnPlan[];
  /** The table that is written: what describes a package is made from it. */
  readonly table: Table;
}

export const YEAR = 'zero_year';

const fromZeroName = (name: string): string => `${name.replace(/_at$/, '')}_from_zero_ms`;

const fromZero = ({ description, source, nullable }: Column): Column => ({
  type: 'integer',
  ...(nullable && { nullable }),
  unit: 'ms',
  description: `${description} In milliseconds since the patient’s time zero, the first instant of this patient in the data; where no patient is named, since the first of the row.`,
  source,
  privacy: 'none',
});

const YEAR_COLUMN: Column = {
  type: 'integer',
  nullable: true,
  unit: 'a',
  description: 'Year of time zero, in UTC: one for each patient, since two would tell a New Year.',
  source: 'the first instant',
  privacy: 'none',
};

const SURROGATE = 'A random name, the same in all tables of this package.';

/** What stands there is open now, so its list and the sentence about it no longer hold. */
function columnFor(action: Action, column: Column): Column {
  const { description, values: _, ...rest } = column;
  switch (action) {
    case 'surrogate':
      return {
        ...rest,
        type: 'string',
        description: `${description} ${SURROGATE}`,
        privacy: 'none',
      };
    case 'word':
    case 'words':
      return {
        ...rest,
        description: `${description} A random name where the word was on no list.`,
      };
    case 'rare-word':
      return { ...rest, description: `${description} \`other\` where 1–10 patients have it.` };
    case 'display':
      return { ...rest, nullable: true, description: `${description} Empty where on no list.` };
    default:
      return column;
  }
}

function planOf(name: string, column: Column, action: Action): ColumnPlan {
  if (action === 'drop') return { from: name, action, to: undefined };
  if (action === 'from-zero')
    return { from: name, action, to: { name: fromZeroName(name), column: fromZero(column) } };
  return { from: name, action, to: { name, column: columnFor(action, column) } };
}

/** What becomes of a table under a profile. */
export function planTable(table: Table, profile: Profile, freeText: boolean): TablePlan {
  const columns = Object.entries(table.columns).map(([name, column]) =>
    planOf(name, column, actionOf(profile, name, column, freeText)),
  );
  const written = columns.flatMap(({ to }) => (to ? [[to.name, to.column] as const] : []));
  const timed = columns.some(({ action }) => action === 'from-zero');
  const all = [...written, ...(timed ? [[YEAR, YEAR_COLUMN] as const] : [])];
  return { columns, table: { ...table, columns: Object.fromEntries(all) } };
}

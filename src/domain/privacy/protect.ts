import type { Table } from '#src/domain/tables/column.ts';
import type { AnyRow, FirstLook } from './first-look.ts';
import type { Profile } from './profile.ts';
import { type ColumnPlan, planTable, YEAR } from './protected-table.ts';
import type { Removals } from './removals.ts';
import { kindOfColumn, type Surrogates } from './surrogates.ts';

export interface Protecting {
  readonly profile: Profile;
  readonly freeText: boolean;
  readonly surrogates: Surrogates;
  readonly look: FirstLook;
  readonly isKnown: (column: string, word: string) => boolean;
  readonly removals: Removals;
}

export interface Protected {
  readonly table: Table;
  readonly row: (row: AnyRow) => AnyRow;
}

/** Whether a cell holds anything. */
const isFilled = (value: unknown): boolean => value !== null && value !== undefined;

/** A table and its rows as they may leave under a profile. Every row must have had its first look. */
export function protect(table: Table, how: Protecting): Protected {
  const { removals, surrogates, look, isKnown } = how;
  const plan = planTable(table, how.profile, how.freeText);
  const timed = plan.columns.filter(({ action }) => action === 'from-zero').map(({ from }) => from);

  const count = (column: string, rule: string): void => removals.count(table.name, column, rule);
  for (const { from, action } of plan.columns)
    if (action === 'drop') removals.count(table.name, from, 'column removed', 0);

  function word(column: string, value: string): string {
    if (isKnown(column, value)) return value;
    count(column, 'word on no list, replaced by a random name');
    return surrogates.of(kindOfColumn(column), value);
  }

  function rareWord(column: string, value: string): string {
    const known = word(column, value);
    if (!look.isRare(column, value)) return known;
    count(column, 'word of 1–10 patients, replaced by other');
    return 'other';
  }

  function text({ action, from }: ColumnPlan, value: string): string | null {
    switch (action) {
      case 'surrogate':
        count(from, 'identifier, replaced by a random name');
        return surrogates.of(kindOfColumn(from), value);
      case 'word':
        return word(from, value);
      case 'words':
        return value
          .split(' ')
          .map((one) => word('reason_code', one))
          .join(' ');
      case 'rare-word':
        return rareWord(from, value);
      default:
        if (isKnown(from, value)) return value;
        count(from, 'words on no list, left out');
        return null;
    }
  }

  /** The reader has checked it; a text in a column for numbers would still go no further. */
  function closed({ from, to }: ColumnPlan, value: unknown): unknown {
    if (typeof value !== 'string' || to?.column.values?.includes(value)) return value;
    count(from, 'text in a closed column, left out');
    return null;
  }

  function zeroOf(row: AnyRow): number | undefined {
    const owner = look.ownerOf(row);
    const seen = owner === undefined ? undefined : look.zeroOf(owner);
    if (owner !== undefined && seen !== undefined)
      return Number(surrogates.first('zero', owner, String(seen)));
    const own = timed.map((name) => row[name]).filter((at) => typeof at === 'number');
    return own.length === 0 ? undefined : Math.min(...own);
  }

  function cell(column: ColumnPlan, value: unknown, zero: number | undefined): unknown {
    if (!isFilled(value)) return null;
    if (column.action === 'keep')
      return how.profile === 'deidentified' ? closed(column, value) : value;
    if (column.action === 'from-zero') {
      if (typeof value !== 'number' || zero === undefined) return null;
      count(column.from, 'time, replaced by milliseconds from time zero');
      return value - zero;
    }
    return text(column, String(value));
  }

  return {
    table: plan.table,
    row(row) {
      const zero = timed.length === 0 ? undefined : zeroOf(row);
      const made: Record<string, unknown> = {};
      for (const column of plan.columns) {
        const value = row[column.from];
        if (column.to) made[column.to.name] = cell(column, value, zero);
        else if (isFilled(value)) count(column.from, 'column removed');
      }
      if (timed.length > 0)
        made[YEAR] = zero === undefined ? null : new Date(zero).getUTCFullYear();
      return made;
    },
  };
}

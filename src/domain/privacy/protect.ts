import type { Table } from '#src/domain/tables/column.ts';
import type { AnyRow, FirstLook } from './first-look.ts';
import type { Profile } from './profile.ts';
import { type ColumnPlan, planTable, YEAR } from './protected-table.ts';
import { COLUMN_REMOVED, type Removals } from './removals.ts';
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

type Cell = (value: unknown, zero: number | undefined) => unknown;

/** What becomes of the cells of one column that hold anything. */
function cellOf(table: string, { from, action, to }: ColumnPlan, how: Protecting): Cell {
  const { surrogates, look, isKnown } = how;
  const counter = (rule: string) => how.removals.counter(table, from, rule);
  const kind = kindOfColumn(action === 'words' ? 'reason_code' : from);
  const known = (word: string): boolean => isKnown(from, word);
  const onText =
    (change: (text: string) => unknown): Cell =>
    (value) =>
      change(String(value));
  const unlisted = counter('word on no list, replaced by a random name');
  const word = (text: string): string => {
    if (known(text)) return text;
    unlisted();
    return surrogates.of(kind, text);
  };
  switch (action) {
    case 'keep': {
      if (how.profile !== 'deidentified') return (value) => value;
      // The reader has checked it; a text in a column for numbers would still go no further.
      const words = new Set<unknown>(to?.column.values);
      const misplaced = counter('text in a closed column, left out');
      return (value) => {
        if (typeof value !== 'string' || words.has(value)) return value;
        misplaced();
        return null;
      };
    }
    case 'surrogate': {
      const replaced = counter('identifier, replaced by a random name');
      return onText((text) => {
        replaced();
        return surrogates.of(kind, text);
      });
    }
    case 'from-zero': {
      const replaced = counter('time, replaced by milliseconds from time zero');
      return (value, zero) => {
        replaced();
        return typeof value === 'number' && zero !== undefined ? value - zero : null;
      };
    }
    case 'word':
      return onText(word);
    case 'words':
      return onText((text) => text.split(' ').map(word).join(' '));
    case 'rare-word': {
      const rare = counter('word of 1–10 patients, replaced by other');
      return onText((text) => {
        if (!look.isRare(from, text)) return word(text);
        rare();
        return 'other';
      });
    }
    case 'display': {
      const left = counter('words on no list, left out');
      return onText((text) => {
        if (known(text)) return text;
        left();
        return null;
      });
    }
    case 'drop': {
      const removed = counter(COLUMN_REMOVED);
      return () => removed();
    }
  }
}

/** A table and its rows as they may leave under a profile. Every row must have had its first look. */
export function protect(table: Table, how: Protecting): Protected {
  const { look, surrogates } = how;
  const plan = planTable(table, how.profile, how.freeText);
  const columns = plan.columns.map((column) => ({
    from: column.from,
    to: column.to?.name,
    cell: cellOf(table.name, column, how),
  }));
  const timed = plan.columns.filter(({ action }) => action === 'from-zero').map(({ from }) => from);

  function zeroOf(row: AnyRow): number | undefined {
    const owner = look.ownerOf(row);
    const seen = owner === undefined ? undefined : look.zeroOf(owner);
    if (owner !== undefined && seen !== undefined)
      return Number(surrogates.first('zero', owner, String(seen)));
    const own = timed.map((name) => row[name]).filter((at) => typeof at === 'number');
    return own.length === 0 ? undefined : Math.min(...own);
  }

  return {
    table: plan.table,
    row(row) {
      const zero = timed.length === 0 ? undefined : zeroOf(row);
      const made: Record<string, unknown> = {};
      for (const { from, to, cell } of columns) {
        const value = row[from] ?? null;
        const changed = value === null ? null : cell(value, zero);
        if (to !== undefined) made[to] = changed;
      }
      if (timed.length > 0)
        made[YEAR] = zero === undefined ? null : new Date(zero).getUTCFullYear();
      return made;
    },
  };
}

import { firstLook } from '#src/domain/privacy/first-look.ts';
import type { Profile } from '#src/domain/privacy/profile.ts';
import { type Protected, protect } from '#src/domain/privacy/protect.ts';
import { planTable } from '#src/domain/privacy/protected-table.ts';
import type { Removals } from '#src/domain/privacy/removals.ts';
import type { Surrogates } from '#src/domain/privacy/surrogates.ts';
import { knownWords, type Words } from '#src/domain/privacy/words.ts';
import type { Table } from '#src/domain/tables/column.ts';
import type { RowSource } from './row-source.ts';

export interface ProtectionOptions {
  readonly profile: Profile;
  readonly freeText: boolean;
  readonly surrogates: Surrogates;
  readonly words: Words;
}

/** How each table may be written, after one look at all rows where the profile needs it. */
export async function protection(
  source: RowSource,
  { profile, freeText, surrogates, words }: ProtectionOptions,
  removals: Removals,
): Promise<(table: Table) => Protected> {
  const plans = source.tables.map((table) => planTable(table, profile, freeText));
  const columns = plans.map(({ table, columns: all }) => [table.name, all] as const);
  const named = (action: string) => (all: (typeof columns)[number][1]) =>
    all.filter((one) => one.action === action).map(({ from }) => from);
  const instants = new Map(columns.map(([name, all]) => [name, named('from-zero')(all)]));
  const rareIn = [...new Set(columns.flatMap(([, all]) => named('rare-word')(all)))];
  const look = firstLook((table) => instants.get(table) ?? [], rareIn);
  if (profile === 'deidentified')
    for (const { name } of source.tables)
      for await (const row of source.rows(name)) look.see(name, row);
  const isKnown = knownWords(words);
  return (table) => protect(table, { profile, freeText, surrogates, look, isKnown, removals });
}

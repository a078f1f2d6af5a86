import { LARGEST_SMALL } from '#src/domain/disclosure/count-table.ts';

export type AnyRow = Readonly<Record<string, unknown>>;

/** Most of what must be known before the first row can be written. */
export interface FirstLook {
  see(table: string, row: AnyRow): void;
  /** Whose row it is: the patient, else the encounter; undefined where neither is named. */
  ownerOf(row: AnyRow): string | undefined;
  /** Epoch ms of the first instant of that owner. */
  zeroOf(owner: string): number | undefined;
  /** Whether a word stands for so few patients that it could point at one. */
  isRare(column: string, word: string): boolean;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/**
 * One pass over all rows. Time zero is a patient's first instant in these rows. Judgements and incidents
 * are about the patient of their answer: show the tables that have answers first.
 * @param instants columns of each table that hold one. @param rareIn columns whose rare words are hidden.
 */
export function firstLook(
  instants: (table: string) => readonly string[],
  rareIn: readonly string[],
): FirstLook {
  const zeros = new Map<string, number>();
  const ofDecision = new Map<string, string>();
  // No more is kept of a common word than that it is common.
  const patients = new Map<string, Set<string>>();
  const keyOf = (column: string, word: string): string => `${column} ${word}`;

  function ownerOf(row: AnyRow): string | undefined {
    const patient = text(row.patient_id);
    if (patient !== undefined) return `patient ${patient}`;
    const decision = text(row.decision_id);
    const through = decision === undefined ? undefined : ofDecision.get(decision);
    if (through !== undefined) return through;
    const encounter = text(row.encounter_id);
    return encounter === undefined ? undefined : `encounter ${encounter}`;
  }

  function seeWords(row: AnyRow, owner: string): void {
    for (const column of rareIn) {
      const word = text(row[column]);
      if (word === undefined) continue;
      const seen = patients.get(keyOf(column, word)) ?? new Set<string>();
      if (seen.size === 0) patients.set(keyOf(column, word), seen);
      if (seen.size <= LARGEST_SMALL) seen.add(owner);
    }
  }

  return {
    see(table, row) {
      const owner = ownerOf(row);
      if (owner === undefined) return;
      const decision = text(row.decision_id);
      if (decision !== undefined && table === 'decisions') ofDecision.set(decision, owner);
      seeWords(row, owner);
      for (const name of instants(table)) {
        const at = row[name];
        if (typeof at === 'number' && at < (zeros.get(owner) ?? Infinity)) zeros.set(owner, at);
      }
    },
    ownerOf,
    zeroOf: (owner) => zeros.get(owner),
    // Nobody named may be anybody: a log without patients has no common words.
    isRare: (column, word) => (patients.get(keyOf(column, word))?.size ?? 0) <= LARGEST_SMALL,
  };
}

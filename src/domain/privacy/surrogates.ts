/** Like things share names: a clinician who answers, reviews and reports is one and the same. */
const KIND: Readonly<Record<string, string>> = {
  replaces_id: 'decision',
  score_id: 'recommendation',
  superseded_by: 'recommendation',
  reviewer_id: 'clinician',
  reporter_id: 'clinician',
  approved_by: 'clinician',
  // What a rule found and what an answer points to may be the same order.
  outcome_id: 'event',
  action_reference: 'event',
};

/** What a column names: `patient` for `patient_id`, wherever it stands. */
export const kindOfColumn = (name: string): string =>
  KIND[name] ?? (name.endsWith('_id') ? name.slice(0, -3) : name);

/** One pair of a key: what stood there, and what stands there now. */
export interface KeyEntry {
  readonly kind: string;
  readonly real: string;
  readonly surrogate: string;
}

export interface Surrogates {
  /** The name for this thing: the one it has already, else a new one. */
  of(kind: string, real: string): string;
  /** What was said about this thing first, now or in an earlier package. */
  first(kind: string, real: string, said: string): string;
  /** All pairs, old and new, in the order in which they were made. */
  entries(): Iterable<KeyEntry>;
}

/**
 * Random names. They are drawn and never computed from what they stand for: a hash can be undone by
 * hashing every number of a hospital (45 CFR 164.514(c)).
 * @param token draws letters and digits, at least 64 bits of chance. @param known pairs of earlier packages.
 */
export function surrogates(token: () => string, known: Iterable<KeyEntry> = []): Surrogates {
  const byKind = new Map<string, Map<string, string>>();
  const taken = new Set<string>();
  const kindOf = (kind: string): Map<string, string> => {
    const there = byKind.get(kind) ?? new Map<string, string>();
    if (there.size === 0) byKind.set(kind, there);
    return there;
  };
  for (const { kind, real, surrogate } of known) {
    kindOf(kind).set(real, surrogate);
    taken.add(surrogate);
  }
  const fresh = (kind: string): string => {
    for (;;) {
      const name = `${kind}-${token()}`;
      if (taken.has(name)) continue;
      taken.add(name);
      return name;
    }
  };
  return {
    of(kind, real) {
      const names = kindOf(kind);
      const there = names.get(real);
      if (there !== undefined) return there;
      const name = fresh(kind);
      names.set(real, name);
      return name;
    },
    first(kind, real, said) {
      const there = kindOf(kind).get(real);
      if (there === undefined) kindOf(kind).set(real, said);
      return there ?? said;
    },
    *entries() {
      for (const [kind, names] of byKind)
        for (const [real, surrogate] of names) yield { kind, real, surrogate };
    },
  };
}

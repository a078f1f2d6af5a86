import type { Privacy } from '#src/domain/tables/column.ts';

/** Who may have a package: the hospital itself, who signed for a limited data set, anybody. */
export const PROFILES = ['operational', 'limited', 'deidentified'] as const;
export type Profile = (typeof PROFILES)[number];

/** What happens to the cells of a column. */
export type Action =
  /** As it is. */
  | 'keep'
  /** A random name in its place, the same wherever the same thing stood. */
  | 'surrogate'
  /** Milliseconds since the patient's time zero; the year of that stands beside. */
  | 'from-zero'
  /** Kept where the word stands on a list; else a random name, so that groups stay groups. */
  | 'word'
  /** The same for several words with spaces between. */
  | 'words'
  /** Kept where the words stand on a list; else nothing. */
  | 'display'
  /** As `word`; then `other` where it stands for 1–10 patients. */
  | 'rare-word'
  /** The column is not there. */
  | 'drop';

/** By privacy class. `text` is kept only where free text was asked for, and never in `deidentified`. */
export const ACTION_OF: Readonly<Record<Profile, Readonly<Record<Privacy, Action>>>> = {
  operational: { direct: 'keep', quasi: 'keep', date: 'keep', text: 'drop', none: 'keep' },
  limited: { direct: 'surrogate', quasi: 'keep', date: 'keep', text: 'drop', none: 'keep' },
  deidentified: {
    direct: 'surrogate',
    quasi: 'word',
    date: 'from-zero',
    text: 'drop',
    none: 'word',
  },
};

/**
 * Something that is wrong with, or missing from, data that we were given. Problems are shown to the
 * clinician on the card and counted; they are never a reason to drop a recommendation silently.
 */
export interface Problem {
  readonly code:
    | 'missing'
    | 'malformed'
    | 'out-of-range'
    | 'unknown-code'
    | 'unresolved-reference'
    | 'wrong-patient'
    | 'unsupported'
    | 'truncated';
  /** In words that a clinician can read: what is missing and what that means for the card. */
  readonly message: string;
  /** FHIRPath-like place in the resource, for informatics. */
  readonly path?: string;
}

/** A reader's answer about one resource: a value (with what was wrong in it), or why there is none. */
export type ReadResult<T> =
  | { readonly ok: true; readonly value: T; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly problem: Problem };

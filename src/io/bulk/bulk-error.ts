/** Why a bulk export ended, in the words that the caller decides on. Plain HTTP trouble is a `FhirError`. */
export type BulkErrorKind =
  | 'not-offered'
  | 'refused'
  | 'job-failed'
  | 'job-gone'
  | 'bad-manifest'
  | 'foreign-file'
  | 'torn'
  | 'stopped'
  | 'no-token'
  | 'bad-key'
  | 'wrong-folder';

/** It carries no token, no key, and nothing of what a server said of a patient. */
export class BulkError extends Error {
  readonly kind: BulkErrorKind;

  constructor(kind: BulkErrorKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'BulkError';
    this.kind = kind;
  }
}

/** Why nothing of a hospital store is shown. Never with a number, a name or a date of the patient. */
export type StoreStopKind =
  | 'no-identifier'
  | 'several-identifiers'
  | 'unreachable'
  | 'refused'
  | 'failed'
  | 'not-found'
  | 'not-in-use'
  | 'replaced'
  | 'ambiguous'
  | 'contradiction'
  | 'other-patient'
  | 'other-user'
  | 'sign-in';

/** The store could not be opened for this patient, in words for the person in front of the screen. */
export class StoreStop extends Error {
  readonly kind: StoreStopKind;
  readonly cure: string;

  constructor(kind: StoreStopKind, message: string, cure: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'StoreStop';
    this.kind = kind;
    this.cure = cure;
  }
}

const CURED_BY_TRYING: ReadonlySet<StoreStopKind> = new Set([
  'unreachable',
  'failed',
  // These begin the sign-in at the store anew.
  'sign-in',
  'other-patient',
  'other-user',
]);

/** Where trying again is a cure: it may be over in a minute, or the person can do it otherwise. */
export const mayPass = ({ kind }: StoreStop): boolean => CURED_BY_TRYING.has(kind);

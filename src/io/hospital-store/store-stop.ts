import { LaunchError } from '#src/io/smart/launch-error.ts';

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

const CURED_BY_TRYING: ReadonlySet<StoreStopKind> = new Set([
  // It may be over in a minute.
  'unreachable',
  'failed',
  // These begin the sign-in at the store anew.
  'sign-in',
  'other-patient',
  'other-user',
]);

/** The store could not be opened for this patient, in words for the person in front of the screen. */
export class StoreStop extends LaunchError {
  readonly kind: StoreStopKind;
  override readonly tryAgainHelps: boolean;

  constructor(kind: StoreStopKind, message: string, cure: string, cause?: unknown) {
    super(message, cure);
    this.name = 'StoreStop';
    this.kind = kind;
    this.tryAgainHelps = CURED_BY_TRYING.has(kind);
    if (cause !== undefined) this.cause = cause;
  }
}

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

/** Failures that may be over in a minute: there trying again is a cure. */
export const mayPass = ({ kind }: StoreStop): boolean =>
  kind === 'unreachable' || kind === 'failed' || kind === 'sign-in';

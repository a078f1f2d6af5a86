/**
 * What came of one attempt to deliver, in the terms of the policy. `sent` says whether a write may
 * have left this machine in that attempt: a search that failed leaves no doubt about storing.
 */
export type AttemptResult = {
  readonly sent: boolean;
  /** The write itself succeeded; what failed came after it. */
  readonly acknowledged?: boolean;
} & (
  | { readonly kind: 'stored'; readonly reference: string; readonly lost: readonly string[] }
  | { readonly kind: FailureKind; readonly retryAfterMs?: number; readonly said?: string }
  | {
      readonly kind: 'http';
      readonly status: number;
      readonly retryAfterMs?: number;
      /** The server's own words about its refusal. */
      readonly said?: string;
    }
  /** Sent before with unknown outcome; too early to send again where repeats are not recognised. */
  | { readonly kind: 'settling'; readonly waitMs: number }
);

type FailureKind =
  | 'network'
  | 'timeout'
  | 'aborted'
  /** HTML or anything else in place of FHIR. */
  | 'not-fhir'
  /** Sent elsewhere, typically to a login page. */
  | 'redirected'
  | 'foreign-origin'
  /** The token, or what the server stored, speaks of somebody else. */
  | 'wrong-patient'
  /** 201, but neither the answer nor a search says where. */
  | 'empty-201'
  /** 201 with something that is not what was sent. */
  | 'other-resource'
  /** Stored, as the server says, but it does not let us read it back. */
  | 'unreadable'
  /** Our own side cannot write it as FHIR. */
  | 'unwritable'
  /** It may be there, and sending again could make a second one that nobody can tell apart. */
  | 'in-doubt'
  /** The site no longer sends answers there. */
  | 'no-sink';

/** Row of the policy, and word in an item's history. */
export type ResultName = Exclude<AttemptResult['kind'], 'http'> | `http-${number}`;

export const resultName = (result: AttemptResult): ResultName =>
  result.kind === 'http' ? `http-${result.status}` : result.kind;

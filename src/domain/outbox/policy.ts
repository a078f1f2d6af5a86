import { type AttemptResult, type ResultName, resultName } from './attempt-result.ts';

/** Why a person has to look, one per cause that a person can do something about. */
export type AttentionReason =
  | 'refused'
  | 'forbidden'
  | 'no-such-place'
  | 'gone'
  | 'too-large'
  | 'duplicates'
  | 'unconfirmed'
  | 'unreadable'
  | 'wrong-patient'
  | 'foreign-origin'
  | 'unwritable'
  | 'in-doubt'
  | 'no-sink';

/** One row of the policy. */
export interface Row {
  readonly to: 'delivered' | 'retry' | 'sign-in' | 'patient' | 'attention';
  /** `no`: such a result proves that this attempt stored nothing. `yes`: the server says it did. */
  readonly stored: 'no' | 'maybe' | 'yes';
  /** The server is in trouble: counts for its circuit. */
  readonly trouble: boolean;
  readonly reason?: AttentionReason;
  /** Retries up to so many attempts, then asks a person. Absent: retries for ever. */
  readonly patience?: number;
}

const retry = { to: 'retry', stored: 'maybe', trouble: true } as const;
const refused = { to: 'attention', stored: 'no', trouble: false } as const;
const look = { to: 'retry', stored: 'yes', trouble: false, patience: 6 } as const;

/** The policy. Nothing ages out of it: a row retries, waits, or asks a person. */
const ROWS = {
  stored: { to: 'delivered', stored: 'yes', trouble: false },
  network: retry,
  timeout: retry,
  aborted: { ...retry, trouble: false },
  // A proxy or captive portal: it goes away without anybody signing in to the EHR.
  'not-fhir': retry,
  // FHIR redirects nobody; a gateway whose own session has ended does, and signing in renews it.
  redirected: { to: 'sign-in', stored: 'maybe', trouble: false },
  settling: { to: 'retry', stored: 'no', trouble: false },
  'empty-201': { ...look, reason: 'unconfirmed' },
  'other-resource': { ...look, reason: 'unconfirmed' },
  unreadable: { ...look, reason: 'unreadable' },
  'wrong-patient': { to: 'patient', stored: 'no', trouble: false },
  'foreign-origin': { ...refused, reason: 'foreign-origin' },
  unwritable: { ...refused, reason: 'unwritable' },
  'in-doubt': { ...refused, stored: 'maybe', reason: 'in-doubt' },
  'no-sink': { ...refused, reason: 'no-sink' },
  'http-400': { ...refused, reason: 'refused' },
  'http-401': { to: 'sign-in', stored: 'no', trouble: false },
  'http-403': { ...refused, reason: 'forbidden' },
  'http-404': { ...refused, reason: 'no-such-place' },
  'http-405': { ...refused, reason: 'no-such-place' },
  'http-408': retry,
  // Another request for the same thing was under way: the next look shows what came of it.
  'http-409': { ...retry, trouble: false },
  'http-410': { ...refused, reason: 'gone' },
  // Several match the condition: it is there more than once, and that could not be put right.
  'http-412': { ...refused, stored: 'maybe', reason: 'duplicates' },
  'http-413': { ...refused, reason: 'too-large' },
  'http-415': { ...refused, reason: 'refused' },
  'http-422': { ...refused, reason: 'refused' },
  'http-425': { ...retry, stored: 'no' },
  'http-429': { ...retry, stored: 'no' },
  'http-4xx': { ...refused, reason: 'refused' },
  'http-500': retry,
  'http-502': retry,
  'http-503': retry,
  'http-504': retry,
  'http-501': { ...refused, reason: 'no-such-place' },
  'http-5xx': retry,
  'http-other': retry,
} as const satisfies Record<string, Row>;

export type RowName = keyof typeof ROWS;

const isRow = (name: string): name is RowName => Object.hasOwn(ROWS, name);

/** What the server stored of somebody else's is a matter for a person, not for the next launch. */
const STORED_ELSEWHERE: Row = {
  to: 'attention',
  stored: 'yes',
  trouble: false,
  reason: 'wrong-patient',
};

export function rowOf(result: AttemptResult): Row {
  return rowNamed(resultName(result), result.sent);
}

/** `sent`: a write had left in that attempt. */
export function rowNamed(name: ResultName, sent: boolean): Row {
  return name === 'wrong-patient' && sent ? STORED_ELSEWHERE : ROWS[rowNameOf(name)];
}

/** Statuses without a row of their own fall back to their class. */
export function rowNameOf(name: ResultName): RowName {
  if (isRow(name)) return name;
  const status = Number(name.slice('http-'.length));
  if (status >= 300 && status < 400) return 'redirected';
  if (status >= 400 && status < 500) return 'http-4xx';
  return status >= 500 ? 'http-5xx' : 'http-other';
}

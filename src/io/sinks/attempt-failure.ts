import type { AttemptResult } from '#src/domain/outbox/attempt-result.ts';
import { FhirError, type FhirErrorKind } from '#src/io/gateway.ts';
import { outcomeText } from '#src/io/http-errors.ts';

/** Ends an attempt with a result that no HTTP failure stands for. */
export class AttemptEnded extends Error {
  readonly result: AttemptResult;

  constructor(result: AttemptResult) {
    super(result.kind);
    this.name = 'AttemptEnded';
    this.result = result;
  }
}

/** Failures before a request is made; they leave no doubt, whatever was about to be sent. */
const BEFORE: ReadonlySet<FhirErrorKind> = new Set(['wrong-patient', 'foreign-origin']);

const KINDS = {
  offline: 'network',
  timeout: 'timeout',
  aborted: 'aborted',
  'not-fhir': 'not-fhir',
  redirected: 'redirected',
  'wrong-patient': 'wrong-patient',
  'foreign-origin': 'foreign-origin',
} as const satisfies Partial<Record<FhirErrorKind, AttemptResult['kind']>>;

/** Status for a refusal without one, such as a sign-in that ended before anything was sent. */
const STATUS: Partial<Record<FhirErrorKind, number>> = {
  auth: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  invalid: 400,
  busy: 503,
  server: 500,
};

const hasKind = (kind: FhirErrorKind): kind is keyof typeof KINDS => Object.hasOwn(KINDS, kind);

/** What was thrown, in the terms of the policy. `sent`: a write may have left before. */
export function failureOf(cause: unknown, sent: boolean): AttemptResult {
  if (cause instanceof AttemptEnded) return cause.result;
  if (!(cause instanceof FhirError))
    return { kind: 'unwritable', sent, ...(cause instanceof Error && { said: cause.message }) };
  const { kind, status, retryAfterMs } = cause;
  const said = outcomeText(cause.outcome);
  const more = {
    sent: sent && !BEFORE.has(kind),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(said !== undefined && { said }),
  };
  if (hasKind(kind)) return { kind: KINDS[kind], ...more };
  return { kind: 'http', status: status ?? STATUS[kind] ?? 500, ...more };
}

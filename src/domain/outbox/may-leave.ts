import type { Answer } from '../feedback.ts';
import { subjectIs } from '../identity.ts';
import type { QueuedItem } from './queued-answer.ts';

/** The session under which something could be sent now. */
export interface SendingSession {
  readonly issuer: string;
  /** Relative reference of who is signed in. */
  readonly user: string | undefined;
  /** Patient of the token as it is now. */
  readonly patientId: string | undefined;
  /** Write scope for all of the user's patients, not only for the one of the launch. */
  readonly anyPatient: boolean;
}

/** What was said here and now: by who is signed in, about the patient of the launch. */
export const isOwn = (
  { issuer, performer, patient }: Pick<Answer, 'issuer' | 'performer' | 'patient'>,
  session: SendingSession,
): boolean =>
  issuer === session.issuer &&
  performer.reference === session.user &&
  patient === `Patient/${session.patientId}`;

/**
 * Whether this item may go out under this session: the item's own frozen issuer, user and subject
 * decide, never what is on the screen (DESIGN.md §9).
 */
export function mayLeave(
  item: Pick<QueuedItem, 'owner' | 'subject'>,
  session: SendingSession,
): 'yes' | 'waiting-sign-in' | 'waiting-patient' {
  if (session.issuer !== item.owner.issuer || session.user !== item.owner.user)
    return 'waiting-sign-in';
  if (session.anyPatient) return 'yes';
  const here = session.patientId !== undefined;
  return here && subjectIs(item.subject, session.issuer, session.patientId)
    ? 'yes'
    : 'waiting-patient';
}

/**
 * True when the granted scopes let this user create Observations for any patient: SMART 2.2
 * `user/Observation.c…`, or v1 `.write` and `.*`. A scope narrowed by a query is not taken for one.
 */
export function writesAnyPatient(scopes: readonly string[]): boolean {
  return scopes.some((scope) => {
    const permission = /^user\/(?:Observation|\*)\.(write|\*|[cruds]+)$/.exec(scope)?.[1];
    return permission === 'write' || permission === '*' || (permission?.startsWith('c') ?? false);
  });
}

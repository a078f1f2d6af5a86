/** Who and whom an action concerns, as three sources may tell it. */
export interface IdentityFacts {
  /** FHIR base of the launch. */
  readonly issuer: string;
  /** Patient of the current token. */
  readonly tokenPatientId: string | undefined;
  /** Patient whose banner is on the screen. */
  readonly shownPatientId: string | undefined;
  /** Relative reference that the recommendation or the queued answer names as its subject. */
  readonly subject?: string | undefined;
}

/** `same`, or what differs, so that the explanation can say it. */
export type IdentityVerdict = 'same' | 'no-patient' | 'token-differs' | 'subject-differs';

/**
 * The wrong-patient guard (DESIGN.md §9): token, screen and subject must speak of one patient. It is
 * asked on focus, on visibility, and at every answer; anything but `same` takes the screen away.
 */
export function checkIdentity(facts: IdentityFacts): IdentityVerdict {
  const { tokenPatientId, shownPatientId, subject } = facts;
  if (!tokenPatientId || !shownPatientId) return 'no-patient';
  if (tokenPatientId !== shownPatientId) return 'token-differs';
  if (subject !== undefined && !subjectIs(subject, facts.issuer, shownPatientId))
    return 'subject-differs';
  return 'same';
}

/** True for `Patient/x`, and for `{issuer}/Patient/x`; versioned or not. */
export function subjectIs(subject: string, issuer: string, patientId: string): boolean {
  const relative = subject.startsWith(`${issuer}/`) ? subject.slice(issuer.length + 1) : subject;
  const bare = relative.replace(/\/_history\/[^/]*$/, '');
  return bare === `Patient/${patientId}`;
}

/** A patient by the id that one server gave them: the same id on another server is somebody else. */
export interface PatientOn {
  /** FHIR base. */
  readonly server: string;
  readonly patientId: string;
}

/** Who and whom an action concerns, as three sources may tell it. */
export interface IdentityFacts {
  /** FHIR base of the launch. */
  readonly issuer: string;
  /** Patient of the current token. */
  readonly tokenPatientId: string | undefined;
  /** Patient whose banner is on the screen. */
  readonly shownPatientId: string | undefined;
  /** Reference that the recommendation or the queued answer names as its subject. */
  readonly subject?: string | undefined;
  /** Where that was read, and a relative `subject` is at home; default: the issuer. */
  readonly subjectServer?: string | undefined;
  /** The launched patient in the hospital's own store, as it was found there. */
  readonly inStore?: PatientOn | undefined;
}

/** `same`, or what differs, so that the explanation can say it. */
export type IdentityVerdict = 'same' | 'no-patient' | 'token-differs' | 'subject-differs';

/**
 * The wrong-patient guard (DESIGN.md §9): token, screen and subject must speak of one patient. It is
 * asked on focus, on visibility, and at every answer; anything but `same` takes the screen away.
 */
export function checkIdentity(facts: IdentityFacts): IdentityVerdict {
  const { issuer, tokenPatientId, shownPatientId, subject, subjectServer = issuer } = facts;
  if (!tokenPatientId || !shownPatientId) return 'no-patient';
  if (tokenPatientId !== shownPatientId) return 'token-differs';
  if (subject === undefined) return 'same';
  const patients = [{ server: issuer, patientId: shownPatientId }, facts.inStore];
  // What a server says of a patient on another one, nobody has compared with a record.
  const there = patients.find((patient) => patient?.server === subjectServer);
  return there && subjectIs(subject, there.server, there.patientId) ? 'same' : 'subject-differs';
}

/** True for `Patient/x`, and for `{issuer}/Patient/x`; versioned or not. */
export function subjectIs(subject: string, issuer: string, patientId: string): boolean {
  const relative = subject.startsWith(`${issuer}/`) ? subject.slice(issuer.length + 1) : subject;
  const bare = relative.replace(/\/_history\/[^/]*$/, '');
  return bare === `Patient/${patientId}`;
}

/** True where `reference`, relative to `home`, names one of these patients; versioned or not. */
export function namesOneOf(
  patients: readonly PatientOn[],
  reference: string,
  home: string,
): boolean {
  return patients.some(({ server, patientId }) =>
    server === home
      ? subjectIs(reference, server, patientId)
      : reference.startsWith(`${server}/`) && subjectIs(reference, server, patientId),
  );
}

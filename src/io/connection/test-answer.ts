import type { Coding, Observation } from 'fhir/r4';
import type { Answer } from '#src/domain/feedback.ts';
import { CONNECTION_CHECK_TAG, SYSTEM } from '#src/fhir/codes.ts';
import { toObservation } from '#src/fhir/feedback/response.fhir.ts';
import type { CheckContext } from './context.ts';

/** v3-ActReason: "health care system test". Readers that know labels leave it out. */
export const TEST_LABEL: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
  code: 'HTEST',
  display: 'test health data',
};

/** On whom the test answer is written, and by whom. */
export interface TestSubject {
  /** Logical id on the checked server. */
  readonly patientId: string;
  readonly performer: string;
  readonly encounterId: string | undefined;
}

/**
 * An answer by the app's own writer, with every part that this server would get in earnest, marked
 * as a test. It answers no recommendation: its focus is the test patient, so that no card shows it.
 */
export function testAnswer(context: CheckContext, subject: TestSubject, id: string): Observation {
  const { base, ehrBase, issuer, prefix } = context;
  const hospitalStore = prefix !== '' || issuer?.hospitalStore === true;
  const patient = `Patient/${subject.patientId}`;
  const at = context.timestamp();
  const answer: Answer = {
    id,
    issuer: ehrBase,
    patient,
    ...(subject.encounterId && prefix === '' && { encounter: `Encounter/${subject.encounterId}` }),
    recommendation: {
      ref: { server: base, type: 'Patient', id: subject.patientId },
      identifier: { system: SYSTEM.uri, value: id },
      version: '1',
    },
    performer: { reference: subject.performer },
    answeredAt: at,
    response: 'overridden',
    reasons: [
      { system: SYSTEM.nonAdherenceReason, code: 'action-completed', display: 'Action completed' },
      { system: SYSTEM.aiOverrideReason, code: 'ai-not-interpretable' },
    ],
    comment: 'Connection check: a test, not an answer. It is retracted at once.',
    model: { identifier: 'connection-check', version: '1' },
    context: {
      appVersion: context.appVersion,
      displayedAt: at,
      timeToResponseMs: 1000,
      evidenceOpened: false,
    },
  };
  const written = toObservation(answer, {
    hospitalStore,
    hideFromPatient: true,
    server: base,
    subject: patient,
  });
  const { meta } = written;
  return {
    ...written,
    // By the tag whoever clears up finds what a check left behind: `Observation?_tag=…|connection-check`.
    meta: {
      ...meta,
      security: [...(meta?.security ?? []), TEST_LABEL],
      tag: [CONNECTION_CHECK_TAG],
    },
  };
}

import type { Answer } from '#src/domain/feedback.ts';
import { type Capture, capture, type QueuedAnswer } from '#src/domain/outbox/queued-answer.ts';

export const ISSUER = 'http://ehr.test/fhir';
export const ADA = 'Practitioner/ada';
export const TAB = 'tab-1';
export const NOW = Date.parse('2026-11-22T15:00:00Z');

/** An answer as the review screen makes it, to nothing in particular. */
export function anAnswer(id: string, changes: Partial<Answer> = {}): Answer {
  return {
    id,
    response: 'accepted',
    reasons: [],
    issuer: ISSUER,
    patient: 'Patient/p1',
    recommendation: { ref: { server: ISSUER, type: 'RiskAssessment', id: 'risk-p1' } },
    performer: { reference: ADA },
    answeredAt: '2026-11-22T15:00:00Z',
    context: { appVersion: '0' },
    ...changes,
  };
}

/** The answer as it stands in the queue just after it was given. */
export function queued(
  answer: Answer,
  changes: Partial<QueuedAnswer> = {},
  captured: Partial<Capture> = {},
): QueuedAnswer {
  const item = capture({
    kind: 'answer',
    owner: { issuer: answer.issuer, user: answer.performer.reference },
    patient: answer.patient,
    answer,
    now: NOW,
    holdMs: 10_000,
    order: 1,
    tab: TAB,
    ...captured,
  });
  return { ...item, ...changes };
}

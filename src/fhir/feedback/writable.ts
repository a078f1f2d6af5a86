import type { Answer, Exposure } from '#src/domain/feedback.ts';
import type { Problem } from '#src/domain/problem.ts';
import { parseReference } from '../reference.ts';

/** Thrown instead of writing something that R4 forbids or that would lie; the answer is kept. */
export class UnwritableFeedbackError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join(' '));
    this.name = 'UnwritableFeedbackError';
    this.problems = problems;
  }
}

const WITH_OFFSET =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;
const URN_UUID = /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const hasOffset = (instant: string): boolean => WITH_OFFSET.test(instant);

const problem = (path: string, message: string): Problem => ({ code: 'malformed', path, message });

/** Why a reference may not stand in `Observation.performer` of our feedback; undefined when it may. */
export function performerProblem(reference: string): Problem | undefined {
  const type = parseReference(reference, '')?.ref.type;
  if (type === 'Practitioner' || type === 'PractitionerRole') return undefined;
  return problem(
    'Observation.performer',
    type === 'Person'
      ? 'The EHR names the user as a Person, and FHIR R4 does not allow a Person to give an answer. Ask the EHR team to send a Practitioner or PractitionerRole as fhirUser.'
      : 'The answer names no Practitioner or PractitionerRole as the one who gave it.',
  );
}

type Common = Pick<Answer | Exposure, 'id' | 'patient' | 'performer' | 'recommendation'>;

export function commonProblems(feedback: Common): readonly Problem[] {
  const { ref } = feedback.recommendation;
  return [
    performerProblem(feedback.performer.reference),
    URN_UUID.test(feedback.id)
      ? undefined
      : problem('Observation.identifier', 'The identifier is no urn:uuid in lower case.'),
    parseReference(feedback.patient, '')?.ref.type === 'Patient'
      ? undefined
      : problem('Observation.subject', 'The subject is no Patient reference.'),
    parseReference(`${ref.type}/${ref.id}`, ref.server)
      ? undefined
      : problem('Observation.focus', 'The recommendation has no usable type and id.'),
  ].filter((found) => found !== undefined);
}

/**
 * Everything that forbids writing this answer. Only what the clinician said, and what identifies it,
 * can forbid it: a measurement that makes no sense is left out, it never costs an answer.
 */
export function answerProblems(answer: Answer): readonly Problem[] {
  const { deferredUntil, usefulness } = answer;
  return [
    ...commonProblems(answer),
    hasOffset(answer.answeredAt)
      ? undefined
      : problem('Observation.effectiveDateTime', 'The time of the answer has no offset.'),
    deferredUntil === undefined || hasOffset(deferredUntil)
      ? undefined
      : problem('Observation.component', 'The time to come back has no offset.'),
    usefulness === undefined || [1, 2, 3, 4, 5].includes(usefulness)
      ? undefined
      : problem('Observation.component', 'Usefulness is no whole number from 1 to 5.'),
    answer.response !== 'withdrawn' || answer.replaces
      ? undefined
      : problem('Observation.extension', 'A withdrawal names no answer that it withdraws.'),
  ].filter((found) => found !== undefined);
}

export function exposureProblems(exposure: Exposure): readonly Problem[] {
  const { displayedAt } = exposure;
  if (hasOffset(displayedAt)) return commonProblems(exposure);
  const time = problem('Observation.effectiveDateTime', 'The time of display has no offset.');
  return [...commonProblems(exposure), time];
}

import type { Problem } from '#src/domain/problem.ts';
import { type ReadAnswers, readAnswers } from '#src/fhir/feedback/read-answers.ts';
import { readPractitionerName } from '#src/fhir/practitioner.fhir.ts';
import { plainReference, refOf } from '#src/fhir/reference.ts';
import type { Deps } from './deps.ts';
import { allOf, type Part } from './fetch-parts.ts';
import { isLaunchedPatient } from './read-servers.ts';

export interface EarlierAnswers {
  readonly read: ReadAnswers;
  /** Empty, or why something is left out. */
  readonly foreign: readonly Problem[];
}

/** Answers of every server that was asked; what is about somebody else is left out, and said. */
export function earlierAnswers(
  deps: Deps,
  patientId: string,
  parts: readonly Part[],
): EarlierAnswers {
  const { issuer } = deps.session;
  const read = parts.map((part) => readAnswers(allOf([part]), part.server, { issuer }));
  const all = read.flatMap((one) => one.answers);
  const own = all.filter(({ answer }) => isLaunchedPatient(deps, patientId, answer.patient));
  return {
    read: {
      answers: own,
      unread: read.flatMap((one) => one.unread),
      problems: read.flatMap((one) => one.problems),
    },
    foreign: own.length < all.length ? [FOREIGN_ANSWER] : [],
  };
}

/** A server that answers a search for one patient with another's answer is not to be believed. */
const FOREIGN_ANSWER: Problem = {
  code: 'wrong-patient',
  message: 'An earlier answer is about another patient, so it is not shown.',
};

/** Names of those who answered, by reference as an answer names them: relative to the issuer. */
export function namesIn(parts: readonly Part[], issuer: string) {
  const names = new Map(
    parts.flatMap((part) =>
      allOf([part]).map((resource) => {
        const ref = refOf(resource, part.server);
        return [ref && plainReference(ref, issuer), readPractitionerName(resource)] as const;
      }),
    ),
  );
  return (reference: string) => names.get(reference);
}

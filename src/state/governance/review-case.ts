import { useQuery } from '@tanstack/react-query';
import type { StoredAnswer } from '#src/domain/feedback.ts';
import type { PatientSummary } from '#src/domain/patient.ts';
import type { Recommendation } from '#src/domain/recommendation.ts';
import { readAnswers } from '#src/fhir/feedback/read-answers.ts';
import { byIds } from '#src/fhir/governance/registry-searches.ts';
import { readPatient } from '#src/fhir/patient.fhir.ts';
import { readRecommendations } from '#src/fhir/recommendation.fhir.ts';
import { type GovernanceDeps, useGovernanceDeps } from './deps.ts';

/** What a reviewer judges: who answered is not among what is shown. */
export interface ReviewCase {
  readonly about: StoredAnswer;
  /** Absent: it is on another server, or no longer there. */
  readonly recommendation?: Recommendation;
  readonly patient?: PatientSummary;
}

type Reading = Pick<GovernanceDeps, 'gateway' | 'issuer'>;

/** These answers as they stand now. Throws `FhirError`. @param references "Observation/id" */
async function readAnswersNow(
  { gateway }: Pick<Reading, 'gateway'>,
  references: readonly string[],
  signal: AbortSignal,
): Promise<readonly StoredAnswer[]> {
  const chunks: (readonly string[])[] = [];
  for (let at = 0; at < references.length; at += 50) chunks.push(references.slice(at, at + 50));
  const searches = chunks.flatMap((some) => byIds('Observation', some) ?? []);
  const pages = await Promise.all(searches.map((one) => gateway.search(one, { signal })));
  return readAnswers(
    pages.flatMap(({ matches }) => matches),
    gateway.baseUrl,
  ).answers;
}

/** The answers that were drawn; those that were taken back since are `entered-in-error`. */
export function useDrawnAnswers(references: readonly string[]) {
  const deps = useGovernanceDeps();
  return useQuery({
    queryKey: [deps.gateway.baseUrl, 'drawn', references],
    queryFn: ({ signal }) => readAnswersNow(deps, references, signal),
    enabled: references.length > 0,
  });
}

async function readCase(
  { gateway, issuer }: Reading,
  about: StoredAnswer,
  signal: AbortSignal,
): Promise<ReviewCase> {
  const { ref } = about.answer.recommendation;
  const named = [`${ref.type}/${ref.id}`];
  const here = ref.server === gateway.baseUrl ? byIds(ref.type, named) : undefined;
  const [recommendations, patients] = await Promise.all(
    [here, byIds('Patient', [about.answer.patient])].map((one) =>
      one ? gateway.search(one, { signal }) : undefined,
    ),
  );
  const { recommendations: found } = readRecommendations({
    server: gateway.baseUrl,
    resources: recommendations?.matches ?? [],
    source: issuer,
    patientId: undefined,
  });
  const patient = readPatient(patients?.matches[0]);
  return {
    about,
    ...(found[0] && { recommendation: found[0] }),
    ...(patient.ok && { patient: patient.value }),
  };
}

/** Read when it is looked at, and held by the page alone. */
export function useReviewCase(about: StoredAnswer) {
  const deps = useGovernanceDeps();
  return useQuery({
    queryKey: [deps.gateway.baseUrl, 'case', about.answer.id],
    queryFn: ({ signal }) => readCase(deps, about, signal),
  });
}

import type { Chart } from '../api.ts';
import { asList, asRecord, asText, hasSecurityLabel, type Json, referenceOf } from './json.ts';

/** What AI wrote about one patient, counted for the ward list. */
export interface AiCount {
  readonly outputs: number;
  readonly answered: number;
}

const LABEL =
  '_security=http://terminology.hl7.org/CodeSystem/v3-ObservationValue|AIAST&_count=200';
const OUTPUTS = ['RiskAssessment', 'GuidanceResponse', 'DetectedIssue', 'Observation'];
const PROPOSALS = ['ServiceRequest', 'MedicationRequest'];
const OVER = new Set(['entered-in-error', 'cancelled', 'revoked', 'completed', 'stopped']);

/** One round of searches for the whole list. The key is a patient id. @param patients ids */
export async function loadAiCounts(
  chart: Chart,
  feedback: { readonly system: string; readonly code: string },
  patients: readonly string[],
): Promise<ReadonlyMap<string, AiCount>> {
  const of = `patient=${patients.map((id) => `Patient/${id}`).join(',')}`;
  const [answers = [], ...outputs] = await Promise.all([
    chart.search(`Observation?${of}&code=${feedback.system}|${feedback.code}&_count=200`),
    ...OUTPUTS.map((type) => chart.search(`${type}?${of}&${LABEL}`)),
    ...PROPOSALS.map((type) => chart.search(`${type}?${of}&intent=proposal&${LABEL}`)),
  ]);
  return countAi(outputs.flat(), answers);
}

/**
 * A count of labelled records that are in force, and of those that have an answer. Which of them
 * make a card, and in which order, is for the app to judge.
 */
export function countAi(
  resources: readonly Json[],
  answers: readonly Json[],
): ReadonlyMap<string, AiCount> {
  const labelled = resources.filter(
    (one) => hasSecurityLabel(one, 'AIAST') && !OVER.has(asText(one.status) ?? ''),
  );
  const keys = new Set(labelled.map(keyOf));
  const answered = new Set(
    answers
      .filter((answer) => answer.status !== 'entered-in-error')
      .flatMap((answer) => asList(answer.focus))
      .map(referenceOf),
  );
  const counts = new Map<string, AiCount>();
  for (const one of labelled) {
    const patientId = referenceOf(one.subject ?? one.patient)?.replace(/^Patient\//, '');
    // A proposal that cites a risk score is what that score suggests, not a second output.
    const cites = [...asList(one.supportingInfo), ...asList(one.supportingInformation)];
    if (patientId === undefined || cites.some((cited) => keys.has(referenceOf(cited) ?? '')))
      continue;
    const count = counts.get(patientId) ?? { outputs: 0, answered: 0 };
    counts.set(patientId, {
      outputs: count.outputs + 1,
      answered: count.answered + (answered.has(keyOf(one)) ? 1 : 0),
    });
  }
  return counts;
}

const keyOf = (resource: Json): string =>
  `${asText(resource.resourceType) ?? ''}/${asText(asRecord(resource).id) ?? ''}`;

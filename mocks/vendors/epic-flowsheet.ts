import type { Observation } from '@medplum/fhirtypes';
import type { Chart, Refusal } from './profile.ts';

/**
 * The rows that the invented hospital built for AI feedback. [EPW] Vitals create files to any
 * non-duplicable flowsheet row; its ids are encoded and differ by organisation and by environment.
 */
export const FLOWSHEET = {
  system: 'https://st-brannoc.example.org/flowsheet-rows',
  decision: 'tAIf-decision-7dQ',
  reason: 'tAIf-reason-9kB',
  recommendation: 'tAIf-recommendation-2hX',
  comment: 'tAIf-comment-5mC',
} as const;

const ROWS: ReadonlySet<string> = new Set([
  FLOWSHEET.decision,
  FLOWSHEET.reason,
  FLOWSHEET.recommendation,
  FLOWSHEET.comment,
]);

/** A row holds a value, when and where it was taken, and a short note; the rest of FHIR is lost [EPW]. */
export const FLOWSHEET_FIELDS = [
  'status',
  'category',
  'code',
  'subject',
  'encounter',
  'effectiveDateTime',
  'performer',
  'valueQuantity',
  'valueString',
  'note',
] as const;

/** [EPW] Flowsheet notes hold 254 characters. */
const LONGEST_NOTE = 254;

/** The rules of Observation.Create (Vitals) [EPW], one by one. */
export function refuseFlowsheetRow(row: Observation, chart: Chart): Refusal | undefined {
  const wrong = (text: string): Refusal => ({ status: 400, text });
  const [coding, ...others] = row.code.coding ?? [];
  if (row.status !== 'final') return wrong('status must be final');
  if (coding === undefined || others.length > 0) return wrong('code takes exactly one coding');
  if (coding.system !== FLOWSHEET.system || !ROWS.has(coding.code ?? '')) {
    return wrong(`${coding.system}|${coding.code} is not a flowsheet row of this organization`);
  }
  const encounter = chart.read(row.encounter?.reference);
  if (encounter?.resourceType !== 'Encounter' || encounter.status !== 'in-progress') {
    return wrong('encounter must be an open encounter');
  }
  if (encounter.subject?.reference !== row.subject?.reference) {
    return wrong('encounter is another patient’s');
  }
  if (row.effectiveDateTime === undefined) return wrong('effectiveDateTime is required');
  if (row.valueQuantity === undefined && row.valueString === undefined) {
    return wrong('valueQuantity or valueString is required');
  }
  if (row.note?.some(({ text }) => (text?.length ?? 0) > LONGEST_NOTE)) {
    return wrong(`note is limited to ${LONGEST_NOTE} characters`);
  }
  return isDuplicate(row, chart) ? ALREADY_FILED : undefined;
}

/** [EPW] One row holds one reading for a patient and an instant; a client may take this for success. */
const ALREADY_FILED: Refusal = {
  status: 400,
  text: 'Reading already exists',
  coding: {
    // The system carries the organization's number in a real server: go by the code.
    system: 'urn:oid:1.2.840.114350.1.13.0.1.7.2.657369',
    code: '59189',
    display: 'Reading already exists',
  },
};

function isDuplicate(row: Observation, chart: Chart): boolean {
  const code = row.code.coding?.[0]?.code;
  const at = Date.parse(row.effectiveDateTime ?? '');
  return chart
    .all('Observation')
    .some(
      (other) =>
        other.resourceType === 'Observation' &&
        other.code.coding?.some((one) => one.system === FLOWSHEET.system && one.code === code) &&
        other.subject?.reference === row.subject?.reference &&
        Date.parse(other.effectiveDateTime ?? '') === at,
    );
}

import { type ReadRecommendations, readRecommendations } from '#src/fhir/recommendation.fhir.ts';

/** Builders of R4 resources for reader tests: hand-written FHIR, not our own mappers. */
export const SERVER = 'https://fhir.example.org/r4';
export const PATIENT = { reference: 'Patient/p1' };
export const AI_LABEL = {
  security: [
    { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'AIAST' },
  ],
};
export const CONFIDENCE_URL =
  'http://hl7.org/fhir/uv/aitransparency/StructureDefinition/AIconfidence';

type Resource = Record<string, unknown>;

export const device = (more: Resource = {}): Resource => ({
  resourceType: 'Device',
  id: 'sepsis',
  identifier: [{ system: 'https://models.example.org', value: 'sepsis-ews' }],
  type: {
    coding: [
      {
        system: 'http://hl7.org/fhir/uv/aitransparency/CodeSystem/AIdeviceTypeCS',
        code: 'Artificial-Intelligence',
      },
    ],
  },
  deviceName: [{ name: 'Sepsis early warning', type: 'user-friendly-name' }],
  version: [{ value: '3.1.0' }],
  ...more,
});

export const riskAssessment = (more: Resource = {}): Resource => ({
  resourceType: 'RiskAssessment',
  id: 'r1',
  meta: { versionId: '1', ...AI_LABEL },
  status: 'final',
  subject: PATIENT,
  code: { text: 'Sepsis risk' },
  occurrenceDateTime: '2026-10-01T08:00:00Z',
  performer: { reference: 'Device/sepsis' },
  basis: [{ reference: 'Observation/lactate' }],
  prediction: [{ outcome: { text: 'Sepsis' }, probabilityDecimal: 62 }],
  ...more,
});

export const observation = (more: Resource = {}): Resource => ({
  resourceType: 'Observation',
  id: 'lactate',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '2524-7', display: 'Lactate' }] },
  subject: PATIENT,
  effectiveDateTime: '2026-10-01T07:30:00Z',
  valueQuantity: {
    value: 3.4,
    unit: 'mmol/L',
    system: 'http://unitsofmeasure.org',
    code: 'mmol/L',
  },
  ...more,
});

export const NO_RULES = { aiDevices: [], probabilityScales: [] };

export const read = (
  resources: readonly unknown[],
  more: Partial<Parameters<typeof readRecommendations>[0]> = {},
): ReadRecommendations =>
  readRecommendations({ server: SERVER, patientId: 'p1', source: NO_RULES, resources, ...more });

/** The one card that is expected; fails the test when there is another number. */
export function onlyCard(result: ReadRecommendations) {
  const [card, more] = result.recommendations;
  if (card === undefined || more !== undefined) {
    throw new Error(`expected one card, got ${JSON.stringify(result)}`);
  }
  return card;
}

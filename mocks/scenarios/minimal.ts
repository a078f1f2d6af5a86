import type { FhirResource, Observation, Patient, Practitioner, RiskAssessment } from 'fhir/r4';
import { type MakeScenario, SYNTHETIC } from './scenario.ts';

export const MRN_SYSTEM = 'urn:example:mrn';

const meta = { tag: [SYNTHETIC] };
const HOUR = 3_600_000;

/** Two patients, two clinicians, one model: enough to test a server, not to look at. */
export const minimal: MakeScenario = ({ now }) => {
  const at = (hoursAgo: number) => new Date(now - hoursAgo * HOUR).toISOString();
  const resources: FhirResource[] = [
    { resourceType: 'Location', id: 'ward', meta, status: 'active', name: 'Ward 1' },
    practitioner('ada', 'Ada', 'Okafor'),
    practitioner('ben', 'Ben', 'Lindqvist'),
    {
      resourceType: 'Device',
      id: 'sepsis-model',
      meta,
      identifier: [{ system: 'urn:example:models', value: 'sepsis' }],
      deviceName: [{ name: 'Sepsis early warning', type: 'user-friendly-name' }],
      version: [{ value: '3.1.0' }],
    },
    ...['p1', 'p2'].flatMap((id, index) => [
      patient(id, index === 0 ? 'Rivera' : 'Novak'),
      {
        resourceType: 'Encounter' as const,
        id: `enc-${id}`,
        meta,
        status: 'in-progress' as const,
        class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
        subject: { reference: `Patient/${id}` },
        location: [{ location: { reference: 'Location/ward' } }],
        period: { start: at(48) },
      },
      lactate(id, 3.1 + index, at(2)),
      riskAssessment(id, 62 - 20 * index, at(1)),
    ]),
  ];
  return {
    name: 'minimal',
    description: 'Two patients, two clinicians, one model',
    now: new Date(now).toISOString(),
    resources,
    clinicians: [
      { practitionerId: 'ada', name: 'Ada Okafor', role: 'Physician' },
      { practitionerId: 'ben', name: 'Ben Lindqvist', role: 'Nurse' },
    ],
    units: [{ locationId: 'ward', name: 'Ward 1' }],
  };
};

function practitioner(id: string, given: string, family: string): Practitioner {
  return {
    resourceType: 'Practitioner',
    id,
    meta,
    active: true,
    name: [{ given: [given], family }],
  };
}

function patient(id: string, family: string): Patient {
  return {
    resourceType: 'Patient',
    id,
    meta,
    identifier: [{ system: MRN_SYSTEM, value: `MRN-${id}` }],
    name: [{ given: ['Sam'], family }],
    gender: 'female',
    birthDate: '1958-04-12',
  };
}

function lactate(patientId: string, value: number, at: string): Observation {
  return {
    resourceType: 'Observation',
    id: `lactate-${patientId}`,
    meta,
    status: 'final',
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/observation-category',
            code: 'laboratory',
          },
        ],
      },
    ],
    code: { coding: [{ system: 'http://loinc.org', code: '2524-7', display: 'Lactate' }] },
    subject: { reference: `Patient/${patientId}` },
    encounter: { reference: `Encounter/enc-${patientId}` },
    effectiveDateTime: at,
    valueQuantity: { value, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' },
  };
}

function riskAssessment(patientId: string, percent: number, at: string): RiskAssessment {
  return {
    resourceType: 'RiskAssessment',
    id: `risk-${patientId}`,
    meta: {
      ...meta,
      security: [
        { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'AIAST' },
      ],
    },
    status: 'final',
    subject: { reference: `Patient/${patientId}` },
    encounter: { reference: `Encounter/enc-${patientId}` },
    occurrenceDateTime: at,
    performer: { reference: 'Device/sepsis-model' },
    basis: [{ reference: `Observation/lactate-${patientId}` }],
    prediction: [{ outcome: { text: 'Sepsis within 6 h' }, probabilityDecimal: percent }],
  };
}

import { readFileSync } from 'node:fs';
import type { Bundle, FhirResource, Observation, RiskAssessment } from 'fhir/r4';
import type { FhirServer } from './fhir-server.ts';

/** A patient on the server, with ids as the server gave them ("Patient/x"). */
export interface Chart {
  readonly patient: string;
  readonly practitioner: string;
  readonly encounter: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly observations: readonly Observation[];
}

/** A transaction bundle such as Synthea writes them, or a small one of our own. */
export const chartBundle = (file?: string): Bundle =>
  file ? (JSON.parse(readFileSync(file, 'utf8')) as Bundle) : smallChart();

/** Stores a chart. */
export async function storeChart(server: FhirServer, bundle: Bundle): Promise<Chart> {
  const stored = await server.transaction({
    ...bundle,
    // Bills take time to store and no part here.
    entry: (bundle.entry ?? []).filter(
      ({ resource }) => !/^(Claim|ExplanationOfBenefit)$/.test(resource?.resourceType ?? ''),
    ),
  });
  const of = <T extends FhirResource['resourceType']>(type: T) =>
    stored.filter((one) => one.resourceType === type) as Extract<
      FhirResource,
      { resourceType: T }
    >[];
  const reference = (one: FhirResource | undefined) => {
    if (!one?.id) throw new Error('The chart lacks a patient, a practitioner or an encounter.');
    return `${one.resourceType}/${one.id}`;
  };
  const [patient] = of('Patient');
  const name = patient?.name?.[0];
  return {
    patient: reference(patient),
    practitioner: reference(of('Practitioner')[0]),
    encounter: reference(of('Encounter').at(-1)),
    familyName: name?.family ?? '',
    givenName: name?.given?.[0] ?? '',
    observations: of('Observation').filter((one) => one.valueQuantity),
  };
}

/** An AI recommendation which rests on that chart's own Observations: a series and single values. */
export async function recommend(server: FhirServer, chart: Chart, title: string): Promise<string> {
  const device = await server.create({
    resourceType: 'Device',
    status: 'active',
    manufacturer: 'Example Models',
    deviceName: [{ name: 'Early visit model', type: 'user-friendly-name' }],
    version: [{ value: '3.1.0' }],
    type: {
      coding: [
        {
          system: 'http://hl7.org/fhir/uv/aitransparency/CodeSystem/AIdeviceTypeCS',
          code: 'Artificial-Intelligence',
        },
      ],
      text: 'Artificial intelligence',
    },
  });
  const assessment: RiskAssessment = {
    resourceType: 'RiskAssessment',
    meta: {
      security: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
          code: 'AIAST',
          display: 'Artificial Intelligence asserted',
        },
      ],
    },
    status: 'final',
    code: {
      coding: [
        {
          system: 'https://clinician-feedback.example.org/fhir/CodeSystem/recommendation-kind',
          code: 'readmission',
        },
      ],
      text: title,
    },
    subject: { reference: chart.patient },
    encounter: { reference: chart.encounter },
    occurrenceDateTime: new Date(Date.now() - 3_600_000).toISOString(),
    performer: { reference: `Device/${device.id}` },
    basis: basisOf(chart).map(({ id }) => ({ reference: `Observation/${id}` })),
    prediction: [{ outcome: { text: 'Readmission within 30 days' }, probabilityDecimal: 62 }],
    mitigation: 'Arrange a visit within 7 days.',
  };
  const { id } = await server.create(assessment);
  return `RiskAssessment/${id}`;
}

/** The newest value of five kinds, and all of the longest series: what a trend is drawn from. */
export function basisOf(chart: Chart): readonly Observation[] {
  const kinds = Map.groupBy(chart.observations, (one) => one.code.coding?.[0]?.code);
  const series = [...kinds.values()]
    .map((all) => all.toSorted((a, b) => time(b) - time(a)))
    .toSorted((a, b) => b.length - a.length);
  return [...(series[0] ?? []), ...series.slice(1, 5).flatMap((all) => all.slice(0, 1))];
}

/** The number that two systems know a patient of ours by. */
export const MRN_SYSTEM = 'https://hospital.example.org/mrn';

const time = (one: Observation) => Date.parse(one.effectiveDateTime ?? '');

function smallChart(): Bundle {
  const urn = () => `urn:uuid:${crypto.randomUUID()}`;
  const [patient, practitioner, encounter] = [urn(), urn(), urn()];
  const tag = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' }];
  const act = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
  const value = (code: string, text: string, amount: number, unit: string, hoursAgo: number) =>
    ({
      resourceType: 'Observation',
      meta: { tag },
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code }], text },
      subject: { reference: patient },
      encounter: { reference: encounter },
      effectiveDateTime: new Date(Date.now() - hoursAgo * 3_600_000).toISOString(),
      valueQuantity: { value: amount, unit, system: 'http://unitsofmeasure.org', code: unit },
    }) satisfies Observation;
  const entries: [string, FhirResource][] = [
    [
      practitioner,
      { resourceType: 'Practitioner', meta: { tag }, name: [{ family: 'Osei', given: ['Ama'] }] },
    ],
    [
      patient,
      {
        resourceType: 'Patient',
        meta: { tag },
        identifier: [{ system: MRN_SYSTEM, value: crypto.randomUUID() }],
        name: [{ family: 'Testgrove', given: ['Ida'] }],
        gender: 'female',
        birthDate: '1957-03-02',
      },
    ],
    [
      encounter,
      {
        resourceType: 'Encounter',
        meta: { tag },
        status: 'in-progress',
        class: { system: act, code: 'IMP' },
        subject: { reference: patient },
      },
    ],
    ...[70.4, 71.6, 72.9].map((kg, day): [string, FhirResource] => [
      urn(),
      value('29463-7', 'Body weight', kg, 'kg', 50 - 24 * day),
    ]),
    [urn(), value('2951-2', 'Sodium', 131, 'mmol/L', 4)],
    [urn(), value('2160-0', 'Creatinine', 1.4, 'mg/dL', 4)],
  ];
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: entries.map(([fullUrl, resource]) => ({
      fullUrl,
      resource,
      request: { method: 'POST', url: resource.resourceType },
    })),
  };
}

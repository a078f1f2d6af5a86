import type { CodeableConcept, Dosage, MedicationAdministration, MedicationRequest } from 'fhir/r4';
import { named, plainMeta, snomed, ucum } from './build.ts';
import { add, type Chart } from './chart.ts';
import { type DrugId, drug } from './drugs.ts';
import { clinician } from './people.ts';
import { hoursAgo, minutesAgo } from './ward.ts';

const ROUTES = {
  oral: ['26643006', 'Oral route'],
  intravenous: ['47625008', 'Intravenous route'],
  subcutaneous: ['34206005', 'Subcutaneous route'],
  inhaled: ['447694001', 'Respiratory tract route'],
} as const;

type Route = keyof typeof ROUTES;

/** "5 mg", "oral", "daily". */
export interface Dose {
  readonly value: number;
  /** UCUM. */
  readonly unit: string;
  readonly route: Route;
  readonly often: string;
}

export function route(id: Route): CodeableConcept {
  const [code, display] = ROUTES[id];
  return snomed(code, display);
}

export const dose = (value: number, unit: string, by: Route, often: string): Dose => ({
  value,
  unit,
  route: by,
  often,
});

/** As prescribers write a unit whose UCUM code is easily misread. */
const PRINTED: Readonly<Record<string, string>> = {
  U: 'units',
  'U/kg/h': 'units/kg/h',
  ug: 'mcg',
  'ug/kg/min': 'mcg/kg/min',
};

export const dosage = ({ value, unit, route: by, often }: Dose): Dosage => ({
  text: `${value} ${PRINTED[unit] ?? unit} ${by}, ${often}`,
  timing: { code: { text: often } },
  route: route(by),
  doseAndRate: [{ doseQuantity: ucum(value, PRINTED[unit] ?? unit, unit) }],
});

export function order(
  chart: Chart,
  id: DrugId,
  amount: Dose,
  hours: number,
  more: { readonly status?: MedicationRequest['status']; readonly name?: string } = {},
): MedicationRequest {
  return add(chart, {
    resourceType: 'MedicationRequest',
    id: `${chart.id}-order-${more.name ?? id.toLowerCase()}`,
    meta: plainMeta(),
    status: more.status ?? 'active',
    intent: 'order',
    medicationCodeableConcept: drug(id),
    subject: chart.subject,
    encounter: chart.encounter,
    authoredOn: hoursAgo(chart.ward, hours),
    requester: clinician(chart.ward, chart.stay.attending),
    dosageInstruction: [dosage(amount)],
  });
}

/** A dose that a nurse charted as given. */
export function given(
  chart: Chart,
  request: MedicationRequest,
  minutes: number,
  n = 0,
): MedicationAdministration {
  const instruction = request.dosageInstruction?.[0];
  const dose = instruction?.doseAndRate?.[0]?.doseQuantity;
  return add(chart, {
    resourceType: 'MedicationAdministration',
    id: `${request.id}-given-${n}`.replace('-order-', '-'),
    meta: plainMeta(),
    status: 'completed',
    ...(request.medicationCodeableConcept
      ? { medicationCodeableConcept: request.medicationCodeableConcept }
      : {}),
    subject: chart.subject,
    context: chart.encounter,
    effectiveDateTime: minutesAgo(chart.ward, minutes),
    performer: [
      { actor: clinician(chart.ward, chart.stay.unit === 'icu' ? 'nurse-icu' : 'nurse-5b') },
    ],
    request: named(
      `MedicationRequest/${request.id}`,
      request.medicationCodeableConcept?.text ?? 'Medication',
    ),
    dosage: {
      ...(instruction?.text ? { text: instruction.text } : {}),
      ...(instruction?.route ? { route: instruction.route } : {}),
      ...(dose ? { dose } : {}),
    },
  });
}

import type { Location, Observation, Practitioner } from 'fhir/r4';
import { UNIT_NAMES } from '#src/domain/simulate/places.ts';
import type { TableRow } from '#src/domain/tables/schema.ts';
import { GOVERNANCE_CATEGORY, SYSTEM } from '#src/fhir/codes.ts';
import { GOVERNANCE_COMPONENT, GOVERNANCE_ITEM } from '#src/fhir/tables/governance-codes.ts';
import { HOSPITAL_BASE, idOf, isoTime, simulatedMeta } from './mark.ts';

export const toLocation = (unit: string, at: number): Location => ({
  resourceType: 'Location',
  id: idOf(unit),
  meta: simulatedMeta(at),
  status: 'active',
  name: UNIT_NAMES.get(unit) ?? idOf(unit),
  mode: 'instance',
});

/** Somebody by number and role; nobody has a name. */
export const toPractitioner = (clinician: string, at: number): Practitioner => ({
  resourceType: 'Practitioner',
  id: idOf(clinician),
  meta: simulatedMeta(at),
  identifier: [{ system: `${HOSPITAL_BASE}/staff`, value: idOf(clinician) }],
  active: true,
});

const said = (code: string, value: string | null) =>
  value === null
    ? []
    : [{ code: { coding: [{ system: SYSTEM.feedbackItem, code }] }, valueString: value }];

/** One line of the change log, or one state of a model. @param device of the version it is about. */
export function toChangeObservation(
  row: TableRow<'changes'>,
  device: string | undefined,
): Observation {
  const isState = row.kind === 'state';
  const value = isState
    ? { system: SYSTEM.modelState, code: row.to_value ?? 'unknown' }
    : { system: SYSTEM.changeKind, code: row.kind };
  const parts = isState
    ? []
    : [
        ...said(GOVERNANCE_COMPONENT.from, row.from_value),
        ...said(GOVERNANCE_COMPONENT.to, row.to_value),
      ];
  const code = isState ? GOVERNANCE_ITEM.state : GOVERNANCE_ITEM.change;
  return {
    resourceType: 'Observation',
    id: row.change_id,
    meta: simulatedMeta(row.recorded_at),
    status: 'final',
    category: [{ coding: [{ system: SYSTEM.feedbackCategory, code: GOVERNANCE_CATEGORY }] }],
    code: { coding: [{ system: SYSTEM.feedbackItem, code }] },
    ...(device && { subject: { reference: device } }),
    ...(row.changed_at !== null && { effectivePeriod: { start: isoTime(row.changed_at) } }),
    valueCodeableConcept: { coding: [value] },
    ...(row.description && { note: [{ text: row.description }] }),
    ...(parts.length > 0 && { component: parts }),
  };
}

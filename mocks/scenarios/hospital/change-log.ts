import type { FhirResource, Observation } from 'fhir/r4';
import { GOVERNANCE_CATEGORY, SYSTEM } from '#src/fhir/codes.ts';
import { SYNTHETIC } from '../scenario.ts';
import { coding, named } from '../ward/build.ts';
import { instant } from './fields.ts';
import type { Past, Row } from './past.ts';

const said = (code: string, value: string | null) =>
  value === null
    ? []
    : [{ code: { coding: [coding(SYSTEM.feedbackItem, code)] }, valueString: value }];

function entry(row: Row<'changes'>): Observation {
  const at = instant(row.changed_at);
  return {
    resourceType: 'Observation',
    id: row.change_id,
    meta: { lastUpdated: at, tag: [SYNTHETIC] },
    status: 'final',
    category: [{ coding: [coding(SYSTEM.feedbackCategory, GOVERNANCE_CATEGORY)] }],
    code: { coding: [coding(SYSTEM.feedbackItem, 'model-change')] },
    effectivePeriod: { start: at },
    performer: [named('Practitioner/informatics', 'Informatics')],
    valueCodeableConcept: { coding: [coding(SYSTEM.changeKind, row.kind)] },
    component: [...said('change-from', row.from_value), ...said('change-to', row.to_value)],
    ...(row.description !== null && { note: [{ time: at, text: row.description }] }),
  };
}

/** Changes that are about every model: they name none. States are the ward's to tell. */
export const changeLog = ({ changes }: Past): Observation[] =>
  changes.filter(({ kind, model_id }) => kind !== 'state' && model_id === null).map(entry);

const SINCE_BEFORE = new Set(['state-sepsis-3-2', 'state-chest-xray-2']);
const QUARTER_MS = 13 * 7 * 86_400_000;

/** In the ward these came into use this summer; here they have been in use for all of the half year. */
export function statesWithPast(
  resources: readonly FhirResource[],
  { scores }: Past,
): readonly FhirResource[] {
  const first = scores.reduce((least, row) => Math.min(least, row.scored_at ?? least), Infinity);
  const start = instant(first - QUARTER_MS);
  return resources.map((one) =>
    one.resourceType === 'Observation' && SINCE_BEFORE.has(one.id ?? '')
      ? { ...one, issued: start, effectivePeriod: { ...one.effectivePeriod, start } }
      : one,
  );
}

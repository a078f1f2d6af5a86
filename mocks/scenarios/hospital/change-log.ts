import type { Observation } from 'fhir/r4';
import { GOVERNANCE_CATEGORY, SYSTEM } from '#src/fhir/codes.ts';
import { SYNTHETIC } from '../scenario.ts';
import { coding, named } from '../ward/build.ts';
import { deviceReference, type ModelId } from '../ward/models/catalogue.ts';
import { instant } from './fields.ts';
import type { Past, Row } from './past.ts';

const IN_USE: readonly ModelId[] = ['sepsis-3', 'chest-xray', 'drug-interaction', 'readmission-1'];

const said = (code: string, value: string | null) =>
  value === null
    ? []
    : [{ code: { coding: [coding(SYSTEM.feedbackItem, code)] }, valueString: value }];

function entry(row: Row<'changes'>, id: ModelId): Observation {
  const at = instant(row.changed_at);
  return {
    resourceType: 'Observation',
    id: `${row.change_id}-${id}`,
    meta: { lastUpdated: at, tag: [SYNTHETIC] },
    status: 'final',
    category: [{ coding: [coding(SYSTEM.feedbackCategory, GOVERNANCE_CATEGORY)] }],
    code: { coding: [coding(SYSTEM.feedbackItem, 'model-change')] },
    subject: deviceReference(id),
    effectivePeriod: { start: at },
    performer: [named('Practitioner/informatics', 'Informatics')],
    valueCodeableConcept: { coding: [coding(SYSTEM.changeKind, row.kind)] },
    component: [...said('change-from', row.from_value), ...said('change-to', row.to_value)],
    ...(row.description !== null && { note: [{ time: at, text: row.description }] }),
  };
}

/** The change log; what is about every model stands once for each. States are the ward's to tell. */
export const changeLog = ({ changes }: Past): Observation[] =>
  changes
    .filter(({ kind, model_id }) => kind !== 'state' && model_id === null)
    .flatMap((row) => IN_USE.map((id) => entry(row, id)));

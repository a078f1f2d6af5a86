import { CHANGES } from '#src/domain/tables/changes.ts';
import { INCIDENTS } from '#src/domain/tables/incidents.ts';
import { MODELS } from '#src/domain/tables/models.ts';
import { REVIEWS } from '#src/domain/tables/reviews.ts';
import { AI_TRANSPARENCY, EXTENSION, SYSTEM } from '../codes.ts';
import { INCIDENT_SYSTEM } from '../governance/incident-terms.ts';
import { GOVERNANCE_COMPONENT, GOVERNANCE_ITEM } from '../tables/governance-codes.ts';
import { columnsOf, extra, VERSION_COLUMNS } from './columns.ts';
import { amount, component, extended, hasCoding, isItem, text } from './paths.ts';
import type { View } from './view.ts';

const OWN_ID = `identifier.where(system = '${SYSTEM.uri}').first().value`;
const SAID = 'value.ofType(CodeableConcept).coding.code.first()';
const { from, to, harm, stratum, fraction, blinded } = GOVERNANCE_COMPONENT;
const yesNo = (code: string): string => `${component(code)}.value.ofType(boolean).first()`;

export const CHANGES_VIEW: View = {
  table: 'changes',
  name: 'changes',
  title: 'Changes',
  description: CHANGES.description,
  resource: 'Observation',
  where: [`(${isItem(GOVERNANCE_ITEM.state)}) or (${isItem(GOVERNANCE_ITEM.change)})`],
  select: [
    {
      column: [
        ...VERSION_COLUMNS,
        ...columnsOf(CHANGES, {
          change_id: OWN_ID,
          kind: SAID,
          unit: `${extended(EXTENSION.eventLocation)}.reference`,
          changed_at: '(effective.ofType(Period).start | effective.ofType(dateTime)).first()',
          until: 'effective.ofType(Period).end',
          from_value: text(from),
          to_value: text(to),
          description: 'note.text.first()',
          approved_by: 'performer.first().reference',
          status: 'status',
        }),
        extra('model_reference', 'subject.reference', 'The Device; its row in models.'),
        extra('item', 'code.coding.code.first()', '`model-state` or `model-change`.'),
        { ...extra('from_number', amount(from), 'What it was, a number.'), type: 'decimal' },
        { ...extra('to_number', amount(to), 'What it is, a number.'), type: 'decimal' },
      ],
    },
  ],
};

export const REVIEWS_VIEW: View = {
  table: 'reviews',
  name: 'reviews',
  title: 'Reviews of appropriateness',
  description: REVIEWS.description,
  resource: 'Observation',
  where: [isItem(GOVERNANCE_ITEM.review)],
  select: [
    {
      column: [
        ...VERSION_COLUMNS,
        ...columnsOf(REVIEWS, {
          review_id: OWN_ID,
          decision_id: '(focus.first().identifier.value | focus.first().reference).first()',
          reviewer_id: 'performer.first().reference',
          judgement: SAID,
          harm: yesNo(harm),
          stratum: text(stratum),
          sampling_fraction: amount(fraction),
          blinded: yesNo(blinded),
          reviewed_at: 'effective.ofType(dateTime)',
          status: 'status',
        }),
      ],
    },
  ],
};

export const MODELS_VIEW: View = {
  table: 'models',
  name: 'models',
  title: 'Models',
  description: MODELS.description,
  resource: 'Device',
  where: [hasCoding('type.coding', AI_TRANSPARENCY.deviceType, 'Artificial-Intelligence')],
  select: [
    {
      column: [
        ...VERSION_COLUMNS,
        ...columnsOf(MODELS, {
          model_id: 'identifier.first().value',
          model_version: 'version.first().value',
          name: "(deviceName.where(type = 'user-friendly-name').name | deviceName.name).first()",
          manufacturer: 'manufacturer',
          owner: 'owner.display',
        }),
      ],
    },
  ],
};

export const INCIDENTS_VIEW: View = {
  table: 'incidents',
  name: 'incidents',
  title: 'Incidents',
  description: INCIDENTS.description,
  resource: 'AdverseEvent',
  where: [],
  select: [
    {
      column: [
        ...VERSION_COLUMNS,
        ...columnsOf(INCIDENTS, {
          incident_id: 'identifier.value',
          kind: 'actuality',
          patient_id: 'subject.reference',
          unit: 'location.reference',
          merp: `(seriousness.coding.where(system = '${INCIDENT_SYSTEM.merp}').code | severity.coding.code).first()`,
          harm: `seriousness.coding.where(system != '${INCIDENT_SYSTEM.merp}').code.first()`,
          occurred_at: 'date',
          discovered_at: 'detected',
          reporter_id: 'recorder.reference',
        }),
        extra('model_reference', 'suspectEntity.instance.reference.first()', 'The Device.'),
        extra('categories', 'category.coding.code', 'An unsafe condition is one.', true),
      ],
    },
  ],
};

import { DECISIONS } from '#src/domain/tables/decisions.ts';
import { EXPOSURES } from '#src/domain/tables/exposures.ts';
import { COMPONENT, CONNECTION_CHECK_TAG, EXTENSION, ITEM, SYSTEM } from '../codes.ts';
import { columnsOf, extra, type Paths, VERSION_COLUMNS } from './columns.ts';
import {
  amount,
  codeOf,
  codeOrWords,
  codings,
  component,
  extended,
  hasCoding,
  isItem,
  text,
} from './paths.ts';
import type { View } from './view.ts';

const ROLE = `performer.first().extension('${EXTENSION.performerFunction}').first().value.ofType(CodeableConcept).coding`;
const REASON = codings(COMPONENT.overrideReason);
const ACTION = codings(COMPONENT.actionTaken);
const TIME = '(effective.ofType(dateTime) | effective.ofType(instant) | issued).first()';

/** What the two kinds of feedback share. */
const SHARED: Paths = {
  recommendation_id: 'focus.first().reference',
  recommendation_version: text(COMPONENT.recommendationVersion),
  patient_id: 'subject.reference',
  encounter_id: 'encounter.reference',
  clinician_id: 'performer.first().reference',
  clinician_role: codeOrWords(ROLE),
  model_id: text(COMPONENT.model),
  model_version: text(COMPONENT.modelVersion),
  model_state: `${codings(COMPONENT.modelState)}.code.first()`,
  app_version: text(COMPONENT.appVersion),
  status: 'status',
};

/** What a connection check wrote is a test and no answer. */
const NO_CHECK = `${hasCoding('meta.tag', CONNECTION_CHECK_TAG.system, CONNECTION_CHECK_TAG.code)}.not()`;

const OWN_ID = `identifier.where(system = '${SYSTEM.uri}').first().value`;

export const DECISIONS_VIEW: View = {
  table: 'decisions',
  name: 'decisions',
  title: 'Answers',
  description: DECISIONS.description,
  resource: 'Observation',
  where: [isItem(ITEM.response), NO_CHECK],
  select: [
    {
      column: [
        ...VERSION_COLUMNS,
        ...columnsOf(DECISIONS, {
          decision_id: OWN_ID,
          replaces_id: `${extended(EXTENSION.observationReplaces)}.identifier.value`,
          recommendation_identifier: 'focus.first().identifier.value',
          ...SHARED,
          unit: `${extended(EXTENSION.eventLocation)}.reference`,
          response: codeOf('value.ofType(CodeableConcept)', SYSTEM.response),
          reason_system: `${REASON}.where(code.exists()).first().system`,
          reason_code: `${REASON}.where(code.exists()).first().code`,
          reason_display: `${REASON}.where(code.exists()).first().display`,
          action_system: `${ACTION}.where(code.exists()).first().system`,
          action_code: `${ACTION}.where(code.exists()).first().code`,
          action_reference: `${extended(EXTENSION.supportingInfo)}.reference`,
          deferred_until: `${component(COMPONENT.deferredUntil)}.value.ofType(dateTime).first()`,
          usefulness: `${component(COMPONENT.usefulness)}.value.ofType(integer).first()`,
          comment_present: 'note.exists()',
          risk_band: codeOrWords(codings(COMPONENT.shownRiskBand)),
          arm: text(COMPONENT.arm),
          decided_at: TIME,
          shown_probability: amount(COMPONENT.shownProbability),
          displayed_at: `${component(COMPONENT.displayedAt)}.value.ofType(dateTime).first()`,
          dwell_ms: amount(COMPONENT.timeToResponse),
          evidence_opened: `${component(COMPONENT.evidenceOpened)}.value.ofType(boolean).first()`,
        }).map((column) =>
          // A number of milliseconds is sent as a decimal.
          column.name === 'dwell_ms' ? { ...column, type: 'decimal' as const } : column,
        ),
        extra('comment', 'note.text', 'Notes, in their order.', true),
        extra('all_reasons', `${REASON}.code`, 'All reason codes, the primary one first.', true),
        extra(
          'reason_parts',
          `${component(COMPONENT.overrideReason)}.code.coding.where(system = '${SYSTEM.feedbackItem}').code`,
          'One for each reason, whatever it says.',
          true,
        ),
        extra(
          'action_words',
          `${component(COMPONENT.actionTaken)}.value.ofType(CodeableConcept).text.first()`,
          'What was done, in words.',
        ),
        extra(
          'replaces_reference',
          `${extended(EXTENSION.observationReplaces)}.reference`,
          'Where the replaced answer is stored.',
        ),
      ],
    },
  ],
};

export const EXPOSURES_VIEW: View = {
  table: 'exposures',
  name: 'exposures',
  title: 'Displays',
  description: EXPOSURES.description,
  resource: 'Observation',
  where: [isItem(ITEM.displayed), NO_CHECK],
  select: [
    {
      column: [
        ...VERSION_COLUMNS,
        ...columnsOf(EXPOSURES, { exposure_id: OWN_ID, ...SHARED, displayed_at: TIME }),
      ],
    },
  ],
};

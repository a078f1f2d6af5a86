import type { CodeableConcept, Observation, ObservationComponent, Reference } from 'fhir/r4';
import { COMPONENT, EXTENSION, FEEDBACK_CATEGORY, ITEM, SYSTEM } from '#src/fhir/codes.ts';
import { HOSPITAL } from '../ward/build.ts';
import { answerMetaAt, displayMetaAt, idOf, instant, uuidOf } from './fields.ts';
import type { Row } from './past.ts';

/** Who answers in which role, in the hospital's own words. */
export const ROLE_SYSTEM = `${HOSPITAL}/roles`;

type Given = Row<'decisions'> | Row<'exposures'>;

const item = (code: string): CodeableConcept => ({
  coding: [{ system: SYSTEM.feedbackItem, code }],
});

const coded = (system: string, code: string, display?: string | null): CodeableConcept => ({
  coding: [{ system, code, ...(display && { display }) }],
});

const performer = ({ clinician_id, clinician_role }: Given): Reference => ({
  ...(clinician_role && {
    extension: [
      {
        url: EXTENSION.performerFunction,
        valueCodeableConcept: coded(ROLE_SYSTEM, clinician_role),
      },
    ],
  }),
  reference: clinician_id ?? '',
});

const focus = ({ recommendation_id }: Given): Reference => ({
  reference: recommendation_id,
  identifier: { value: idOf(recommendation_id) },
});

const base = (row: Given) =>
  ({
    category: [coded(SYSTEM.feedbackCategory, FEEDBACK_CATEGORY)],
    subject: { reference: row.patient_id ?? '' },
    encounter: { reference: row.encounter_id ?? '' },
    focus: [focus(row)],
    performer: [performer(row)],
  }) satisfies Partial<Observation>;

const modelComponents = (row: Given): ObservationComponent[] => [
  { code: item(COMPONENT.recommendationVersion), valueString: row.recommendation_version },
  { code: item(COMPONENT.model), valueString: row.model_id ?? '' },
  { code: item(COMPONENT.modelVersion), valueString: row.model_version ?? '' },
  {
    code: item(COMPONENT.modelState),
    valueCodeableConcept: coded(SYSTEM.modelState, row.model_state ?? ''),
  },
  { code: item(COMPONENT.appVersion), valueString: row.app_version ?? '' },
];

/** That a recommendation came into view, as the app reports it. */
export const pastExposure = (row: Row<'exposures'>): Observation => ({
  resourceType: 'Observation',
  id: uuidOf(row.exposure_id),
  meta: displayMetaAt(row.recorded_at),
  identifier: [{ system: SYSTEM.uri, value: row.exposure_id }],
  status: 'final',
  code: item(ITEM.displayed),
  ...base(row),
  effectiveDateTime: instant(row.displayed_at),
  component: modelComponents(row),
});

const reasonSystem = (code: string): string =>
  code.startsWith('ai-') ? SYSTEM.aiOverrideReason : SYSTEM.nonAdherenceReason;

function answerComponents(row: Row<'decisions'>): ObservationComponent[] {
  const reasons = row.all_reasons?.split(' ') ?? [];
  return [
    ...modelComponents(row),
    ...reasons.map((code, i) => ({
      code: item(COMPONENT.overrideReason),
      // Rows have the words of the first only.
      valueCodeableConcept: coded(reasonSystem(code), code, i === 0 ? row.reason_display : null),
    })),
    ...(row.action_system && row.action_code
      ? [
          {
            code: item(COMPONENT.actionTaken),
            valueCodeableConcept: coded(row.action_system, row.action_code),
          },
        ]
      : []),
    ...(row.deferred_until === null
      ? []
      : [{ code: item(COMPONENT.deferredUntil), valueDateTime: instant(row.deferred_until) }]),
    {
      code: item(COMPONENT.shownProbability),
      valueQuantity: { value: row.shown_probability ?? 0, system: SYSTEM.ucum, code: '1' },
    },
    {
      code: item(COMPONENT.shownRiskBand),
      valueCodeableConcept: coded(SYSTEM.riskProbability, row.risk_band ?? ''),
    },
    { code: item(COMPONENT.displayedAt), valueDateTime: instant(row.displayed_at) },
    {
      code: item(COMPONENT.timeToResponse),
      valueQuantity: { value: row.dwell_ms ?? 0, unit: 'ms', system: SYSTEM.ucum, code: 'ms' },
    },
    { code: item(COMPONENT.evidenceOpened), valueBoolean: row.evidence_opened ?? false },
    ...(row.usefulness === null
      ? []
      : [{ code: item(COMPONENT.usefulness), valueInteger: row.usefulness }]),
  ];
}

/** An answer of half a year, to the letter of the contract. */
export const pastAnswer = (row: Row<'decisions'>): Observation => ({
  resourceType: 'Observation',
  id: uuidOf(row.decision_id),
  meta: answerMetaAt(row.recorded_at),
  extension: [
    { url: EXTENSION.eventLocation, valueReference: { reference: row.unit ?? '' } },
    ...(row.replaces_id === null
      ? []
      : [
          {
            url: EXTENSION.observationReplaces,
            valueReference: {
              reference: `Observation/${uuidOf(row.replaces_id)}`,
              identifier: { system: SYSTEM.uri, value: row.replaces_id },
            },
          },
        ]),
  ],
  identifier: [{ system: SYSTEM.uri, value: row.decision_id }],
  status: row.status,
  code: item(ITEM.response),
  ...base(row),
  effectiveDateTime: instant(row.decided_at),
  issued: instant(row.decided_at),
  valueCodeableConcept: coded(SYSTEM.response, row.response),
  component: answerComponents(row),
});

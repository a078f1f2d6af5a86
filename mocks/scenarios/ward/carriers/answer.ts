import type { FhirResource, Identifier, Observation, ObservationComponent } from 'fhir/r4';
import { COMPONENT, EXTENSION, FEEDBACK_CATEGORY, ITEM, PROFILE, SYSTEM } from '#src/fhir/codes.ts';
import { CLINICIAN_ASSERTED, coding, plainMeta, refer } from '../build.ts';
import { add, type Chart } from '../chart.ts';
import { unitReference } from '../hospital.ts';
import { type ModelId, model } from '../models/catalogue.ts';
import { type ClinicianId, clinician, roleConcept } from '../people.ts';
import { minutesAgo, stream } from '../ward.ts';

interface GivenAnswer {
  readonly n: number;
  readonly by: ClinicianId;
  readonly minutesAgo: number;
  readonly to: FhirResource & { identifier?: Identifier[] | undefined };
  readonly model: ModelId;
  readonly response: 'accepted' | 'accepted-modified' | 'overridden' | 'deferred';
  readonly reasons?: readonly { readonly system: string; readonly code: string }[];
  readonly comment?: string;
  readonly deferredForMinutes?: number;
  readonly visibleMs: number;
  /** The earlier answer, where this is a change of mind. */
  readonly replaces?: Observation;
}

const item = (code: string) => ({ coding: [coding(SYSTEM.feedbackItem, code)] });

function components(chart: Chart, answer: GivenAnswer): ObservationComponent[] {
  const facts = model(answer.model);
  const until = answer.deferredForMinutes;
  return [
    { code: item(COMPONENT.recommendationVersion), valueString: '1' },
    ...(answer.reasons ?? []).map((reason) => ({
      code: item(COMPONENT.overrideReason),
      valueCodeableConcept: { coding: [reason] },
    })),
    ...(until === undefined
      ? []
      : [
          {
            code: item(COMPONENT.deferredUntil),
            valueDateTime: minutesAgo(chart.ward, answer.minutesAgo - until),
          },
        ]),
    { code: item(COMPONENT.model), valueString: facts.identifier },
    { code: item(COMPONENT.modelVersion), valueString: facts.version },
    {
      code: item(COMPONENT.modelState),
      valueCodeableConcept: { coding: [coding(SYSTEM.modelState, facts.state)] },
    },
    {
      code: item(COMPONENT.displayedAt),
      valueDateTime: minutesAgo(chart.ward, answer.minutesAgo + answer.visibleMs / 60_000),
    },
    {
      code: item(COMPONENT.timeToResponse),
      valueQuantity: { value: answer.visibleMs, unit: 'ms', system: SYSTEM.ucum, code: 'ms' },
    },
    { code: item(COMPONENT.appVersion), valueString: '0.1.0' },
  ];
}

/** A colleague's answer that is already in the chart, to the letter of the contract. */
export function answer(chart: Chart, given: GivenAnswer): Observation {
  const at = minutesAgo(chart.ward, given.minutesAgo);
  const performer = clinician(chart.ward, given.by);
  const identifier = given.to.identifier?.[0];
  const uuid = stream(chart.ward, `answer/${chart.id}/${given.n}`).uuid();
  return add(chart, {
    resourceType: 'Observation',
    id: `${chart.id}-answer-${given.n}`,
    meta: {
      ...plainMeta(),
      profile: [PROFILE.recommendationResponse],
      security: [CLINICIAN_ASSERTED],
    },
    extension: [
      { url: EXTENSION.eventLocation, valueReference: unitReference(chart.stay.unit) },
      ...(given.replaces
        ? [{ url: EXTENSION.observationReplaces, valueReference: refer(given.replaces) }]
        : []),
    ],
    identifier: [{ system: SYSTEM.uri, value: `urn:uuid:${uuid}` }],
    status: 'final',
    category: [{ coding: [coding(SYSTEM.feedbackCategory, FEEDBACK_CATEGORY)] }],
    code: { coding: [coding(SYSTEM.feedbackItem, ITEM.response)] },
    subject: chart.subject,
    encounter: chart.encounter,
    focus: [{ ...refer(given.to), ...(identifier ? { identifier } : {}) }],
    effectiveDateTime: at,
    issued: at,
    performer: [
      {
        extension: [
          { url: EXTENSION.performerFunction, valueCodeableConcept: roleConcept(given.by) },
        ],
        ...performer,
      },
    ],
    valueCodeableConcept: { coding: [coding(SYSTEM.response, given.response)] },
    ...(given.comment
      ? { note: [{ authorReference: performer, time: at, text: given.comment }] }
      : {}),
    component: components(chart, given),
  });
}

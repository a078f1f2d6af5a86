import type { ObservationComponent } from 'fhir/r4';
import type { Answer, ModelAtAnswer } from '#src/domain/feedback.ts';
import { COMPONENT, SYSTEM } from '../codes.ts';
import { COMPONENT_DISPLAY, type ComponentCode } from '../feedback-terms.ts';
import { toConcept } from './concept.fhir.ts';
import { hasOffset } from './writable.ts';

/** `value[x]` of a component; only types that R4 allows there. */
type ComponentValue = Pick<
  ObservationComponent,
  | 'valueBoolean'
  | 'valueCodeableConcept'
  | 'valueDateTime'
  | 'valueInteger'
  | 'valueQuantity'
  | 'valueString'
>;

/**
 * What may stand in the EHR chart: the response and its reason. A time to come back and the action
 * taken are part of the response; the version says what was answered, since `focus` is unversioned.
 * Everything else (timings, what was shown, model facts, usefulness) goes to the hospital store only.
 */
export const CHART_COMPONENTS: ReadonlySet<ComponentCode> = new Set([
  COMPONENT.recommendationVersion,
  COMPONENT.overrideReason,
  COMPONENT.actionTaken,
  COMPONENT.deferredUntil,
]);

const component = (code: ComponentCode, value: ComponentValue): ObservationComponent => ({
  code: {
    coding: [{ system: SYSTEM.feedbackItem, code, display: COMPONENT_DISPLAY[code] }],
  },
  ...value,
});

type Entry = readonly [ComponentCode, ComponentValue | undefined];

const string = (code: ComponentCode, value: string | undefined): Entry => [
  code,
  value === undefined || value.trim() === '' ? undefined : { valueString: value },
];

const measured = (
  code: ComponentCode,
  value: number | undefined,
  unit: string,
  max: number,
): Entry => [
  code,
  value === undefined || !(value >= 0 && value <= max)
    ? undefined
    : { valueQuantity: { value, unit, system: SYSTEM.ucum, code: unit } },
];

const present = (entries: readonly Entry[]): ObservationComponent[] =>
  entries.flatMap(([code, value]) => (value ? [component(code, value)] : []));

const modelEntries = (model: ModelAtAnswer | undefined): readonly Entry[] => [
  string(COMPONENT.model, model?.identifier),
  string(COMPONENT.modelVersion, model?.version),
  [
    COMPONENT.modelState,
    model?.state && {
      valueCodeableConcept: toConcept({ system: SYSTEM.modelState, code: model.state }),
    },
  ],
];

function answerEntries(answer: Answer): readonly Entry[] {
  return [
    string(COMPONENT.recommendationVersion, answer.recommendation.version),
    ...answer.reasons.map(
      (reason): Entry => [COMPONENT.overrideReason, { valueCodeableConcept: toConcept(reason) }],
    ),
    [
      COMPONENT.actionTaken,
      answer.actionTaken?.coding && {
        valueCodeableConcept: toConcept(answer.actionTaken.coding),
      },
    ],
    [
      COMPONENT.deferredUntil,
      answer.deferredUntil === undefined ? undefined : { valueDateTime: answer.deferredUntil },
    ],
  ];
}

function contextEntries(answer: Answer): readonly Entry[] {
  const { context, usefulness } = answer;
  const shownAt = context.displayedAt;
  return [
    measured(COMPONENT.shownProbability, context.shownProbability, '1', 1),
    [
      COMPONENT.shownRiskBand,
      context.shownRiskBand && { valueCodeableConcept: toConcept(context.shownRiskBand) },
    ],
    [
      COMPONENT.displayedAt,
      shownAt !== undefined && hasOffset(shownAt) ? { valueDateTime: shownAt } : undefined,
    ],
    measured(COMPONENT.timeToResponse, context.timeToResponseMs, 'ms', Number.MAX_SAFE_INTEGER),
    [
      COMPONENT.evidenceOpened,
      context.evidenceOpened === undefined ? undefined : { valueBoolean: context.evidenceOpened },
    ],
    string(COMPONENT.arm, context.arm),
    [COMPONENT.usefulness, usefulness === undefined ? undefined : { valueInteger: usefulness }],
    string(COMPONENT.appVersion, context.appVersion),
  ];
}

export function toComponents(answer: Answer, hospitalStore: boolean): ObservationComponent[] {
  const all = [...answerEntries(answer), ...modelEntries(answer.model), ...contextEntries(answer)];
  return present(all.filter(([code]) => hospitalStore || CHART_COMPONENTS.has(code)));
}

/** Components of a `recommendation-displayed`: what was shown, by which app. */
export const toDisplayedComponents = (
  version: string | undefined,
  model: ModelAtAnswer | undefined,
  appVersion: string,
): ObservationComponent[] =>
  present([
    string(COMPONENT.recommendationVersion, version),
    ...modelEntries(model),
    string(COMPONENT.appVersion, appVersion),
  ]);

import type { Prediction, Score } from '#src/domain/recommendation.ts';
import { readBasis } from './basis.ts';
import { EXTENSION, FEEDBACK_CATEGORY, SYSTEM } from './codes.ts';
import { annotations, codings, conceptText, extensions, firstOf, hasCode } from './datatypes.ts';
import { firstDate } from './date-time.ts';
import { confidence } from './numbers.ts';
import { readValue } from './observation-value.ts';
import { mostUrgent, priorityOf } from './priority.ts';
import { defined, get, type Json, list, objects, problem, text } from './read.ts';
import type { CarrierContent, CarrierInput } from './read-context.ts';
import { readStatus } from './status.ts';

/** Feedback and governance Observations are ours, never an AI's recommendation, whatever their label. */
export const isOwnObservation = (resource: Json): boolean =>
  hasCode(get(resource, 'category'), SYSTEM.feedbackCategory, FEEDBACK_CATEGORY) ||
  codings(get(resource, 'code')).some((one) => one.system === SYSTEM.feedbackItem);

/** The AI Device: `device`, else the `alternate-reference` of a performer (R4 performers are people). */
export const observationAuthor = (resource: Json): unknown =>
  get(resource, 'device') ??
  firstOf(objects(get(resource, 'performer')), (one) =>
    get(extensions(one, EXTENSION.alternateReference)[0], 'valueReference'),
  );

/**
 * R4 Observation that an AI asserted. Its number is a score, even in percent: an Observation does not
 * say that a number is a probability of anything.
 */
export function readAiObservation(input: CarrierInput): CarrierContent {
  const { resource, ref, problems } = input;
  const parts = objects(get(resource, 'component'));
  const interpretations = objects(get(resource, 'interpretation')).flatMap((one) =>
    objects(get(one, 'coding')),
  );
  const span = get(resource, 'effectivePeriod');
  const predictions = [resource, ...parts].map(asPrediction).filter((one) => one !== undefined);
  const value = readValue(resource);
  if (value.absent && predictions.length === 0) {
    problems.push(problem('missing', value.shown.text ?? 'The AI sent no result.', 'value'));
  }
  return {
    status: readStatus(get(resource, 'status'), 'event', problems),
    title: conceptText(get(resource, 'code')),
    detail: text(
      [
        value.quantity === undefined ? value.shown.text : undefined,
        annotations(get(resource, 'note')),
      ]
        .filter(Boolean)
        .join('\n\n'),
    ),
    kindCodings: [...codings(get(resource, 'code')), ...codings(get(resource, 'method'))],
    predictions,
    confidence: confidence(
      [
        resource,
        get(resource, 'valueQuantity'),
        get(resource, 'valueCodeableConcept'),
        get(resource, 'code'),
        ...parts,
      ],
      problems,
    ),
    priority: mostUrgent(
      interpretations.map((one) =>
        priorityOf(get(one, 'code'), 'interpretation', 'Observation.interpretation'),
      ),
    ),
    producedAt: firstDate(
      [
        [get(resource, 'effectiveDateTime'), 'effectiveDateTime'],
        [get(resource, 'effectiveInstant'), 'effectiveInstant'],
        [get(span, 'end'), 'effectivePeriod.end'],
        [get(span, 'start'), 'effectivePeriod.start'],
        [get(resource, 'issued'), 'issued'],
      ],
      problems,
    ),
    basis: readBasis(
      [get(resource, 'derivedFrom'), get(resource, 'hasMember')],
      ref,
      problems,
      'derivedFrom',
    ),
    replaces: [
      ...extensions(resource, EXTENSION.observationReplaces).map((one) =>
        get(one, 'valueReference'),
      ),
      ...list(get(resource, 'basedOn')),
    ],
  };
}

function asPrediction(element: Json): Prediction | undefined {
  const { quantity, shown } = readValue({ ...element, component: undefined });
  const label = conceptText(get(element, 'code'));
  if (quantity !== undefined) {
    const score = defined<Score>({ value: quantity.value, unit: quantity.unit, label });
    return defined<Prediction>({
      outcome: label,
      score,
      rationale:
        quantity.comparator === undefined
          ? undefined
          : `Reported as ${quantity.comparator} ${quantity.value}`,
    });
  }
  if (shown.text === undefined || get(element, 'dataAbsentReason') !== undefined) return undefined;
  return defined<Prediction>({
    outcome: shown.text,
    outcomeCoding: codings(get(element, 'valueCodeableConcept'))[0],
  });
}

import type { Prediction, Priority, Score } from '#src/domain/recommendation.ts';
import { readBasis } from './basis.ts';
import { EXTENSION, FEEDBACK_CATEGORY, SYSTEM } from './codes.ts';
import { annotations, codings, conceptText, extensions, firstOf, hasCode } from './datatypes.ts';
import { eventTime } from './date-time.ts';
import { confidence } from './numbers.ts';
import { readValue } from './observation-value.ts';
import { mostUrgent, priorityOf } from './priority.ts';
import { defined, get, type Json, line, objects, paragraphs, problem } from './read.ts';
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
  return {
    status: readStatus(get(resource, 'status'), 'event', problems),
    title: conceptText(get(resource, 'code')),
    ...result(input),
    kindCodings: [...codings(get(resource, 'code')), ...codings(get(resource, 'method'))],
    confidence: confidence(confidencePlaces(resource), problems),
    priority: interpretationPriority(resource),
    producedAt: eventTime(resource, 'effective', problems),
    basis: readBasis(
      [get(resource, 'derivedFrom'), get(resource, 'hasMember')],
      ref,
      problems,
      'derivedFrom',
    ),
    replaces: extensions(resource, EXTENSION.observationReplaces).map((one) =>
      get(one, 'valueReference'),
    ),
  };
}

const confidencePlaces = (resource: Json): readonly unknown[] => [
  resource,
  get(resource, 'valueQuantity'),
  get(resource, 'valueCodeableConcept'),
  get(resource, 'code'),
  ...objects(get(resource, 'component')),
];

const interpretationPriority = (resource: Json): Priority | undefined =>
  mostUrgent(
    objects(get(resource, 'interpretation'))
      .flatMap((one) => objects(get(one, 'coding')))
      .map((one) => priorityOf(get(one, 'code'), 'interpretation', 'Observation.interpretation')),
  );

/** Numbers as scores, words as detail; the title already says what the Observation's own number is. */
function result({
  resource,
  problems,
}: CarrierInput): Pick<CarrierContent, 'predictions' | 'detail'> {
  const own = asPrediction(resource, undefined);
  const parts = objects(get(resource, 'component')).map((part) =>
    asPrediction(part, conceptText(get(part, 'code'))),
  );
  const predictions = [own, ...parts].filter((one) => one !== undefined);
  const value = readValue(resource);
  if (value.absent) {
    problems.push(problem('missing', value.shown.text ?? 'The AI sent no result.', 'value'));
  }
  const detail = paragraphs([value.shown.text, annotations(get(resource, 'note'))]);
  return { predictions, detail };
}

function asPrediction(element: Json, label: string | undefined): Prediction | undefined {
  const { quantity, shown } = readValue({ ...element, component: undefined });
  if (quantity !== undefined) {
    const { value, unit, comparator } = quantity;
    const rationale = comparator === undefined ? undefined : `Reported as ${comparator} ${value}`;
    return defined<Prediction>({
      outcome: label,
      score: defined<Score>({ value, unit, label }),
      rationale,
    });
  }
  if (shown.text === undefined || get(element, 'dataAbsentReason') !== undefined) return undefined;
  return defined<Prediction>({
    outcome: label === undefined ? shown.text : line(`${label}: ${shown.text}`),
    outcomeCoding: codings(get(element, 'valueCodeableConcept'))[0],
  });
}

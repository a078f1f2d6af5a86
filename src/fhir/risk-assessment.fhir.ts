import type { Coding } from '#src/domain/coding.ts';
import type { Prediction, Probability } from '#src/domain/recommendation.ts';
import { readBasis } from './basis.ts';
import { SYSTEM } from './codes.ts';
import { annotations, codings, conceptText, period, quantity } from './datatypes.ts';
import { dateTime, eventTime } from './date-time.ts';
import { confidence, fractionRange, probability, scaleRule } from './numbers.ts';
import { mostUrgent, priorityOf } from './priority.ts';
import {
  defined,
  get,
  isObject,
  type Json,
  list,
  number,
  objects,
  paragraphs,
  problem,
  text,
  tooMany,
} from './read.ts';
import type { CarrierContent, CarrierInput } from './read-context.ts';
import { readStatus } from './status.ts';

const BAND = 'RiskAssessment.prediction.qualitativeRisk';

/**
 * R4 RiskAssessment, the primary carrier. `probabilityDecimal` is a percent 0–100 by ras-2; see
 * `numbers.ts`. Never fails: what is missing or wrong is in `input.problems`.
 */
export function readRiskAssessment(input: CarrierInput): CarrierContent {
  const { resource, ref, problems } = input;
  const predictions = readPredictions(input);
  return {
    status: readStatus(get(resource, 'status'), 'event', problems),
    title: riskTitle(resource, predictions),
    detail: riskDetail(resource),
    kindCodings: [
      ...codings(get(resource, 'code')),
      ...codings(get(resource, 'method')),
      ...objects(get(resource, 'prediction')).flatMap((one) => codings(get(one, 'outcome'))),
    ],
    predictions,
    confidence: confidence(confidencePlaces(resource), problems),
    priority: mostUrgent(predictions.map(({ band }) => priorityOf(band?.code, 'risk', BAND))),
    producedAt: eventTime(resource, 'occurrence', problems),
    basis: readBasis([get(resource, 'basis')], ref, problems, 'basis'),
    replaces: [...list(get(resource, 'parent')), ...list(get(resource, 'basedOn'))],
  };
}

function readPredictions(input: CarrierInput): readonly Prediction[] {
  const { resource, problems } = input;
  const sent = get(resource, 'prediction');
  const predictions = objects(sent).map((one, index) =>
    readPrediction(one, `prediction[${index}]`, input),
  );
  if (tooMany(sent)) {
    problems.push(problem('truncated', 'Not all predictions are shown.', 'prediction'));
  }
  if (predictions.length === 0) {
    const said = 'No prediction was sent, so there is no probability to show.';
    problems.push(problem('missing', said, 'prediction'));
  }
  if (get(resource, 'reason') !== undefined) {
    const said = 'The reason was sent in the shape of a later FHIR version.';
    problems.push(problem('unsupported', said, 'reason'));
  }
  return predictions;
}

const riskDetail = (resource: Json): string | undefined =>
  paragraphs([text(get(resource, 'mitigation')), annotations(get(resource, 'note'))]);

function riskTitle(resource: Json, predictions: readonly Prediction[]): string | undefined {
  const said = conceptText(get(resource, 'code'));
  if (said !== undefined) return said;
  const outcome = predictions.find((one) => one.outcome !== undefined)?.outcome;
  return outcome === undefined ? conceptText(get(resource, 'method')) : `Risk: ${outcome}`;
}

const confidencePlaces = (resource: Json): readonly unknown[] => [
  resource,
  ...objects(get(resource, 'prediction')).flatMap((one) => [
    one,
    get(one, '_probabilityDecimal'),
    get(one, 'probabilityRange'),
  ]),
  get(resource, 'code'),
];

function readPrediction(sent: Json, where: string, input: CarrierInput): Prediction {
  const { problems, source, author } = input;
  const chance = readProbability(sent, where, input, scaleRule(source, author));
  const outcome = get(sent, 'outcome');
  const relative = number(get(sent, 'relativeRisk'));
  // A number that cannot be right makes the words beside it doubtful too: no band.
  const impossible =
    chance?.scale !== 'unknown' && chance?.fraction === undefined && chance?.low === undefined;
  return defined<Prediction>({
    outcome: conceptText(outcome),
    outcomeCoding: codings(outcome)[0],
    probability: chance,
    score: relative === undefined ? undefined : { value: relative, label: 'Relative risk' },
    band:
      chance !== undefined && impossible
        ? undefined
        : readBand(get(sent, 'qualitativeRisk'), where, problems),
    horizon: readHorizon(sent),
    rationale: text(get(sent, 'rationale')),
  });
}

function readProbability(
  sent: Json,
  where: string,
  { problems }: CarrierInput,
  rule: 'percent' | 'fraction' | undefined,
): Probability | undefined {
  const decimal = probability(
    get(sent, 'probabilityDecimal'),
    rule,
    problems,
    `${where}.probabilityDecimal`,
  );
  const range = fractionRange(
    get(sent, 'probabilityRange'),
    rule,
    problems,
    `${where}.probabilityRange`,
  );
  if (decimal !== undefined)
    return defined<Probability>({ ...decimal, low: range?.low, high: range?.high });
  if (range === undefined) return undefined;
  return defined<Probability>({
    sent: range.sent,
    scale: range.scale,
    low: range.low,
    high: range.high,
  });
}

function readBand(
  sent: unknown,
  where: string,
  problems: CarrierInput['problems'],
): Coding | undefined {
  const label = conceptText(sent);
  if (label === undefined) return undefined;
  const known = codings(sent);
  const band = known.find((one) => one.system === SYSTEM.riskProbability) ?? known[0];
  if (priorityOf(band?.code, 'risk', where) === undefined) {
    problems.push(
      problem(
        'unknown-code',
        `The risk band “${label}” is not one that this app can order by.`,
        `${where}.qualitativeRisk`,
      ),
    );
  }
  return band === undefined
    ? { system: '', code: '', display: label }
    : { ...band, display: label };
}

function readHorizon(sent: Json): string | undefined {
  const whenRange = get(sent, 'whenRange');
  if (isObject(whenRange)) {
    const [low, high] = [quantity(get(whenRange, 'low')), quantity(get(whenRange, 'high'))];
    const unit = high?.unit ?? low?.unit ?? '';
    if (high !== undefined) {
      const from = low === undefined || low.value === 0 ? 'within ' : `${low.value} to `;
      return `${from}${high.value} ${unit}`.trim();
    }
    return low === undefined ? undefined : `after ${low.value} ${unit}`.trim();
  }
  const { start, end } = period(get(sent, 'whenPeriod'));
  if (end !== undefined) return start === undefined ? `until ${end}` : `${start} to ${end}`;
  return start === undefined ? dateTime(get(sent, 'whenDateTime')) : `from ${start}`;
}

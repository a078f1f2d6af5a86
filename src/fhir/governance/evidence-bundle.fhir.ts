import type { Bundle, FhirResource, Parameters, ParametersParameter } from 'fhir/r4';
import { absoluteReference, type ResourceRef } from '#src/domain/coding.ts';
import { COMPONENT, ITEM, SYSTEM } from '../codes.ts';

/** A resource as it was read, and where. */
export interface ReadResource {
  readonly ref: ResourceRef;
  readonly resource: FhirResource;
}

/** An input of the recommendation, as the card showed it. */
export interface ShownInput {
  readonly label: string;
  readonly reference?: string;
  readonly value?: string;
  /** When it was measured; absent: not stated. */
  readonly at?: string;
  /** At the moment of the report, minutes. */
  readonly ageMinutes?: number;
  readonly abnormality: string;
}

/** An answer that stood on the card; whose it was stays out, in case a name is to be withheld. */
export interface ShownAnswer {
  readonly id: string;
  readonly own: boolean;
  readonly response: string;
  readonly reasons: readonly string[];
  readonly at: string;
}

/** What was on the screen when a concern was raised. */
export interface ShownCard {
  /** ISO 8601 with offset. */
  readonly frozenAt: string;
  readonly appVersion: string;
  readonly recommendation: ResourceRef;
  readonly version?: string;
  readonly title: string;
  readonly words: readonly string[];
  /** 0–1. */
  readonly probability?: number;
  readonly score?: string;
  readonly band?: string;
  readonly producedAt?: string;
  readonly stale: boolean;
  /** The state of its model kept advice and score from the screen. */
  readonly hidden: boolean;
  readonly displayedAt?: string;
  readonly evidenceOpened: boolean;
  readonly problems: readonly string[];
  readonly model: {
    readonly name: string;
    readonly identifier?: string;
    readonly version?: string;
    readonly state: string;
    readonly stateSince?: string;
    readonly stateReason?: string;
  };
  readonly inputs: readonly ShownInput[];
  /** What was newer in the chart than the recommendation. */
  readonly chartChanges: readonly string[];
  readonly answers: readonly ShownAnswer[];
  /** Resources that were too large to keep, absolute references. */
  readonly leftOut: readonly string[];
}

const text = (name: string, value: string | undefined): readonly ParametersParameter[] =>
  value === undefined || value === '' ? [] : [{ name, valueString: value }];

const yes = (name: string, valueBoolean: boolean): ParametersParameter => ({ name, valueBoolean });

const part = (name: string, ...parts: readonly (readonly ParametersParameter[])[]) => ({
  name,
  part: parts.flat(),
});

function shown(card: ShownCard): ParametersParameter {
  const { probability } = card;
  return part(
    'shown',
    text('title', card.title),
    card.words.flatMap((one) => text('words', one)),
    probability === undefined ? [] : [{ name: 'probability', valueDecimal: probability }],
    text('score', card.score),
    text('band', card.band),
    text('produced-at', card.producedAt),
    [yes('stale', card.stale), yes('advice-hidden', card.hidden)],
    text('displayed-at', card.displayedAt),
    [yes('evidence-opened', card.evidenceOpened)],
    card.problems.flatMap((one) => text('problem', one)),
    card.chartChanges.flatMap((one) => text('chart-change', one)),
  );
}

const input = (one: ShownInput): ParametersParameter =>
  part(
    'input',
    text('label', one.label),
    text('reference', one.reference),
    text('value', one.value),
    text('at', one.at),
    one.ageMinutes === undefined ? [] : [{ name: 'age-minutes', valueInteger: one.ageMinutes }],
    text('abnormality', one.abnormality),
  );

const answer = ({ id, own, response, reasons, at }: ShownAnswer): ParametersParameter =>
  part(
    'answer',
    text('identifier', id),
    [yes('by-reporter', own)],
    text('response', response),
    reasons.flatMap((one) => text('reason', one)),
    text('at', at),
  );

const model = ({ model: one }: ShownCard): ParametersParameter =>
  part(
    'model',
    text('name', one.name),
    text('identifier', one.identifier),
    text('version', one.version),
    text('state', one.state),
    text('state-since', one.stateSince),
    text('state-reason', one.stateReason),
  );

/**
 * Similar cases are found by recall, later and on the record: every response of the same version of the
 * model. R4 cannot search text in components, so a reader matches the two `component`s itself.
 */
const recall = ({ model: { identifier, version } }: ShownCard): ParametersParameter =>
  part(
    'recall',
    text('query', `Observation?code=${SYSTEM.feedbackItem}|${ITEM.response}`),
    text(`component-${COMPONENT.model}`, identifier),
    text(`component-${COMPONENT.modelVersion}`, version),
  );

function summary(card: ShownCard): Parameters {
  return {
    resourceType: 'Parameters',
    parameter: [
      { name: 'frozen-at', valueDateTime: card.frozenAt },
      ...text('app-version', card.appVersion),
      { name: 'recommendation', valueUri: absoluteReference(card.recommendation) },
      ...text('recommendation-version', card.version),
      model(card),
      shown(card),
      ...card.inputs.map(input),
      ...card.answers.map(answer),
      recall(card),
      ...card.leftOut.flatMap((one) => text('left-out', one)),
    ],
  };
}

/** The summary first, then each resource once, as it was read. */
export function toEvidenceBundle(
  card: ShownCard,
  resources: readonly ReadResource[],
  summaryId: string,
): Bundle {
  const entries = new Map(
    resources.map(({ ref, resource }) => [absoluteReference(ref), resource] as const),
  );
  return {
    resourceType: 'Bundle',
    type: 'collection',
    timestamp: card.frozenAt,
    entry: [
      { fullUrl: summaryId, resource: summary(card) },
      ...[...entries].map(([fullUrl, resource]) => ({ fullUrl, resource })),
    ],
  };
}

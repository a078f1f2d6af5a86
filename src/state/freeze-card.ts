import type { QueryClient } from '@tanstack/react-query';
import type { Bundle, FhirResource } from 'fhir/r4';
import { absoluteReference } from '#src/domain/coding.ts';
import { instantRange } from '#src/domain/instant.ts';
import type {
  EvidenceItem,
  EvidenceValue,
  RecommendationDetail,
} from '#src/domain/recommendation.ts';
import { SYSTEM } from '#src/fhir/codes.ts';
import { hasCode } from '#src/fhir/datatypes.ts';
import {
  type ReadResource,
  type ShownCard,
  type ShownInput,
  toEvidenceBundle,
} from '#src/fhir/governance/evidence-bundle.fhir.ts';
import { refOf } from '#src/fhir/reference.ts';
import type { Deps } from './deps.ts';
import type { Part } from './fetch-parts.ts';
import type { AnswerMeasures, CardAnswer, ReviewCard } from './review-model.ts';

/** A card as it stands on the screen, with what only the screen knows. */
export interface OnScreen {
  readonly card: ReviewCard;
  /** The state of its model keeps advice and score from the screen. */
  readonly hidden: boolean;
  readonly measures: AnswerMeasures;
}

/** A document with its pages inside does not travel with a report; its address does. */
const TOO_LARGE = 200_000;

/** Everything about one card at this moment, as one Bundle: what was read, what was shown, what was said. */
export function freezeCard(deps: Deps, client: QueryClient, screen: OnScreen): Bundle {
  const { detail } = screen.card;
  const read = resourcesOf(client, detail);
  const isLarge = ({ resource }: ReadResource) => JSON.stringify(resource).length > TOO_LARGE;
  const leftOut = read.filter(isLarge).map(({ ref }) => absoluteReference(ref));
  const card = shownCard(deps, screen, leftOut);
  return toEvidenceBundle(
    card,
    read.filter((one) => !isLarge(one)),
    deps.newId(),
  );
}

/** As the servers sent them, from what Query holds: nothing is asked for anew. */
function resourcesOf(client: QueryClient, detail: RecommendationDetail): readonly ReadResource[] {
  const { recommendation, model, evidence, chartChanges } = detail;
  const wanted = new Set(
    [
      recommendation.ref,
      model.ref,
      ...evidence.map(({ ref }) => ref),
      ...chartChanges.map(({ ref }) => ref),
    ].flatMap((ref) => (ref ? [absoluteReference(ref)] : [])),
  );
  const device = model.ref && `Device/${model.ref.id}`;
  const cached = client.getQueriesData({}).flatMap(([, data]) => parts(data));
  return cached
    .flatMap((part) =>
      [...part.matches, ...part.included].flatMap((one) => place(one, part.server)),
    )
    .filter(
      ({ ref, resource }) =>
        wanted.has(absoluteReference(ref)) || isStateOf(resource, device, model.identifier?.value),
    );
}

const place = (resource: FhirResource, server: string): readonly ReadResource[] => {
  const ref = refOf(resource, server);
  return ref ? [{ ref, resource }] : [];
};

const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && 'matches' in value && 'included' in value;

const parts = (data: unknown): readonly Part[] =>
  Array.isArray(data) ? data.filter(isPart) : isPart(data) ? [data] : [];

function isStateOf(
  resource: FhirResource,
  device: string | undefined,
  identifier: string | undefined,
): boolean {
  if (resource.resourceType !== 'Observation') return false;
  if (!hasCode(resource.code, SYSTEM.feedbackItem, 'model-state')) return false;
  const { subject } = resource;
  const named = device !== undefined && subject?.reference?.endsWith(device);
  return named || (identifier !== undefined && subject?.identifier?.value === identifier);
}

function shownCard(deps: Deps, screen: OnScreen, leftOut: readonly string[]): ShownCard {
  const { card, hidden, measures } = screen;
  const { recommendation, model, evidence, chartChanges, problems } = card.detail;
  const [prediction] = recommendation.predictions;
  const { probability, score, band } = prediction ?? {};
  return {
    frozenAt: deps.timestamp(),
    appVersion: deps.appVersion,
    recommendation: recommendation.ref,
    ...(recommendation.version && { version: recommendation.version }),
    title: recommendation.title,
    words: [
      recommendation.detail,
      prediction?.outcome,
      prediction?.rationale,
      ...recommendation.actions.map(({ title }) => title),
    ].filter((one) => one !== undefined),
    ...(probability?.fraction !== undefined && { probability: probability.fraction }),
    ...(score && { score: [score.value, score.unit].filter(Boolean).join(' ') }),
    ...(band && { band: band.display ?? band.code }),
    ...(recommendation.producedAt && { producedAt: recommendation.producedAt }),
    stale: card.stale,
    hidden,
    ...(measures.displayedAt && { displayedAt: measures.displayedAt }),
    evidenceOpened: measures.evidenceOpened,
    problems: [...recommendation.problems, ...problems].map(({ message }) => message),
    model: {
      name: model.name,
      ...(model.identifier && { identifier: model.identifier.value }),
      ...(model.version && { version: model.version }),
      state: model.state,
      ...(model.stateSince && { stateSince: model.stateSince }),
      ...(model.stateReason && { stateReason: model.stateReason }),
    },
    inputs: evidence.map((one) => shownInput(one, deps.clock.now())),
    chartChanges: chartChanges.map(({ watch, label, at }) => `${watch}: ${label}, ${at}`),
    answers: card.answers.map(shownAnswer),
    leftOut,
  };
}

function shownInput(item: EvidenceItem, now: number): ShownInput {
  const { at } = item.latest;
  const measured = at === undefined ? undefined : instantRange(at);
  const value = valueText(item.latest);
  return {
    label: item.label,
    ...(item.ref && { reference: absoluteReference(item.ref) }),
    ...(value !== '' && { value }),
    ...(at !== undefined && { at }),
    ...(measured && { ageMinutes: Math.round((now - measured.latest) / 60_000) }),
    abnormality: item.abnormality,
  };
}

const valueText = ({ comparator, value, unit, text }: EvidenceValue): string =>
  value === undefined
    ? (text ?? '')
    : [`${comparator ?? ''}${value}`, unit].filter(Boolean).join(' ');

const shownAnswer = ({ answer, mine }: CardAnswer) => ({
  id: answer.id,
  own: mine,
  response: answer.response,
  reasons: answer.reasons.map(({ code }) => code),
  at: answer.answeredAt,
});

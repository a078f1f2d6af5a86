import type { UseQueryResult } from '@tanstack/react-query';
import { type ResourceRef, sameResource } from '#src/domain/coding.ts';
import type { OutboxItem } from '#src/domain/delivery.ts';
import { adviceDecision } from '#src/domain/governance/model-state-advice.ts';
import { kindByTier } from '#src/domain/governance/risk-tier.ts';
import { isStale } from '#src/domain/instant.ts';
import { kindOf } from '#src/domain/kind.ts';
import { namedRecommendations } from '#src/domain/launch-context.ts';
import type { PatientSummary } from '#src/domain/patient.ts';
import type { Problem } from '#src/domain/problem.ts';
import type { Model, Recommendation, RecommendationDetail } from '#src/domain/recommendation.ts';
import { sinkName, sinksOf } from '#src/domain/sinks.ts';
import type { IssuerConfig } from '#src/domain/site-config.ts';
import { readChartChanges } from '#src/fhir/chart-changes.fhir.ts';
import { readEvidence, type SentBy } from '#src/fhir/evidence.fhir.ts';
import type { ReadRecommendations } from '#src/fhir/recommendation.fhir.ts';
import { parseReference } from '#src/fhir/reference.ts';
import type { Setting } from '#src/fhir/setting.fhir.ts';
import { type AnswersByRecommendation, cardAnswers } from './card-answers.ts';
import type { Deps } from './deps.ts';
import { earlierAnswers, namesIn } from './earlier-answers.ts';
import { allFrom, allOf, isPassing, kindOfError, type Part } from './fetch-parts.ts';
import { answered, modelAtAnswer } from './make-answer.ts';
import { modelFacts } from './model-facts.ts';
import { reviewNotices } from './notices.ts';
import { allServers, answerServers, type ReadServer, sourceOf } from './read-servers.ts';
import { namesUnits, placeOf, type RegistryView, standings } from './registry.ts';
import type { ReviewCard, ReviewModel, Withheld } from './review-model.ts';

type PartsQuery = UseQueryResult<readonly Part[], Error>;

export interface ReviewSources {
  readonly deps: Deps;
  readonly patientId: string;
  readonly read: ReadRecommendations;
  readonly patient: UseQueryResult<PatientSummary, Error>;
  readonly recommendations: PartsQuery;
  readonly answers: PartsQuery;
  readonly chart: PartsQuery;
  readonly support: PartsQuery;
  readonly setting: UseQueryResult<Setting, Error>;
  readonly registry: RegistryView;
  readonly outboxItems: readonly OutboxItem[];
}

const NONE: readonly Part[] = [];

/**
 * The screen as a value. `now` decides staleness and model states; everything else is what the
 * server said. It can be built before all parts are there: what is missing is pending, not absent.
 */
export function buildReview(sources: ReviewSources, now: number): ReviewModel {
  const { deps, patient, recommendations, read } = sources;
  const context = cardContext(sources, now);
  const { cards, withheld } = cardsOf(sources, context, now);
  const failed = isLost(patient) || isLost(recommendations);
  return {
    status: failed ? 'failed' : isReady(sources) ? 'ready' : 'loading',
    patient: patient.data,
    needPatientBanner: deps.session.needPatientBanner,
    synthetic: deps.config.synthetic,
    cards: cards.filter((card) => card.detail.recommendation.status === 'current'),
    history: cards.filter((card) => card.detail.recommendation.status !== 'current'),
    ...launchedFor(deps, read.recommendations),
    withheld,
    notices: reviewNotices(sources, now),
    unreadable: [...read.unreadable, ...context.foreignAnswers],
    canRetract: canRetract(deps.issuer),
    holdsAnswers: deps.desk.durable,
  };
}

/** Undo promises what holds wherever an answer must be. */
const canRetract = (issuer: IssuerConfig): boolean =>
  sinksOf(issuer)
    .filter(({ required }) => required)
    .every(({ config }) => (config.to === 'store' ? issuer.store?.canRetract : issuer.canRetract));

/** A failed refresh takes the screen away only where there is nothing to show, or no right to. */
function isLost({ data, error }: UseQueryResult<unknown, Error>): boolean {
  return error !== null && (data === undefined || !isPassing(kindOfError(error)));
}

/**
 * Nothing is shown before the registry and the second round have answered, well or badly: until then
 * nobody knows whether a model is suspended, and advice that vanishes again has been read. Nor before
 * the earlier answers: a card that was answered would look open.
 */
const isReady = (sources: ReviewSources): boolean => {
  const { patient, recommendations, answers, support, registry, setting } = sources;
  return (
    patient.data !== undefined &&
    recommendations.data !== undefined &&
    !answers.isPending &&
    !support.isPending &&
    !registry.pending &&
    !(setting.isPending && namesUnits(registry))
  );
};

/** The first named recommendation that is there and current. */
function launchedFor(
  deps: Deps,
  recommendations: readonly Recommendation[],
): Pick<ReviewModel, 'launchedFor'> {
  for (const { reference, identifier } of namedRecommendations(deps.session)) {
    const found = recommendations.find(
      ({ ref, identifier: own, status }) =>
        status === 'current' &&
        (reference !== undefined
          ? isTo(reference, ref)
          : own?.value === identifier?.value && own?.system === identifier?.system),
    );
    if (found) return { launchedFor: found.id };
  }
  return {};
}

/** A relative pointer is resolved where the recommendations are. */
function isTo(reference: string, ref: ResourceRef): boolean {
  const target = parseReference(reference, ref.server);
  return target !== undefined && sameResource(target.ref, ref);
}

interface CardContext {
  readonly source: ReadServer;
  readonly chart: readonly unknown[];
  /** What one server gave for the cards. */
  from(server: string): readonly unknown[];
  readonly facts: ReturnType<typeof modelFacts>;
  readonly answers: AnswersByRecommendation;
  readonly foreignAnswers: readonly Problem[];
}

function cardContext(sources: ReviewSources, now: number): CardContext {
  const { deps, patientId, recommendations, answers, chart, support, registry, setting } = sources;
  const source = sourceOf(deps, patientId);
  const parts = [recommendations, chart, support].flatMap((query) => query.data ?? NONE);
  const from = (server: string) => allFrom(server, parts);
  const earlier = earlierAnswers(deps, patientId, answers.data ?? NONE);
  const [record] = answerServers(deps, patientId);
  return {
    source,
    from,
    foreignAnswers: earlier.foreign,
    chart: allOf(chart.data ?? NONE),
    facts: modelFacts(
      source.server,
      from(source.server),
      standings(registry, placeOf(deps, setting.data), now),
    ),
    answers: cardAnswers({
      read: earlier.read,
      outboxItems: sources.outboxItems,
      performer: deps.session.performer,
      record: record?.server ?? deps.session.issuer,
      nameOf: namesIn(support.data ?? NONE, deps.session.issuer),
      placeName: (sink) => sinkName(sink, deps.issuer),
    }),
  };
}

/** What may be seen, and of what nothing may. */
function cardsOf(sources: ReviewSources, context: CardContext, now: number) {
  const cards: ReviewCard[] = [];
  const withheld: Withheld[] = [];
  for (const recommendation of sources.read.recommendations) {
    const model = context.facts(recommendation);
    const decided = adviceDecision(model.state, sources.deps.config.governance.unregistered);
    // Who has answered it knows of it, and must find the answer again.
    const known = context.answers.of(recommendation.id).some(({ mine }) => mine);
    const untrained = decided === 'shown' && sources.registry.answer?.untrained?.(model) === true;
    const advice = untrained || (decided === 'absent' && known) ? 'hidden' : decided;
    if (advice !== 'absent')
      cards.push(toCard({ recommendation, model, advice, untrained }, sources, context, now));
    else if (recommendation.status === 'current')
      withheld.push({
        recommendation: answered({ recommendation }),
        model: modelAtAnswer({ model }),
      });
  }
  return { cards, withheld };
}

interface Decided extends Required<Pick<ReviewCard, 'advice' | 'untrained'>> {
  readonly recommendation: Recommendation;
  readonly model: Model;
}

function toCard(
  { recommendation, model, advice, untrained }: Decided,
  sources: ReviewSources,
  context: CardContext,
  now: number,
): ReviewCard {
  const { deps, patientId, support, chart } = sources;
  const { source } = context;
  const kind = kindByTier(kindOf(recommendation, deps.config.kinds), model.card);
  const { basis, producedAt } = recommendation;
  const elsewhere = allServers(deps, patientId)
    .filter(({ server }) => server !== source.server)
    .map((one) => sentBy(one, context))[0];
  const detail: RecommendationDetail = {
    recommendation,
    model,
    evidence: readEvidence({ ...sentBy(source, context), basis, ...(elsewhere && { elsewhere }) }),
    chartChanges: readChartChanges({
      server: deps.session.issuer,
      patientId,
      producedAt,
      rules: kind.watch,
      resources: context.chart,
    }),
    pending: support.isPending || chart.isPending,
    problems: recommendation.problems,
  };
  const answers = context.answers.of(recommendation.id);
  const mine = answers.find((one) => one.mine && one.current);
  return {
    detail,
    advice,
    untrained,
    kind,
    stale: isStale(producedAt, now, kind.staleAfterMinutes),
    answers,
    ...(mine && { mine }),
  };
}

const sentBy = ({ server, patientId }: ReadServer, context: CardContext): SentBy => ({
  server,
  patientId,
  resources: context.from(server),
});

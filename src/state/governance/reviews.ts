import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { StoredAnswer } from '#src/domain/feedback.ts';
import { derivedId } from '#src/domain/governance/derived-id.ts';
import type { ActionCheck } from '#src/domain/governance/feedback/attested.ts';
import {
  type DrawnCase,
  drawSample,
  overridesByStratum,
  type SamplingPlan,
} from '#src/domain/governance/feedback/sampling.ts';
import {
  type GivenReview,
  type JudgementCode,
  mayReadSecond,
  mayReview,
  type SecondFinding,
  type SecondReading,
} from '#src/domain/governance/feedback/second-reader.ts';
import { type Act, may, rolesOf } from '#src/domain/governance/rights.ts';
import { readAnswers } from '#src/fhir/feedback/read-answers.ts';
import { answersBetween } from '#src/fhir/feedback-searches.ts';
import { readActionCheck } from '#src/fhir/governance/attested.fhir.ts';
import {
  readReview,
  readSecondReading,
  reviewSearch,
  toReview,
  toSecondReading,
} from '#src/fhir/governance/review.fhir.ts';
import {
  readReviewPlan,
  reviewPlanSearch,
  toReviewPlan,
} from '#src/fhir/governance/review-plan.fhir.ts';
import { tasksOf } from '#src/fhir/governance/work-searches.ts';
import type { RequestOptions } from '#src/io/gateway.ts';
import { type GovernanceDeps, useGovernanceDeps } from './deps.ts';
import { attest, NotOnRecord, putOnRecord } from './put-on-record.ts';

type Acting = Pick<GovernanceDeps, 'gateway' | 'person' | 'roles' | 'timestamp'>;

const MOST_READ = 5_000;

export interface ReviewWork {
  readonly plans: readonly SamplingPlan[];
  readonly given: readonly GivenReview[];
  readonly readings: readonly SecondReading[];
  readonly actions: readonly ActionCheck[];
}

/** Plans, judgements and second readings on the registry. Throws `FhirError`. */
export async function readReviewWork(
  { gateway }: Pick<Acting, 'gateway'>,
  options: RequestOptions,
): Promise<ReviewWork> {
  const server = gateway.baseUrl;
  const [plans, given, tasks] = await Promise.all([
    gateway.search(reviewPlanSearch, options),
    gateway.search(reviewSearch, { ...options, cap: MOST_READ }),
    gateway.search(tasksOf('review', 'attested-action'), options),
  ]);
  return {
    plans: plans.matches.flatMap((one) => readReviewPlan(one) ?? []),
    given: given.matches.flatMap((one) => readReview(one, server) ?? []),
    readings: tasks.matches.flatMap((one) => readSecondReading(one, server) ?? []),
    actions: tasks.matches.flatMap((one) => readActionCheck(one, server) ?? []),
  };
}

function requireBy({ person, roles }: Acting, act: Act): string {
  if (person.reference === undefined || !may(rolesOf(roles, person.names), act))
    throw new NotOnRecord('Your roles at this site do not include this.');
  return person.reference;
}

export interface DrawDraft {
  /** `urn:uuid:`, made once: the seed too. */
  readonly id: string;
  readonly device: string;
  /** Business identifier of the model, as answers name it. */
  readonly model: string;
  readonly version: string | undefined;
  readonly name: string;
  /** First and last day, YYYY-MM-DD. */
  readonly from: string;
  readonly until: string;
  /** 0–1 */
  readonly share: number;
}

const DAY_MS = 86_400_000;
/** Of each stratum: one alone has no error that could be computed. */
const LEAST_DRAWN = 2;

/** Draws among the overrides of a period, and freezes what was drawn. Throws `FhirError`, `NotOnRecord`. */
export async function drawReviews(deps: Acting, draft: DrawDraft): Promise<void> {
  const { gateway, timestamp } = deps;
  const by = requireBy(deps, 'plan-review');
  const { id, device, model, version, name, from, until, share } = draft;
  const [start, end] = [Date.parse(from), Date.parse(until) + DAY_MS];
  const at = timestamp();
  if (!(start < end)) throw new NotOnRecord('The last day is before the first.');
  if (end > Date.parse(at)) throw new NotOnRecord('The period is not over: draw when it is.');
  const found = await gateway.search(answersBetween(start, end), { cap: MOST_READ });
  if (found.truncated)
    throw new NotOnRecord('The period has more answers than a page can read. Take a shorter one.');
  const answers = readAnswers(found.matches, gateway.baseUrl).answers.filter(
    ({ answer }) => answer.model?.identifier === model && answer.model.version === version,
  );
  const draw = drawSample(overridesByStratum(answers), { seed: id, share, least: LEAST_DRAWN });
  if (draw.drawn.length === 0) throw new NotOnRecord('Nothing was overridden in these days.');
  const plan = { id, device, title: `${name}, ${from} to ${until}`, from, until, ...draw };
  const stored = await putOnRecord(gateway, toReviewPlan(plan, at, by), id);
  await attest(gateway, {
    targets: [`Library/${stored.id}`],
    ...{ by, role: 'author', at, activity: 'Sample of overrides drawn for review' },
  });
}

export interface ReviewGiven {
  readonly drawn: DrawnCase;
  readonly about: StoredAnswer;
  readonly judgement: JudgementCode;
  readonly harm: boolean | undefined;
  readonly words: string;
}

/** One judgement of one reviewer; sent twice it is one. Throws `FhirError`, `NotOnRecord`. */
export async function giveReview(deps: Acting, { about, ...said }: ReviewGiven): Promise<void> {
  const { gateway, person } = deps;
  const by = requireBy(deps, 'review');
  const id = derivedId(about.answer.id, `review ${by}`);
  const { given } = await readReviewWork(deps, {});
  const one = { answer: about.answer.id, clinician: about.answer.performer.reference };
  if (!given.some((each) => each.by === by && each.answer === one.answer))
    if (!mayReview(one, given, person.names))
      throw new NotOnRecord('Two others have judged it, or it is an answer of your own.');
  const draft = { ...said, about, id, by, at: deps.timestamp() };
  await putOnRecord(gateway, toReview(draft, gateway.baseUrl), id);
}

export interface SecondReadingGiven {
  readonly about: StoredAnswer;
  readonly finding: SecondFinding;
  readonly words: string;
}

/** A second person on an answer that called the advice unsafe. Throws `FhirError`, `NotOnRecord`. */
export async function readSecond(
  deps: Acting,
  { about, finding, words }: SecondReadingGiven,
): Promise<void> {
  const { gateway, person } = deps;
  const by = requireBy(deps, 'review');
  if (!mayReadSecond(about.answer.performer.reference, person.names))
    throw new NotOnRecord('It is your own answer: a second person reads it.');
  const id = derivedId(about.answer.id, 'second reading');
  const at = deps.timestamp();
  const draft = { id, about, finding, words, by, at };
  const task = await putOnRecord(gateway, toSecondReading(draft, gateway.baseUrl), id);
  const kept = readSecondReading(task, gateway.baseUrl);
  if (kept?.by !== by || kept.finding !== finding)
    throw new NotOnRecord('Somebody else was faster. What they found is shown now.');
  await attest(gateway, {
    targets: [`Task/${task.id}`],
    ...{ by, role: 'verifier', at, activity: 'Second reading of an answer' },
  });
}

const keyOf = (server: string) => [server, 'reviews'] as const;

export function useReviewWork() {
  const deps = useGovernanceDeps();
  return useQuery({
    queryKey: keyOf(deps.gateway.baseUrl),
    queryFn: ({ signal }) => readReviewWork(deps, { signal }),
  });
}

function useWork<V>(work: (deps: GovernanceDeps, values: V) => Promise<void>) {
  const deps = useGovernanceDeps();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (values: V) => work(deps, values),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(deps.gateway.baseUrl) }),
  });
}

export const useDrawReviews = () => useWork(drawReviews);
export const useGiveReview = () => useWork(giveReview);
export const useReadSecond = () => useWork(readSecond);

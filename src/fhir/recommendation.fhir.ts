import { absoluteReference } from '#src/domain/coding.ts';
import type { Problem } from '#src/domain/problem.ts';
import { compareRecommendations, type Recommendation } from '#src/domain/recommendation.ts';
import { attachActions } from './actions.ts';
import { type AiTargets, hasAiLabel, readAuthor, readProvenances } from './ai-origin.ts';
import { unwrapReference } from './basis.ts';
import { CARRIERS, type Candidate, type CarrierReader } from './carriers.ts';
import { identifiers } from './datatypes.ts';
import {
  defined,
  get,
  isObject,
  type Json,
  line,
  objects,
  type Problems,
  problem,
  token,
} from './read.ts';
import type { Author, CarrierContent, SourceRules } from './read-context.ts';
import {
  buildPool,
  literal,
  parseReference,
  plainReference,
  type ResourcePool,
  refOf,
  resourceType,
} from './reference.ts';
import { subjectProblem } from './subject.ts';
import { markSuperseded } from './supersession.ts';

export interface ReadRecommendationsInput {
  /** FHIR base without a trailing slash: where every resource given here was read. */
  readonly server: string;
  /** What a search for the carriers returned. Nothing about their shape is assumed. */
  readonly resources: readonly unknown[];
  /** `_include`d and otherwise known resources: Devices, RequestGroups, Medications, Provenances. */
  readonly included?: readonly unknown[];
  readonly provenances?: readonly unknown[];
  readonly source: SourceRules;
  /** The launched patient on this server; undefined only where none was launched. */
  readonly patientId: string | undefined;
}

export interface ReadRecommendations {
  /** In the producer's order, with history (`status` other than `current`) among them. */
  readonly recommendations: readonly Recommendation[];
  /** Resources which are no AI output, or no carrier: rightly not shown, and counted. */
  readonly notCards: number;
  /** AI output that could not be shown, each with why; never with its content. */
  readonly unreadable: readonly Problem[];
}

/**
 * Every AI recommendation among these resources (fhir-contract.md "Reading"). Pure, never throws:
 * each resource becomes a card, an action of a card, a counted non-card or a stated problem.
 */
export function readRecommendations(input: ReadRecommendationsInput): ReadRecommendations {
  const { server, source, resources, included = [], provenances = [] } = input;
  const everything = [...resources, ...included, ...provenances];
  const pool = buildPool(server, everything);
  const aiTargets = readProvenances(everything, server, pool, source);
  const candidates: Candidate[] = [];
  const unreadable: Problem[] = [];
  const seen = new Set<unknown>();
  let notCards = 0;
  for (const resource of resources) {
    const latest = latestVersion(resource, server, pool);
    if (isObject(latest) && seen.has(latest)) continue;
    seen.add(latest);
    const read = readCandidate(latest, input, pool, aiTargets);
    if (read === 'not-a-card') notCards += 1;
    else if ('code' in read) unreadable.push(read);
    else candidates.push(read);
  }
  const { cards, problems } = attachActions(candidates);
  const recommendations = markSuperseded(cards).toSorted(compareRecommendations);
  return { recommendations, notCards, unreadable: [...unreadable, ...problems] };
}

function latestVersion(resource: unknown, server: string, pool: ResourcePool): unknown {
  const ref = refOf(resource, server);
  return ref === undefined ? resource : pool.get(absoluteReference(ref));
}

/** One resource by itself: what its place among the others is, is decided by who has them all. */
export function readCandidate(
  resource: unknown,
  input: Pick<ReadRecommendationsInput, 'server' | 'source' | 'patientId'>,
  pool: ResourcePool,
  aiTargets: AiTargets,
): Candidate | Problem | 'not-a-card' {
  if (!isObject(resource)) {
    return problem('malformed', 'The server sent an entry which is no resource.');
  }
  const type = resourceType(resource);
  if (type === 'OperationOutcome') return outcomeProblem(resource);
  if (type === undefined) return problem('malformed', 'The server sent a resource without a type.');
  const reader = CARRIERS.get(type);
  if (reader === undefined) return 'not-a-card';
  if (!reader.accepts(resource)) return withoutIntent(reader, resource) ?? 'not-a-card';
  const ref = refOf(resource, input.server);
  if (ref === undefined) {
    return hasAiLabel(resource)
      ? problem(
          'malformed',
          `A ${type} of an AI has no usable id, so it could not be answered and is not shown.`,
          'id',
        )
      : 'not-a-card';
  }
  const named = readAuthor(unwrapReference(reader.author(resource)), ref, pool, input.source);
  const key = absoluteReference(ref);
  if (!hasAiLabel(resource) && !named.isAi && !aiTargets.has(key)) return 'not-a-card';
  const agent = aiTargets.get(key);
  const author = named.modelReference === undefined && agent !== undefined ? agent : named;
  return readCard(reader, resource, ref, author, input, pool);
}

/** AI output which cannot be told from an order that somebody placed. */
const withoutIntent = (reader: CarrierReader, resource: Json): Problem | undefined =>
  reader.isProposal && token(get(resource, 'intent'), 60) === undefined && hasAiLabel(resource)
    ? problem(
        'malformed',
        `An AI ${reader.label} does not say whether it is a proposal or an order, so it is not shown.`,
        'intent',
      )
    : undefined;

function readCard(
  reader: CarrierReader,
  resource: Json,
  ref: Recommendation['ref'],
  author: Author,
  { server, source, patientId }: Pick<ReadRecommendationsInput, 'server' | 'source' | 'patientId'>,
  pool: ResourcePool,
): Candidate | Problem {
  const what = `An AI ${reader.label}`;
  const place = `${ref.type}/${ref.id}`;
  const foreign = subjectProblem(reader.subject(resource), server, patientId, what, place);
  if (foreign !== undefined) return foreign;
  if (objects(get(resource, 'modifierExtension')).length > 0) {
    return problem(
      'unsupported',
      `${what} carries a modifier that this app does not know and that may reverse its meaning, so it is not shown.`,
      `${place} modifierExtension`,
    );
  }
  const problems: Problems = [];
  const content = reader.read({ resource, ref, pool, source, author, problems });
  if (content.otherSubject !== undefined) {
    const other = subjectProblem(content.otherSubject, server, patientId, what, place);
    if (other !== undefined) return other;
  }
  const ids = identifiers(get(resource, 'identifier'));
  return {
    recommendation: assemble(reader, resource, ref, author, content, problems),
    identifiers: ids,
    replaces: sameCarrier(content.replaces, ref),
    cites: targets(content.cites ?? [], ref),
    updatedAt: Date.parse(token(get(get(resource, 'meta'), 'lastUpdated'), 40) ?? '') || 0,
    isProposal: reader.isProposal,
  };
}

const targets = (elements: readonly unknown[], ref: Recommendation['ref']) =>
  elements
    .map((one) => parseReference(literal(unwrapReference(one), ref), ref.server)?.ref)
    .filter((one) => one !== undefined);

const sameCarrier = (elements: readonly unknown[], ref: Recommendation['ref']) =>
  targets(elements, ref).filter((one) => one.type === ref.type);

function assemble(
  reader: CarrierReader,
  resource: Json,
  ref: Recommendation['ref'],
  author: Author,
  content: CarrierContent,
  problems: Problems,
): Recommendation {
  noteWhatIsMissing(content, author, problems);
  const subject = parseReference(get(reader.subject(resource), 'reference'), ref.server);
  const encounter = parseReference(get(get(resource, 'encounter'), 'reference'), ref.server);
  return defined<Recommendation>({
    id: absoluteReference(ref),
    carrier: reader.carrier,
    ref,
    identifier: identifiers(get(resource, 'identifier'))[0],
    version: line(get(get(resource, 'meta'), 'versionId'), 64),
    subject: subject === undefined ? undefined : plainReference(subject.ref, ref.server),
    encounter: encounter === undefined ? undefined : plainReference(encounter.ref, ref.server),
    status: content.status,
    kindCodings: content.kindCodings,
    title: content.title ?? `Untitled AI ${reader.label}`,
    detail: content.detail,
    predictions: content.predictions,
    confidence: content.confidence,
    priority: content.priority,
    producedAt: content.producedAt,
    actions: content.actions ?? [],
    basis: content.basis,
    modelReference: author.modelReference,
    modelName: author.modelName,
    problems,
  });
}

function noteWhatIsMissing(content: CarrierContent, author: Author, problems: Problems): void {
  if (content.title === undefined) {
    problems.push(problem('missing', 'The producer gave this no title.', 'code'));
  }
  if (content.producedAt === undefined) {
    problems.push(
      problem('missing', 'When this was produced is not known, so its age cannot be judged.'),
    );
  }
  if (author.modelReference === undefined && author.modelName === undefined) {
    problems.push(problem('missing', 'Which AI model produced this is not stated.', 'performer'));
  }
}

function outcomeProblem(resource: Json): Problem {
  const [issue] = objects(get(resource, 'issue'));
  const said = line(get(issue, 'diagnostics')) ?? line(get(get(issue, 'details'), 'text'));
  return problem(
    'unsupported',
    `The server answered with a message instead of a result${said === undefined ? '' : `: ${said}`}.`.slice(
      0,
      300,
    ),
  );
}

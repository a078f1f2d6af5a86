import type { Coding } from '#src/domain/coding.ts';
import type { Priority, ProposedAction, Recommendation } from '#src/domain/recommendation.ts';
import { readBasis, unwrapConcept, unwrapReference } from './basis.ts';
import { SYSTEM } from './codes.ts';
import { annotations, codings, conceptText, firstOf } from './datatypes.ts';
import { firstDate } from './date-time.ts';
import { confidence } from './numbers.ts';
import { mostUrgent, priorityOf } from './priority.ts';
import {
  defined,
  get,
  type Json,
  line,
  list,
  objects,
  type Problems,
  paragraphs,
  problem,
  text,
  token,
  tooMany,
} from './read.ts';
import type { CarrierContent, CarrierInput } from './read-context.ts';
import { literal, parseReference, resolve } from './reference.ts';
import { readStatus } from './status.ts';

type Status = Recommendation['status'];

/**
 * R4 GuidanceResponse with the RequestGroup in its `result` (CDS Hooks on FHIR: card → `action`,
 * suggestion → `action.action`, suggestion uuid → `action.action.id`, indicator → `priority`).
 * Without its RequestGroup it is a card that says so.
 */
export function readGuidanceResponse(input: CarrierInput): CarrierContent {
  const { resource, problems } = input;
  const group = findGroup(input);
  const cards = objects(get(group, 'action'));
  if (tooMany(get(group, 'action'))) {
    problems.push(
      problem('truncated', 'Not all proposed actions are shown.', 'RequestGroup.action'),
    );
  }
  return {
    status: guidanceStatus(resource, group, problems),
    title: guidanceTitle(resource, group, cards),
    detail: details(resource, group, cards),
    kindCodings: [
      ...moduleCodings(resource),
      ...reasons(resource).flatMap(codings),
      ...codings(get(group, 'code')),
    ],
    predictions: [],
    confidence: confidence([resource, group, cards[0]], problems),
    priority: groupPriority(group, cards, input),
    producedAt: firstDate(
      [
        [get(resource, 'occurrenceDateTime'), 'occurrenceDateTime'],
        [get(group, 'authoredOn'), 'RequestGroup.authoredOn'],
      ],
      problems,
    ),
    actions: cards.flatMap((one) => proposedBy(one, cards.length === 1, input)),
    basis: guidanceBasis(input, group),
    replaces: [],
    otherSubject: get(group, 'subject'),
  };
}

function guidanceStatus(resource: Json, group: Json | undefined, problems: Problems): Status {
  const own = readStatus(get(resource, 'status'), 'guidance', problems);
  if (own !== 'current') return own;
  const groupStatus = get(group, 'status');
  if (groupStatus === 'entered-in-error') return 'entered-in-error';
  return groupStatus === 'revoked' ? 'cancelled' : own;
}

/** One card: its own title. Several: what the group is called, since one title would speak for one. */
function guidanceTitle(
  resource: Json,
  group: Json | undefined,
  cards: readonly Json[],
): string | undefined {
  const [card] = cards;
  return (
    (cards.length === 1 ? cardTitle(card) : undefined) ??
    conceptText(get(group, 'code')) ??
    cardTitle(card) ??
    firstOf(reasons(resource), (one) => conceptText(one)) ??
    moduleName(resource)
  );
}

function guidanceBasis({ resource, ref, problems }: CarrierInput, group: Json | undefined) {
  const later = list(get(resource, 'reason')).filter((one) => get(one, 'reference') !== undefined);
  const named = [get(resource, 'reasonReference'), later, get(group, 'reasonReference')];
  return readBasis(named, ref, problems, 'reasonReference');
}

function findGroup({ resource, ref, pool, problems }: CarrierInput): Json | undefined {
  const elements = list(get(resource, 'result'));
  if (elements.length === 0) {
    problems.push(
      problem(
        'missing',
        'The AI’s answer names no result, so only its reason can be shown.',
        'result',
      ),
    );
    return undefined;
  }
  const found = firstOf(elements, (one) =>
    resolve(literal(unwrapReference(one), ref), ref.server, pool),
  );
  if (found === undefined) {
    problems.push(
      problem(
        'unresolved-reference',
        'What the AI proposes could not be read from the server.',
        'result',
      ),
    );
  } else if (
    !['RequestGroup', 'RequestOrchestration'].includes(String(get(found, 'resourceType')))
  ) {
    problems.push(
      problem('unsupported', 'The AI’s result is of a kind that this app cannot show.', 'result'),
    );
    return undefined;
  }
  return found;
}

const reasons = (resource: Json): readonly unknown[] => [
  ...list(get(resource, 'reasonCode')),
  ...list(get(resource, 'reason')).map(unwrapConcept),
];

const cardTitle = (card: Json | undefined): string | undefined =>
  line(get(card, 'title')) ??
  line(get(card, 'textEquivalent')) ??
  firstOf(list(get(card, 'code')), (one) => conceptText(one));

function details(
  resource: Json,
  group: Json | undefined,
  cards: readonly Json[],
): string | undefined {
  return paragraphs([
    ...(cards.length === 1 ? cards.map((one) => text(get(one, 'description'))) : []),
    annotations(get(group, 'note')),
    annotations(get(resource, 'note')),
  ]);
}

/** Suggestions of a card; a card without suggestions is itself one when there are several cards. */
function proposedBy(card: Json, alone: boolean, input: CarrierInput): readonly ProposedAction[] {
  const suggestions = objects(get(card, 'action'));
  if (suggestions.length > 0) return suggestions.map((one) => proposed(one, input));
  return alone && get(card, 'resource') === undefined ? [] : [proposed(card, input)];
}

/** A CodeableConcept in R4; a bare code is tolerated. "Give X" must not stand where "stop X" was meant. */
function removes(action: Json): boolean {
  const type = get(action, 'type');
  const codes = objects(type).flatMap((one) => objects(get(one, 'coding')));
  return [type, ...[...objects(type), ...codes].map((one) => get(one, 'code'))].includes('remove');
}

function proposed(action: Json, { ref }: CarrierInput): ProposedAction {
  const target = parseReference(literal(get(action, 'resource'), ref), ref.server);
  const title =
    cardTitle(action) ?? line(get(get(action, 'resource'), 'display')) ?? 'Untitled action';
  return defined<ProposedAction>({
    // What is contained has no place of its own.
    ref: target?.ref,
    title: removes(action) ? `Remove: ${title}` : title,
    detail: text(get(action, 'description')),
    suggestionId: token(get(action, 'id'), 128),
  });
}

function groupPriority(
  group: Json | undefined,
  cards: readonly Json[],
  { problems }: CarrierInput,
): Priority | undefined {
  return (
    priorityOf(get(group, 'priority'), 'request', 'RequestGroup.priority', problems) ??
    mostUrgent(
      cards.map((one) =>
        priorityOf(get(one, 'priority'), 'request', 'RequestGroup.action.priority', problems),
      ),
    )
  );
}

/** Address of the module, without its version. */
const moduleUri = (resource: Json): string | undefined =>
  (token(get(resource, 'moduleUri')) ?? token(get(resource, 'moduleCanonical')))?.split('|')[0];

function moduleCodings(resource: Json): readonly Coding[] {
  const uri = moduleUri(resource);
  const named = codings(get(resource, 'moduleCodeableConcept'));
  return uri === undefined ? named : [{ system: SYSTEM.uri, code: uri }, ...named];
}

const moduleName = (resource: Json): string | undefined =>
  conceptText(get(resource, 'moduleCodeableConcept')) ??
  line(moduleUri(resource)?.split('/').at(-1));

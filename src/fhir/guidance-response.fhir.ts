import type { Coding } from '#src/domain/coding.ts';
import type { Priority, ProposedAction } from '#src/domain/recommendation.ts';
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
  problem,
  text,
  token,
  tooMany,
} from './read.ts';
import type { CarrierContent, CarrierInput } from './read-context.ts';
import { literal, parseReference, resolve } from './reference.ts';
import { readStatus } from './status.ts';

/**
 * R4 GuidanceResponse with the RequestGroup in its `result` (CDS Hooks on FHIR: card → `action`,
 * suggestion → `action.action`, suggestion uuid → `action.action.id`, indicator → `priority`).
 * Without its RequestGroup it is a card that says so.
 */
export function readGuidanceResponse(input: CarrierInput): CarrierContent {
  const { resource, ref, problems } = input;
  const group = findGroup(input);
  const cards = objects(get(group, 'action'));
  if (tooMany(get(group, 'action'))) {
    problems.push(
      problem('truncated', 'Not all proposed actions are shown.', 'RequestGroup.action'),
    );
  }
  const [card] = cards;
  const reason = firstOf(reasons(resource), (one) => conceptText(one));
  const name = line(get(get(resource, 'moduleCodeableConcept'), 'text')) ?? moduleName(resource);
  const status = readStatus(get(resource, 'status'), 'guidance', problems);
  const groupStatus = token(get(group, 'status'), 60);
  return {
    status:
      status === 'current' && groupStatus === 'entered-in-error' ? 'entered-in-error' : status,
    title:
      (cards.length === 1 ? cardTitle(card) : undefined) ??
      conceptText(get(group, 'code')) ??
      cardTitle(card) ??
      reason ??
      name,
    detail: details(resource, group, cards),
    kindCodings: [
      ...moduleCodings(resource),
      ...reasons(resource).flatMap(codings),
      ...codings(get(group, 'code')),
    ],
    predictions: [],
    confidence: confidence([resource, group, card], problems),
    priority: groupPriority(group, cards, input),
    producedAt: firstDate(
      [
        [get(resource, 'occurrenceDateTime'), 'occurrenceDateTime'],
        [get(group, 'authoredOn'), 'RequestGroup.authoredOn'],
      ],
      problems,
    ),
    actions: cards.flatMap((one) => proposedBy(one, cards.length === 1, input)),
    basis: readBasis(
      [
        get(resource, 'reasonReference'),
        ...list(get(resource, 'reason')).filter((one) => get(one, 'reference') !== undefined),
        get(group, 'reasonReference'),
      ],
      ref,
      problems,
      'reasonReference',
    ),
    replaces: [],
    otherSubject: get(group, 'subject'),
  };
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
  const parts = [
    ...(cards.length === 1 ? cards.map((one) => text(get(one, 'description'))) : []),
    annotations(get(group, 'note')),
    annotations(get(resource, 'note')),
  ];
  return text(parts.filter((one) => one !== undefined).join('\n\n'));
}

/** Suggestions of a card; a card without suggestions is itself one when there are several cards. */
function proposedBy(card: Json, alone: boolean, input: CarrierInput): readonly ProposedAction[] {
  const suggestions = objects(get(card, 'action'));
  if (suggestions.length > 0) return suggestions.map((one) => proposed(one, input));
  return alone && get(card, 'resource') === undefined ? [] : [proposed(card, input)];
}

function proposed(action: Json, { ref }: CarrierInput): ProposedAction {
  const target = parseReference(literal(get(action, 'resource'), ref), ref.server);
  const contained = String(get(get(action, 'resource'), 'reference') ?? '').startsWith('#');
  const title =
    cardTitle(action) ?? line(get(get(action, 'resource'), 'display')) ?? 'Untitled action';
  return defined<ProposedAction>({
    ref: contained ? undefined : target?.ref,
    title: get(get(action, 'type'), 'code') === 'remove' ? `Remove: ${title}` : title,
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

function moduleCodings(resource: Json): readonly Coding[] {
  const uri = token(get(resource, 'moduleUri')) ?? token(get(resource, 'moduleCanonical'));
  const named = codings(get(resource, 'moduleCodeableConcept'));
  return uri === undefined
    ? named
    : [{ system: SYSTEM.uri, code: uri.split('|')[0] ?? uri }, ...named];
}

function moduleName(resource: Json): string | undefined {
  const uri = token(get(resource, 'moduleUri')) ?? token(get(resource, 'moduleCanonical'));
  return (
    conceptText(get(resource, 'moduleCodeableConcept')) ??
    line(uri?.split('|')[0]?.split('/').at(-1))
  );
}

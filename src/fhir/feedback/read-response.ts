import type {
  ActionTaken,
  Answer,
  AnsweredRecommendation,
  ReplacedAnswer,
  ResponseCode,
} from '#src/domain/feedback.ts';
import { COMPONENT, EXTENSION, SYSTEM } from '../codes.ts';
import { extensions, identifier } from '../datatypes.ts';
import { RESPONSE_DISPLAY } from '../feedback-terms.ts';
import { defined, get, type Json, objects, type Problems, text } from '../read.ts';
import { type ComponentReader, componentReader, readModel } from './component-reader.ts';
import { codeIn, fromConcept } from './concept.fhir.ts';
import { type Failure, failure, type StoredFields } from './read-stored.ts';
import { readReference } from './reference.fhir.ts';

const isResponse = (code: string | undefined): code is ResponseCode =>
  code !== undefined && Object.hasOwn(RESPONSE_DISPLAY, code);

export function readResponse(resource: Json): { ok: true; value: ResponseCode } | Failure {
  const concept = resource.valueCodeableConcept;
  const code = codeIn(concept, SYSTEM.response);
  if (isResponse(code)) return { ok: true, value: code };
  const said = code ?? fromConcept(concept)?.code ?? 'nothing';
  return failure(
    'unknown-code',
    `A stored answer says something that this version does not know (${said}).`,
    'Observation.value',
  );
}

/** The earlier answer that this resource says it replaces. */
export function readReplaces(resource: Json, server: string): ReplacedAnswer | undefined {
  const held = extensions(resource, EXTENSION.observationReplaces)[0]?.valueReference;
  const reference = readReference(held, server, server);
  const id = identifier(get(held, 'identifier'))?.value ?? reference;
  return id === undefined ? undefined : defined<ReplacedAnswer>({ id, reference });
}

function readAction(
  resource: Json,
  server: string,
  issuer: string,
  reader: ComponentReader,
  words: string | undefined,
): ActionTaken | undefined {
  const concept = reader.concept(COMPONENT.actionTaken);
  const info = extensions(resource, EXTENSION.supportingInfo)[0]?.valueReference;
  const action = defined<ActionTaken>({
    coding: fromConcept(concept),
    text: words ?? text(get(concept, 'text')),
    reference: readReference(info, server, issuer),
  });
  return Object.keys(action).length === 0 ? undefined : action;
}

const readContext = (reader: ComponentReader): Answer['context'] =>
  defined<Answer['context']>({
    shownProbability: reader.quantity(COMPONENT.shownProbability),
    shownRiskBand: reader.codings(COMPONENT.shownRiskBand)[0],
    displayedAt: reader.dateTime(COMPONENT.displayedAt),
    timeToResponseMs: reader.quantity(COMPONENT.timeToResponse),
    evidenceOpened: reader.boolean(COMPONENT.evidenceOpened),
    arm: reader.string(COMPONENT.arm),
    // An EHR chart does not get the version; the domain wants a word for that.
    appVersion: reader.string(COMPONENT.appVersion) ?? 'unknown',
  });

/** Long enough for any comment; a server that sends more than that sends something else. */
const MAX_COMMENT = 100_000;

/** Free text stands only in notes, so the action taken in words is a note that begins with this. */
export const ACTION_NOTE = 'Action taken: ';

function readNotes(resource: Json): { comment: string | undefined; action: string | undefined } {
  const texts = objects(resource.note).flatMap((note) => text(note.text, MAX_COMMENT) ?? []);
  const last = texts.at(-1);
  const action = last?.startsWith(ACTION_NOTE) ? last.slice(ACTION_NOTE.length) : undefined;
  const comments = action === undefined ? texts : texts.slice(0, -1);
  return { comment: comments.length === 0 ? undefined : comments.join('\n\n'), action };
}

export function readAnswer(
  stored: StoredFields,
  response: ResponseCode,
  problems: Problems,
): Answer {
  const { resource, issuer } = stored;
  const reader = componentReader(resource.component, problems);
  const notes = readNotes(resource);
  const place = extensions(resource, EXTENSION.eventLocation)[0]?.valueReference;
  return defined<Answer>({
    ...stored.common,
    answeredAt: stored.at,
    response,
    reasons: reader.codings(COMPONENT.overrideReason),
    comment: notes.comment,
    actionTaken: readAction(resource, stored.ref.server, issuer, reader, notes.action),
    deferredUntil: reader.dateTime(COMPONENT.deferredUntil),
    usefulness: reader.integer(COMPONENT.usefulness),
    location: readReference(place, stored.ref.server, issuer),
    recommendation: defined<AnsweredRecommendation>({
      ...stored.recommendation,
      version: reader.string(COMPONENT.recommendationVersion) ?? stored.recommendation.version,
    }),
    model: readModel(reader, problems),
    context: readContext(reader),
    replaces: readReplaces(resource, stored.ref.server),
  });
}

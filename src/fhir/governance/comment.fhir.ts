import type { Communication, Reference, Task } from 'fhir/r4';
import type { StoredAnswer } from '#src/domain/feedback.ts';
import {
  COMMENT_OUTCOMES,
  type CommentAnswer,
  type CommentGroup,
  type CommentOutcome,
} from '#src/domain/governance/feedback/comments.ts';
import { findReason, ownerOf } from '#src/domain/reasons.ts';
import { COMPONENT, SYSTEM } from '../codes.ts';
import { codings, firstOf, identifier } from '../datatypes.ts';
import { COMPONENT_DISPLAY } from '../feedback-terms.ts';
import { defined, get, line, token } from '../read.ts';
import { plainReference } from '../reference.ts';
import { INCIDENT_INPUT_DISPLAY } from './incident-terms.ts';
import { COMMENT_DISPLAY, OUTCOME_CODE, OUTCOME_DISPLAY } from './loop-terms.ts';
import { itemType, readTask, taskCode, taskIdentifier, valuesOf } from './task.fhir.ts';

/** What an owner says to a group, before it is on record. */
export interface CommentReplyDraft {
  /** `urn:uuid:` */
  readonly id: string;
  readonly group: Omit<CommentGroup, 'said' | 'key'>;
  readonly about: readonly StoredAnswer[];
  /** "Device/id" where the registry has it. */
  readonly device: string | undefined;
  readonly outcome: CommentOutcome;
  readonly words: string;
  readonly by: string;
  /** ISO 8601 with offset. */
  readonly at: string;
}

const outcomeConcept = (outcome: CommentOutcome) => ({
  coding: [
    {
      system: SYSTEM.feedbackItem,
      code: OUTCOME_CODE[outcome],
      display: OUTCOME_DISPLAY[outcome],
    },
  ],
});

/** By reference and by identifier: the card may have read its answer from another server. */
const toAnswered = ({ ref, answer }: StoredAnswer, server: string): Reference => ({
  reference: plainReference(ref, server),
  type: 'Observation',
  identifier: { system: SYSTEM.uri, value: answer.id },
});

/** To one clinician, about their own answers and nobody else's. @param id `urn:uuid:` of its own */
export const toCommentReply = (
  { about, outcome, words, by, at }: CommentReplyDraft,
  to: string,
  id: string,
  server: string,
): Communication => ({
  resourceType: 'Communication',
  identifier: [{ system: SYSTEM.uri, value: id }],
  status: 'completed',
  topic: outcomeConcept(outcome),
  about: about
    .filter(({ answer }) => answer.performer.reference === to)
    .map((one) => toAnswered(one, server)),
  sent: at,
  recipient: [{ reference: to }],
  sender: { reference: by },
  payload: [{ contentString: words }],
});

/** The answer as a whole, with what it answers. @param replies "Communication/id" of each clinician */
export function toCommentTask(
  draft: CommentReplyDraft,
  replies: readonly string[],
  server: string,
): Task {
  const { id, group, about, device, outcome, words, by, at } = draft;
  const { route, reason, model, version } = group;
  const said = (code: 'model' | 'model-version', value: string | undefined) =>
    value === undefined
      ? []
      : [{ type: itemType(code, COMPONENT_DISPLAY[code]), valueString: value }];
  const { overrideReason } = COMPONENT;
  return defined<Task>({
    resourceType: 'Task',
    identifier: taskIdentifier(id),
    status: 'completed',
    businessStatus: outcomeConcept(outcome),
    intent: 'order',
    code: taskCode('comment'),
    focus: device === undefined ? undefined : { reference: device },
    authoredOn: at,
    lastModified: at,
    owner: { reference: by },
    note: [{ authorReference: { reference: by }, time: at, text: words }],
    input: [
      { type: itemType('comment-route', COMMENT_DISPLAY['comment-route']), valueString: route },
      ...(reason === undefined
        ? []
        : [
            {
              type: itemType(overrideReason, COMPONENT_DISPLAY[overrideReason]),
              valueCodeableConcept: {
                coding: about
                  .flatMap(({ answer }) => answer.reasons.filter(({ code }) => code === reason))
                  .slice(0, 1),
                text: findReason(reason)?.label ?? reason,
              },
            },
          ]),
      ...said('model', model),
      ...said('model-version', version),
      ...about.map((one) => ({
        type: itemType('answer', INCIDENT_INPUT_DISPLAY.answer),
        valueReference: toAnswered(one, server),
      })),
    ],
    output: replies.map((reference) => ({
      type: itemType('reply', COMMENT_DISPLAY.reply),
      valueReference: { reference },
    })),
  });
}

/** Undefined for what is no answer to comments, or does not say what became of them. */
export function readCommentTask(resource: unknown, server: string): CommentAnswer | undefined {
  const task = readTask(resource, 'comment', server);
  const outcome = readOutcome(get(resource, 'businessStatus'));
  if (task?.status !== 'completed' || outcome === undefined) return undefined;
  const [reason] = valuesOf(resource, 'input', COMPONENT.overrideReason).flatMap(
    (one) => codings(get(one, 'valueCodeableConcept'))[0]?.code ?? [],
  );
  const said = (code: string): string | undefined =>
    valuesOf(resource, 'input', code).flatMap((one) => line(get(one, 'valueString')) ?? [])[0];
  return defined<CommentAnswer>({
    id: task.id,
    group: defined<CommentAnswer['group']>({
      route: reason === undefined ? 'triage' : ownerOf(reason),
      reason,
      model: said(COMPONENT.model),
      version: said(COMPONENT.modelVersion),
    }),
    outcome,
    words: task.notes.at(-1) ?? '',
    about: valuesOf(resource, 'input', 'answer').flatMap(
      (one) => token(identifier(get(get(one, 'valueReference'), 'identifier'))?.value, 200) ?? [],
    ),
    by: task.owner,
    at: task.authoredOn,
  });
}

export const readOutcome = (concept: unknown): CommentOutcome | undefined =>
  firstOf(codings(concept), ({ system, code }) =>
    system === SYSTEM.feedbackItem
      ? COMMENT_OUTCOMES.find((one) => OUTCOME_CODE[one] === code)
      : undefined,
  );

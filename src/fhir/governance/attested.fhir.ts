import type { Task } from 'fhir/r4';
import type { Answer } from '#src/domain/feedback.ts';
import {
  ACTION_OUTCOMES,
  type ActionCheck,
  type ActionOutcome,
} from '#src/domain/governance/feedback/attested.ts';
import { SYSTEM } from '../codes.ts';
import { identifier } from '../datatypes.ts';
import { dateTime } from '../date-time.ts';
import { codeIn } from '../feedback/concept.fhir.ts';
import { GOVERNANCE_TASK } from '../governance-terms.ts';
import { defined, get, line, token } from '../read.ts';
import type { FhirSearch } from '../search.ts';
import { ACTION_CODE, ACTION_DISPLAY, FOUND_DISPLAY } from './loop-terms.ts';
import { itemType, modifiedAt, readTask, taskCode, taskIdentifier, valuesOf } from './task.fhir.ts';

/** Checks of what was announced about one patient. */
export const actionSearch = (patient: string): FhirSearch => ({
  type: 'Task',
  params: [
    ['patient', patient],
    ['code', `${GOVERNANCE_TASK.system}|attested-action`],
  ],
});

export interface ActionCheckDraft {
  /** `urn:uuid:`, one for each answer. */
  readonly id: string;
  readonly answer: Pick<Answer, 'id' | 'answeredAt'>;
  readonly outcome: ActionOutcome;
  /** What is new in the chart since, in its own words. */
  readonly found: readonly string[];
  /** References as the record knows them. */
  readonly patient: string;
  readonly by: string;
  /** ISO 8601 with offset. */
  readonly at: string;
}

const STATUS = { done: 'completed', 'not-done': 'failed', 'not-needed': 'cancelled' } as const;

/** The answer by its identifier: it may be in the chart while this is in the hospital's store. */
export function toActionTask(draft: ActionCheckDraft): Task {
  const { id, answer, outcome, found, patient, by, at } = draft;
  const authoredOn = answer.answeredAt;
  const code = ACTION_CODE[outcome];
  return {
    resourceType: 'Task',
    identifier: taskIdentifier(id),
    status: STATUS[outcome],
    businessStatus: {
      coding: [{ system: SYSTEM.feedbackItem, code, display: ACTION_DISPLAY[outcome] }],
    },
    intent: 'order',
    code: taskCode('attested-action'),
    focus: { type: 'Observation', identifier: { system: SYSTEM.uri, value: answer.id } },
    for: { reference: patient },
    authoredOn,
    lastModified: modifiedAt({ authoredOn }, at),
    requester: { reference: by },
    owner: { reference: by },
    ...(found.length > 0 && {
      input: found.map((valueString) => ({
        type: itemType('chart-found', FOUND_DISPLAY['chart-found']),
        valueString,
      })),
    }),
  };
}

export function readActionCheck(resource: unknown, server: string): ActionCheck | undefined {
  if (readTask(resource, 'attested-action', server) === undefined) return undefined;
  const said = codeIn(get(resource, 'businessStatus'), SYSTEM.feedbackItem);
  const outcome = ACTION_OUTCOMES.find((one) => ACTION_CODE[one] === said);
  const answer = token(identifier(get(get(resource, 'focus'), 'identifier'))?.value, 200);
  if (outcome === undefined || answer === undefined) return undefined;
  return defined<ActionCheck>({
    answer,
    outcome,
    found: valuesOf(resource, 'input', 'chart-found').flatMap(
      (one) => line(get(one, 'valueString')) ?? [],
    ),
    at: dateTime(get(resource, 'lastModified')),
  });
}

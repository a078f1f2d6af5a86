import type { Task } from 'fhir/r4';
import { isoWithOffset } from '#src/domain/timestamp.ts';
import { SYSTEM } from '../codes.ts';
import { hasCode, identifiers } from '../datatypes.ts';
import { dateTime } from '../date-time.ts';
import { GOVERNANCE_TASK, type GovernanceTaskCode } from '../governance-terms.ts';
import { defined, get, type Json, objects, text, token } from '../read.ts';
import { literal, refOf } from '../reference.ts';

/** What every governance Task says of itself. */
export interface StoredTask {
  /** "Task/id". */
  readonly task: string;
  /** The version that was read. */
  readonly version: string | undefined;
  /** `urn:uuid:`, else the Task's reference. */
  readonly id: string;
  readonly status: string;
  readonly focus?: string;
  readonly requester?: string;
  readonly owner?: string;
  readonly authoredOn?: string;
  readonly changedOn?: string;
  /** When it is due. */
  readonly due?: string;
  readonly reason?: string;
  /** Words, oldest first. */
  readonly notes: readonly string[];
}

/** Undefined for anything that is no Task of this kind with an id. */
export function readTask(
  resource: unknown,
  code: GovernanceTaskCode,
  server: string,
): StoredTask | undefined {
  const ref = refOf(resource, server);
  if (ref?.type !== 'Task') return undefined;
  if (!hasCode(get(resource, 'code'), GOVERNANCE_TASK.system, code)) return undefined;
  const [own] = identifiers(get(resource, 'identifier')).filter((one) => one.system === SYSTEM.uri);
  const at = (name: string) => literal(get(resource, name), ref);
  return defined<StoredTask>({
    task: `Task/${ref.id}`,
    version: token(get(get(resource, 'meta'), 'versionId'), 64),
    id: own?.value ?? `Task/${ref.id}`,
    status: token(get(resource, 'status'), 40) ?? 'unknown',
    focus: at('focus'),
    requester: at('requester'),
    owner: at('owner'),
    authoredOn: dateTime(get(resource, 'authoredOn')),
    changedOn: dateTime(get(resource, 'lastModified')),
    due: dateTime(get(get(get(resource, 'restriction'), 'period'), 'end')),
    reason: text(get(get(resource, 'reasonCode'), 'text'), 2_000),
    notes: objects(get(resource, 'note')).flatMap((one) => text(get(one, 'text'), 2_000) ?? []),
  });
}

/** `Task.code` with its display. */
export const taskCode = (code: GovernanceTaskCode) => ({
  coding: [{ system: GOVERNANCE_TASK.system, code, display: GOVERNANCE_TASK.display[code] }],
});

/** Inputs and outputs of this type, all in `feedback-item`. */
export const valuesOf = (
  resource: unknown,
  list: 'input' | 'output',
  code: string,
): readonly Json[] =>
  objects(get(resource, list)).filter((one) =>
    hasCode(get(one, 'type'), SYSTEM.feedbackItem, code),
  );

export const itemType = (code: string, display: string) => ({
  coding: [{ system: SYSTEM.feedbackItem, code, display }],
});

/** Written once, however often it is sent. */
export const taskIdentifier = (id: string): NonNullable<Task['identifier']> => [
  { system: SYSTEM.uri, value: id },
];

/**
 * `Task.lastModified`, in the offset of `authoredOn`: R4's inv-1 wants it later, and validators have been
 * seen to compare the two as texts. Never earlier than that: of two people one’s clock may be behind,
 * and a report must be taken on all the same.
 * @param at ISO 8601 with offset
 */
export function modifiedAt({ authoredOn = '' }: Pick<Task, 'authoredOn'>, at: string): string {
  const [, sign, hours, minutes] = /([+-])(\d{2}):(\d{2})$/.exec(authoredOn) ?? [];
  const east = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  const authored = Date.parse(authoredOn) || 0;
  return isoWithOffset(Math.max(Date.parse(at), authored), sign === '-' ? -east : east);
}

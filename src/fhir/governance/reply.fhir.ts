import type { ResourceRef } from '#src/domain/coding.ts';
import { SYSTEM } from '../codes.ts';
import { codings, hasCode } from '../datatypes.ts';
import { dateTime } from '../date-time.ts';
import { GOVERNANCE_TASK } from '../governance-terms.ts';
import { defined, get, line, list, objects, text } from '../read.ts';
import { parseReference } from '../reference.ts';
import type { FhirSearch } from '../search.ts';

/** What somebody of the safety team wrote to a reporter. */
export interface Reply {
  readonly text: string;
  /** ISO 8601, as sent. */
  readonly sentAt?: string;
  readonly from?: string;
  /** The recommendation that the report was about. */
  readonly about: ResourceRef;
}

/**
 * Incident Tasks say which report is about which recommendation; Communications to this reporter say
 * what was answered. `subject`, `recipient`: as the record knows them. R4 has no search by `about`.
 */
export const replySearches = (subject: string, recipient: string): readonly FhirSearch[] => [
  {
    type: 'Task',
    params: [
      ['patient', subject],
      ['code', `${GOVERNANCE_TASK.system}|incident`],
    ],
  },
  {
    type: 'Communication',
    params: [
      ['recipient', recipient],
      ['_sort', '-sent'],
      ['_count', '50'],
    ],
  },
];

const NOT_SAID: readonly unknown[] = ['entered-in-error', 'not-done', 'stopped', 'preparation'];

/** Replies to reports about recommendations of this patient, newest first as the server gave them. */
export function readReplies(resources: readonly unknown[], server: string): readonly Reply[] {
  const concerned = new Map(resources.flatMap((one) => concern(one, server)));
  return resources.flatMap((resource) => {
    if (get(resource, 'resourceType') !== 'Communication') return [];
    if (NOT_SAID.includes(get(resource, 'status'))) return [];
    const words = objects(get(resource, 'payload')).flatMap(
      (one) => text(get(one, 'contentString'), 2_000) ?? [],
    );
    const [about] = list(get(resource, 'about')).flatMap(
      (one) => concerned.get(keyOf(one, server) ?? '') ?? [],
    );
    if (!about || words.length === 0) return [];
    return [
      defined<Reply>({
        text: words.join('\n\n'),
        sentAt: dateTime(get(resource, 'sent')),
        from: line(get(get(resource, 'sender'), 'display')),
        about,
      }),
    ];
  });
}

const keyOf = (element: unknown, server: string): string | undefined => {
  const target = parseReference(get(element, 'reference'), server)?.ref;
  return target && `${target.server}/${target.type}/${target.id}`;
};

/** From the report to what it was about, as its Task has both. */
function concern(task: unknown, server: string): readonly (readonly [string, ResourceRef])[] {
  if (get(task, 'resourceType') !== 'Task') return [];
  if (!hasCode(get(task, 'code'), GOVERNANCE_TASK.system, 'incident')) return [];
  const event = keyOf(get(task, 'focus'), server);
  const named = objects(get(task, 'input')).find((one) =>
    codings(get(one, 'type')).some(
      ({ system, code }) => system === SYSTEM.feedbackItem && code === 'recommendation',
    ),
  );
  const about = parseReference(get(get(named, 'valueReference'), 'reference'), server)?.ref;
  return event !== undefined && about ? [[event, about]] : [];
}

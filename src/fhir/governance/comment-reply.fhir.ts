import type { CommentOutcome } from '#src/domain/governance/feedback/comments.ts';
import { identifier } from '../datatypes.ts';
import { dateTime } from '../date-time.ts';
import { defined, get, line, list, objects, text } from '../read.ts';
import { readOutcome } from './comment.fhir.ts';

/** What an owner answered to what a clinician said. */
export interface CommentReply {
  readonly outcome: CommentOutcome;
  readonly text: string;
  /** Identifiers of the clinician's own answers that it speaks of. */
  readonly about: readonly string[];
  readonly from?: string;
  /** ISO 8601, as sent. */
  readonly sentAt?: string;
}

/** In the order of the search; what is no such answer is passed over. */
export const readCommentReplies = (resources: readonly unknown[]): readonly CommentReply[] =>
  resources.flatMap((resource) => {
    if (get(resource, 'resourceType') !== 'Communication') return [];
    if (get(resource, 'status') !== 'completed') return [];
    const outcome = readOutcome(get(resource, 'topic'));
    const [words] = objects(get(resource, 'payload')).flatMap(
      (one) => text(get(one, 'contentString'), 2_000) ?? [],
    );
    if (outcome === undefined || words === undefined) return [];
    return [
      defined<CommentReply>({
        outcome,
        text: words,
        about: list(get(resource, 'about')).flatMap(
          (one) => identifier(get(one, 'identifier'))?.value ?? [],
        ),
        from: line(get(get(resource, 'sender'), 'display')),
        sentAt: dateTime(get(resource, 'sent')),
      }),
    ];
  });

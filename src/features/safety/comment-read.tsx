import type { CommentOutcome } from '#src/domain/governance/feedback/comments.ts';
import type { ReviewCard } from '#src/state/review-model.ts';
import { useCommentReplies } from '#src/state/use-safety.ts';
import { formatDateTime } from '#src/ui/format/date-time.ts';
import { clipText } from '#src/ui/format/text.ts';
import { Notice } from '#src/ui/notice.tsx';

const TITLE: Readonly<Record<CommentOutcome, string>> = {
  read: 'Your comment was read',
  planned: 'Your comment was read: a change is planned',
  changed: 'Your comment was read: something was changed',
  unchanged: 'Your comment was read: it stays as it is',
};

/** What became of a reason or a comment that was given here: seen by who gave it, where they gave it. */
export function CommentRead({ card }: { readonly card: ReviewCard }) {
  const replies = useCommentReplies(card);
  return replies.map(({ outcome, text, from, sentAt }) => (
    <Notice key={`${sentAt} ${text}`} title={TITLE[outcome]} tone="info">
      <p>{clipText(text, 2_000)}</p>
      <p>{[from, sentAt && formatDateTime(sentAt)].filter(Boolean).join(', ')}</p>
    </Notice>
  ));
}

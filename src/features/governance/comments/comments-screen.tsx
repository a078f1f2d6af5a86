import { needsAnswer } from '#src/domain/governance/feedback/comments.ts';
import { COMMENT_DAYS, useWhatWasSaid } from '#src/state/governance/comments.ts';
import { Notice } from '#src/ui/notice.tsx';
import { Failed, Frame } from '../frame.tsx';
import classes from '../governance.module.css';
import { CommentGroupCard } from './comment-group.tsx';

/** Every reason and comment by who can change something: what waits for an answer first. */
export function CommentsScreen() {
  const { data, error } = useWhatWasSaid();
  const all = data?.standings ?? [];
  const waiting = all.filter(({ group, open }) => needsAnswer(group) && open.length > 0);
  const rest = all.filter((one) => !waiting.includes(one));
  return (
    <Frame title="What clinicians said">
      {error && <Failed error={error} />}
      {!data && !error && <p role="status">Reading what was said …</p>}
      <p className={classes.more}>
        Reasons and comments of the last {COMMENT_DAYS} days. Who said it is not shown; your answer
        reaches each of them at the card that they answered.
      </p>
      {data?.truncated && (
        <Notice title="There is more than is shown" tone="warning">
          <p>Only the newest answers were read. The export has all of them.</p>
        </Notice>
      )}
      {data && waiting.length === 0 && (
        <Notice title="Nothing waits for an answer" tone="info">
          <p>Answers with a reason or a comment appear here.</p>
        </Notice>
      )}
      <div className={classes.stack}>
        {waiting.map((one) => (
          <CommentGroupCard key={one.group.key} standing={one} />
        ))}
      </div>
      {rest.length > 0 && (
        <details>
          <summary className={classes.summary}>
            Answered, or nobody has to act: {rest.length}
          </summary>
          <div className={classes.stack}>
            {rest.map((one) => (
              <CommentGroupCard key={one.group.key} standing={one} />
            ))}
          </div>
        </details>
      )}
    </Frame>
  );
}

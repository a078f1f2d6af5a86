import type { ReviewActions, ReviewModel, ReviewNotice } from '#src/state/review-model.ts';
import { Button } from '#src/ui/button.tsx';
import { clipText, plural } from '#src/ui/format/text.ts';
import { Notice } from '#src/ui/notice.tsx';
import classes from './queue-notices.module.css';
import type { WaitingBadge } from './review-props.ts';

export interface QueueNoticesProps {
  readonly model: ReviewModel;
  readonly actions: ReviewActions;
  readonly waiting?: WaitingBadge | undefined;
}

function NoticeAction({ notice, actions }: { notice: ReviewNotice; actions: ReviewActions }) {
  if (notice.action === 'sign-in') return <Button onClick={actions.signIn}>Sign in</Button>;
  if (notice.action === 'refresh') return <Button onClick={actions.refresh}>Try again</Button>;
  return null;
}

const FAILED: ReviewNotice = {
  tone: 'error',
  title: 'The recommendations could not be loaded',
  message: 'Nothing is shown rather than something old. Work without this panel, or try again.',
  action: 'refresh',
};

/** What is wrong with the page as a whole, above what is there all the same. */
export function QueueNotices({ model, actions, waiting }: QueueNoticesProps) {
  const own = model.status === 'failed' && model.notices.length === 0 ? [FAILED] : [];
  return (
    <>
      {[...model.notices, ...own].map((notice) => (
        <Notice
          actions={notice.action ? <NoticeAction actions={actions} notice={notice} /> : null}
          alert={notice.tone === 'error'}
          key={`${notice.title}|${notice.message}`}
          title={notice.title}
          tone={notice.tone}
        >
          <p>{notice.message}</p>
        </Notice>
      ))}
      {waiting && waiting.attention > 0 ? <NeedsYou waiting={waiting} /> : null}
      {model.unreadable.length > 0 ? <Unreadable model={model} /> : null}
    </>
  );
}

function NeedsYou({ waiting }: { readonly waiting: WaitingBadge }) {
  const { attention, onOpen } = waiting;
  return (
    <Notice
      actions={<Button onClick={onOpen}>{attention === 1 ? 'Show it' : 'Show them'}</Button>}
      title={`${plural(attention, 'answer')} could not be delivered`}
      tone="warning"
    >
      <p>Nobody but you can see {attention === 1 ? 'it' : 'them'} yet.</p>
    </Notice>
  );
}

function Unreadable({ model }: { readonly model: ReviewModel }) {
  const { unreadable } = model;
  const title = `${plural(unreadable.length, 'recommendation')} could not be read`;
  return (
    <Notice title={title} tone="warning">
      <details className={classes.details}>
        <summary>What was wrong</summary>
        <ul>
          {unreadable.map(({ message, path, code }) => (
            <li key={`${code}|${path}|${message}`}>
              {clipText(message, 300)}
              {path ? <code>{clipText(path, 120)}</code> : null}
            </li>
          ))}
        </ul>
      </details>
    </Notice>
  );
}

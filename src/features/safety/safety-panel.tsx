import { useState } from 'react';
import type { OnScreen } from '#src/state/freeze-card.ts';
import { useReplies, useReportDesk, useReportsAbout } from '#src/state/use-safety.ts';
import { formatDateTime } from '#src/ui/format/date-time.ts';
import { clipText } from '#src/ui/format/text.ts';
import { Notice } from '#src/ui/notice.tsx';
import { AnnouncedAction } from './announced.tsx';
import { CommentRead } from './comment-read.tsx';
import { ReportForm } from './report-form.tsx';
import { Reported } from './reported.tsx';

export interface SafetyPanelProps {
  readonly screen: () => OnScreen;
  readonly open: boolean;
  readonly onBack: () => void;
  readonly onSaved: () => void;
}

/** Below a card: the form while it is asked for, what was reported from here, and what was answered. */
export function SafetyPanel({ screen, open, onBack, onSaved }: SafetyPanelProps) {
  const { card } = screen();
  const { ref } = card.detail.recommendation;
  const reports = useReportsAbout(ref);
  const { replies, incomplete } = useReplies(ref);
  const { undo, retry, signIn } = useReportDesk();
  const [saved, setSaved] = useState<string>();
  return (
    <>
      {open ? (
        <ReportForm
          onBack={onBack}
          onSaved={(id) => {
            setSaved(id);
            onSaved();
          }}
          screen={screen()}
        />
      ) : null}
      {reports.map((item) => (
        <Reported
          item={item}
          justSaved={item.report.id === saved}
          key={item.report.id}
          onRetry={retry}
          onSignIn={signIn}
          onUndo={undo}
        />
      ))}
      {replies.map((reply) => (
        <Notice
          key={`${reply.sentAt} ${reply.text}`}
          title="Answer to your safety report"
          tone="info"
        >
          <p>{clipText(reply.text, 2_000)}</p>
          <p>
            {[reply.from, reply.sentAt && formatDateTime(reply.sentAt)].filter(Boolean).join(', ')}
          </p>
        </Notice>
      ))}
      <CommentRead card={card} />
      <AnnouncedAction card={card} />
      {open && incomplete ? <p>Answers to earlier reports could not be read.</p> : null}
    </>
  );
}

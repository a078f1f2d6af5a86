import { useEffect, useRef, useState } from 'react';
import { type DeliveryState, deliveryLabel, type ReportItem } from '#src/domain/delivery.ts';
import { Button } from '#src/ui/button.tsx';
import { FieldGroup } from '#src/ui/field-group.tsx';
import { clipText } from '#src/ui/format/text.ts';
import { Notice } from '#src/ui/notice.tsx';
import classes from './safety.module.css';
import { WHAT, WHAT_NEXT } from './words.ts';

export interface ReportedProps {
  readonly item: ReportItem;
  /** It takes the keyboard from the form that it stands in for. */
  readonly justSaved: boolean;
  readonly onUndo: (id: string) => Promise<boolean>;
  readonly onRetry: (id: string) => Promise<void>;
  readonly onSignIn: () => void;
}

function explanation(delivery: DeliveryState): string | undefined {
  switch (delivery.state) {
    case 'degraded':
      return `The record did not keep: ${delivery.lost.join(', ')}.`;
    case 'rejected':
    case 'unknown':
      return delivery.reason;
    case 'waiting-sign-in':
      return 'It is sent as soon as you are signed in.';
    case 'waiting-patient':
      return 'It is sent when this patient’s chart is opened again.';
    default:
      return undefined;
  }
}

/** What became of a report: said in the words of an answer, and taken back while it is held. */
export function Reported({ item, justSaved, onUndo, onRetry, onSignIn }: ReportedProps) {
  const { report, delivery } = item;
  const [tooLate, setTooLate] = useState(false);
  const group = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (justSaved) group.current?.focus();
  }, [justSaved]);
  const what = WHAT.find((one) => one.what === report.what)?.label ?? report.what;
  const why = explanation(delivery);
  const undo = () => {
    onUndo(report.id).then(
      (undone) => setTooLate(!undone),
      () => setTooLate(true),
    );
  };
  const stuck = delivery.state === 'rejected' || delivery.state === 'unknown';
  return (
    <FieldGroup
      aria-label="Safety report"
      className={classes.reported}
      data-state={delivery.state}
      ref={group}
    >
      <p className={classes.line}>
        <strong>Recorded.</strong> Safety report: {what}
        {report.confidential ? ', name withheld' : ''}.
      </p>
      <p className={classes.line}>
        <span className={classes.status} role="status">
          {deliveryLabel(delivery)}
        </span>
        {delivery.state === 'held' ? <Button onClick={undo}>Undo</Button> : null}
        {delivery.state === 'waiting-sign-in' ? <Button onClick={onSignIn}>Sign in</Button> : null}
        {stuck ? <Button onClick={() => void onRetry(report.id)}>Try again</Button> : null}
      </p>
      {why ? <p className={classes.note}>{clipText(why, 300)}</p> : null}
      <p className={classes.note}>{WHAT_NEXT}</p>
      {tooLate && delivery.state !== 'held' ? (
        <Notice title="It was sent already" tone="info">
          <p>A report that was sent stays. Tell the safety team if it was a mistake.</p>
        </Notice>
      ) : null}
    </FieldGroup>
  );
}

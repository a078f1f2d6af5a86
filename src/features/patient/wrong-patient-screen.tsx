import { Button } from '#src/ui/button.tsx';
import { StopScreen } from './stop-screen.tsx';

export interface WrongPatientScreenProps {
  /** Whom this window was opened for. */
  readonly openedFor: string;
  /** What disagreed, in words ("The recommendation is about another patient"). */
  readonly reason: string;
  /** Answers that are still on this device for the first patient. */
  readonly undelivered?: number;
  /** They outlive this window; where they do not, closing it would lose them. */
  readonly durable?: boolean;
  readonly onRelaunch?: () => void;
}

const keptWords = (count: number): string =>
  count === 1
    ? '1 answer for that patient is kept on this device and will be sent only to that patient’s chart.'
    : `${count} answers for that patient are kept on this device and will be sent only to that patient’s chart.`;

const onlyHereWords = (count: number): string =>
  count === 1
    ? '1 answer for that patient is not sent yet and is only in this window: closing it loses the answer.'
    : `${count} answers for that patient are not sent yet and are only in this window: closing it loses them.`;

function WhatNow({ undelivered, durable }: { undelivered: number; durable: boolean }) {
  if (undelivered > 0 && !durable) {
    return (
      <>
        <p>
          <strong>Keep this window open.</strong> {onlyHereWords(undelivered)}
        </p>
        <p>
          Open the app once more, in another window, from the chart of the patient you mean. What is
          not sent from here must be answered again there.
        </p>
      </>
    );
  }
  return (
    <>
      {undelivered > 0 ? <p>{keptWords(undelivered)}</p> : null}
      <p>Close this window and open the app again from the chart of the patient you mean.</p>
    </>
  );
}

export function WrongPatientScreen(props: WrongPatientScreenProps) {
  const { openedFor, reason, undelivered = 0, durable = false, onRelaunch } = props;
  return (
    <StopScreen
      tone="danger"
      title="Stopped: this may be the wrong patient"
      actions={
        onRelaunch ? <Button onClick={onRelaunch}>Open again for the current patient</Button> : null
      }
    >
      <p>
        This window was opened for <strong>{openedFor}</strong>. {reason}
      </p>
      <p>The recommendations are hidden and nothing can be answered here.</p>
      <WhatNow durable={durable} undelivered={undelivered} />
    </StopScreen>
  );
}

import { Button } from '#src/ui/button.tsx';
import { StopScreen } from './stop-screen.tsx';

export interface WrongPatientScreenProps {
  /** Whom this window was opened for. */
  readonly openedFor: string;
  /** What disagreed, in words ("The recommendation is about another patient"). */
  readonly reason: string;
  /** Answers that are still on this device for the first patient. */
  readonly undelivered?: number;
  readonly onRelaunch?: () => void;
}

const keptWords = (count: number): string =>
  count === 1
    ? '1 answer for that patient is kept and will be sent only to that patient’s chart.'
    : `${count} answers for that patient are kept and will be sent only to that patient’s chart.`;

export function WrongPatientScreen(props: WrongPatientScreenProps) {
  const { openedFor, reason, undelivered = 0, onRelaunch } = props;
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
      {undelivered > 0 ? <p>{keptWords(undelivered)}</p> : null}
      <p>Close this window and open the app again from the chart of the patient you mean.</p>
    </StopScreen>
  );
}

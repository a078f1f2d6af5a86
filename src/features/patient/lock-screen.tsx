import { Button } from '#src/ui/button.tsx';
import { StopScreen } from './stop-screen.tsx';

export interface LockScreenProps {
  /** Answers that the server does not have yet; how many, never which. */
  readonly undelivered: number;
  readonly onSignIn: () => void;
}

/** Nobody used the panel for a while: it shows no patient until somebody signs in. */
export function LockScreen({ undelivered, onSignIn }: LockScreenProps) {
  return (
    <StopScreen
      tone="info"
      title="Locked"
      actions={<Button onClick={onSignIn}>Sign in again</Button>}
    >
      <p>This panel was not used for a while. What you typed is kept.</p>
      {undelivered > 0 ? (
        <p>
          {undelivered === 1 ? '1 answer is' : `${undelivered} answers are`} not sent yet. Sign in
          here to send {undelivered === 1 ? 'it' : 'them'}.
        </p>
      ) : null}
    </StopScreen>
  );
}

import { Button } from '#src/ui/button.tsx';
import { StopScreen } from './stop-screen.tsx';

export interface LockScreenProps {
  /** Answers that the server does not have yet; how many, never which. */
  readonly undelivered: number;
  /** Answers of other users of this machine. */
  readonly elsewhere?: number | undefined;
  /** False: signing in leaves this page and loses what only it has. */
  readonly lasting?: boolean;
  readonly onSignIn: () => void;
}

/** Nobody used the panel for a while: it shows no patient until somebody signs in. */
export function LockScreen(props: LockScreenProps) {
  const { undelivered, elsewhere = 0, lasting = true, onSignIn } = props;
  return (
    <StopScreen
      tone="info"
      title="Locked"
      actions={<Button onClick={onSignIn}>Sign in again</Button>}
    >
      <p>This panel was not used for a while. {lasting ? 'What you typed is kept.' : null}</p>
      {undelivered > 0 ? (
        <p>
          {undelivered === 1 ? '1 answer is' : `${undelivered} answers are`} not sent yet.{' '}
          {lasting ? 'Sign in here to send' : 'Signing in loads this panel anew: give again'}{' '}
          {undelivered === 1 ? 'it' : 'them'}.
        </p>
      ) : null}
      {elsewhere > 0 ? (
        <p>
          {elsewhere === 1
            ? '1 answer of another user waits on this machine until that user signs in.'
            : `${elsewhere} answers of other users wait on this machine until they sign in.`}
        </p>
      ) : null}
    </StopScreen>
  );
}

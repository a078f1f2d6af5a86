import { Button } from '#src/ui/button.tsx';
import { StopScreen } from './stop-screen.tsx';

export interface SignInScreenProps {
  readonly message?: string;
  readonly undelivered?: number;
  /** False: signing in leaves this page and loses what only it has. */
  readonly lasting?: boolean;
  readonly onSignIn?: () => void;
  /** Lists what waits: own answers only, and this is still the same user's window. */
  readonly onShowWaiting?: (() => void) | undefined;
}

function waitingWords(count: number, lasting: boolean): string {
  const one = count === 1;
  return lasting
    ? `${one ? '1 answer waits' : `${count} answers wait`} until you are signed in.`
    : `${one ? '1 answer is' : `${count} answers are`} not sent yet. Signing in loads this panel anew: give ${one ? 'it' : 'them'} again.`;
}

const ENDED = 'Your session with the EHR has ended.';

export function SignInScreen(props: SignInScreenProps) {
  const { message, undelivered = 0, lasting = true, onSignIn, onShowWaiting } = props;
  return (
    <StopScreen
      tone="info"
      title="Please sign in again"
      actions={
        <>
          {onSignIn ? <Button onClick={onSignIn}>Sign in</Button> : null}
          {undelivered > 0 && onShowWaiting ? (
            <Button onClick={onShowWaiting}>Show what waits</Button>
          ) : null}
        </>
      }
    >
      <p>{message ?? (lasting ? `${ENDED} What you typed is kept.` : ENDED)}</p>
      {undelivered > 0 ? <p>{waitingWords(undelivered, lasting)}</p> : null}
    </StopScreen>
  );
}

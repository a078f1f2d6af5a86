import { Button } from '#src/ui/button.tsx';
import { StopScreen } from './stop-screen.tsx';

export interface SignInScreenProps {
  readonly message?: string;
  readonly undelivered?: number;
  readonly onSignIn?: () => void;
  /** Lists what waits: own answers only, and this is still the same user's window. */
  readonly onShowWaiting?: (() => void) | undefined;
}

export function SignInScreen(props: SignInScreenProps) {
  const { message, undelivered = 0, onSignIn, onShowWaiting } = props;
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
      <p>{message ?? 'Your session with the EHR has ended. What you typed is kept.'}</p>
      {undelivered > 0 ? (
        <p>
          {undelivered === 1 ? '1 answer waits' : `${undelivered} answers wait`} until you are
          signed in.
        </p>
      ) : null}
    </StopScreen>
  );
}

import { Button } from '#src/ui/button.tsx';
import { StopScreen } from './stop-screen.tsx';

export interface SignInScreenProps {
  readonly message?: string;
  readonly undelivered?: number;
  readonly onSignIn?: () => void;
}

export function SignInScreen({ message, undelivered = 0, onSignIn }: SignInScreenProps) {
  return (
    <StopScreen
      tone="info"
      title="Please sign in again"
      actions={onSignIn ? <Button onClick={onSignIn}>Sign in</Button> : null}
    >
      <p>{message ?? 'Your session with the EHR has ended. What you typed is kept.'}</p>
      {undelivered > 0 ? (
        <p>
          {undelivered === 1 ? '1 answer waits' : `${undelivered} answers wait`} on this device
          until you are signed in.
        </p>
      ) : null}
    </StopScreen>
  );
}

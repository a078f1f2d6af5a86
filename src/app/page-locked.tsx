import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import type { SiteConfig } from '#src/domain/site-config.ts';
import { StopScreen } from '#src/features/patient/stop-screen.tsx';
import type { Clock } from '#src/io/clock.ts';
import { Button } from '#src/ui/button.tsx';
import { useIdleLock } from './use-idle-lock.ts';

export interface PageLockProps {
  readonly deps: {
    readonly config: SiteConfig;
    readonly clock: Clock;
    endSession(): Promise<void>;
  };
  /** Of the window. */
  readonly title: string;
  readonly words: string;
  /** Leaves the page. Resolves with words where it could not. */
  readonly onSignIn: () => Promise<string>;
}

/** What is inside is taken out of the page once nobody uses it, and what was read is forgotten. */
export function PageLockedWhenIdle({
  children,
  ...lock
}: PageLockProps & { readonly children: ReactNode }) {
  const { clock, config } = lock.deps;
  const locked = useIdleLock(clock, config.lockAfterMinutes);
  return locked ? <Locked {...lock} /> : children;
}

function Locked({ deps, title, words, onSignIn }: PageLockProps) {
  const client = useQueryClient();
  const [problem, setProblem] = useState('');
  useEffect(() => {
    client.clear();
    void deps.endSession();
  }, [client, deps]);
  return (
    <StopScreen
      actions={<Button onClick={() => void onSignIn().then(setProblem)}>Sign in again</Button>}
      title="Locked"
      tone="info"
    >
      <title>{title}</title>
      <p>{words}</p>
      {problem !== '' && <p>{problem}</p>}
    </StopScreen>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { StopScreen } from '#src/features/patient/stop-screen.tsx';
import { type DashboardDeps, useDashboardDeps } from '#src/state/dashboard-deps.ts';
import { Button } from '#src/ui/button.tsx';
import { leaveForSignIn } from './dashboard-sign-in.ts';
import { useIdleLock } from './use-idle-lock.ts';

/** Figures and single decisions are taken out of the page once nobody uses it; the address keeps the view. */
export function DashboardLockedWhenIdle({ children }: { readonly children: ReactNode }) {
  const deps = useDashboardDeps();
  const locked = useIdleLock(deps.clock, deps.config.lockAfterMinutes);
  return locked ? <Locked deps={deps} /> : children;
}

function Locked({ deps }: { readonly deps: DashboardDeps }) {
  const client = useQueryClient();
  const [problem, setProblem] = useState('');
  useEffect(() => {
    client.clear();
    void deps.endSession();
  }, [client, deps]);
  return (
    <StopScreen
      actions={
        <Button onClick={() => void leaveForSignIn(deps.issuer).then(setProblem)}>
          Sign in again
        </Button>
      }
      title="Locked"
      tone="info"
    >
      <title>Dashboard</title>
      <p>This dashboard was not used for a while. Signing in comes back to the same view.</p>
      {problem !== '' && <p>{problem}</p>}
    </StopScreen>
  );
}

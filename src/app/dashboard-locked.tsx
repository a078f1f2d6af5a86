import type { ReactNode } from 'react';
import { useDashboardDeps } from '#src/state/dashboard/deps.ts';
import { leaveForSignIn } from './dashboard-sign-in.ts';
import { PageLockedWhenIdle } from './page-locked.tsx';

/** Figures and single decisions are taken out of the page once nobody uses it; the address keeps the view. */
export function DashboardLockedWhenIdle({ children }: { readonly children: ReactNode }) {
  const deps = useDashboardDeps();
  return (
    <PageLockedWhenIdle
      deps={deps}
      onSignIn={() => leaveForSignIn(deps.issuer)}
      title="Dashboard"
      words="This dashboard was not used for a while. Signing in comes back to the same view."
    >
      {children}
    </PageLockedWhenIdle>
  );
}

import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { SignInScreen } from '#src/features/dashboard/sign-in-screen.tsx';
import { type DashboardDeps, DashboardDepsProvider } from '#src/state/dashboard/deps.ts';
import { createQueryClient } from '#src/state/query-client.ts';
import { DashboardLockedWhenIdle } from './dashboard-locked.tsx';
import { dashboardRouter } from './dashboard-router.tsx';
import { openDashboard } from './dashboard-session.ts';
import { leaveForSignIn } from './dashboard-sign-in.ts';
import { DASHBOARD } from './page-place.ts';
import { signedPage } from './signed-page.tsx';

/** For `React.lazy`: the clinician's launch does not load what is below. */
export const dashboardPage = (page: URL) =>
  signedPage(
    {
      ...{ place: DASHBOARD, Signed, SignIn: SignInScreen },
      ...{ open: openDashboard, leave: leaveForSignIn },
    },
    page,
  );

function Signed({ deps }: { readonly deps: DashboardDeps }) {
  const [client] = useState(createQueryClient);
  const [router] = useState(dashboardRouter);
  return (
    <QueryClientProvider client={client}>
      <DashboardDepsProvider value={deps}>
        <DashboardLockedWhenIdle>
          <RouterProvider router={router} />
        </DashboardLockedWhenIdle>
      </DashboardDepsProvider>
    </QueryClientProvider>
  );
}

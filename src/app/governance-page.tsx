import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { SignInScreen } from '#src/features/governance/sign-in-screen.tsx';
import { type GovernanceDeps, GovernanceDepsProvider } from '#src/state/governance/deps.ts';
import { createQueryClient } from '#src/state/query-client.ts';
import { governanceRouter } from './governance-router.tsx';
import { leaveForGovernance, openGovernance } from './governance-session.ts';
import { PageLockedWhenIdle } from './page-locked.tsx';
import { GOVERNANCE } from './page-place.ts';
import { signedPage } from './signed-page.tsx';

/** For `React.lazy`: the clinician's launch does not load what is below. */
export const governancePage = (page: URL) =>
  signedPage(
    {
      ...{ place: GOVERNANCE, Signed, SignIn: SignInScreen },
      ...{ open: openGovernance, leave: leaveForGovernance },
    },
    page,
  );

function Signed({ deps }: { readonly deps: GovernanceDeps }) {
  const [client] = useState(createQueryClient);
  const [router] = useState(governanceRouter);
  return (
    <QueryClientProvider client={client}>
      <GovernanceDepsProvider value={deps}>
        <PageLockedWhenIdle
          deps={deps}
          onSignIn={() => leaveForGovernance(deps.issuer)}
          title="Governance"
          words="This page was not used for a while. Signing in comes back to the same view."
        >
          <RouterProvider router={router} />
        </PageLockedWhenIdle>
      </GovernanceDepsProvider>
    </QueryClientProvider>
  );
}

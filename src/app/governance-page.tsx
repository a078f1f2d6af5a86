import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ComponentType, useState } from 'react';
import type { SiteConfig } from '#src/domain/site-config.ts';
import { SignInScreen } from '#src/features/governance/sign-in-screen.tsx';
import { ConfigError, loadConfig } from '#src/io/config/load.ts';
import { LaunchError } from '#src/io/smart/launch-error.ts';
import { type GovernanceDeps, GovernanceDepsProvider } from '#src/state/governance-deps.ts';
import { createQueryClient } from '#src/state/query-client.ts';
import { governanceRouter } from './governance-router.tsx';
import { leaveForGovernance, openGovernance } from './governance-session.ts';
import { NotOpened } from './not-opened.tsx';
import { PageLockedWhenIdle } from './page-locked.tsx';
import { GOVERNANCE } from './page-place.ts';
import { resumePage } from './resume-page.ts';
import { notSetUp } from './unopened.ts';

/** For `React.lazy`: the clinician's launch does not load what is below. Never rejects for a known cause. */
export async function governancePage(page: URL): Promise<{ default: ComponentType }> {
  try {
    const config = await loadConfig(fetch);
    const opened = await opening(config, page);
    return {
      default: () =>
        'deps' in opened ? (
          <Signed deps={opened.deps} />
        ) : (
          <Unsigned config={config} refused={opened.refused} />
        ),
    };
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause;
    const why = notSetUp(cause);
    return { default: () => <NotOpened why={why} /> };
  }
}

type Opening = { readonly deps: GovernanceDeps } | { readonly refused: string | undefined };

async function opening(config: SiteConfig, page: URL): Promise<Opening> {
  if (!resumePage(GOVERNANCE, page)) return { refused: undefined };
  try {
    return { deps: await openGovernance(config, page) };
  } catch (cause) {
    if (!(cause instanceof LaunchError)) throw cause;
    return { refused: `${cause.message} ${cause.cure}` };
  }
}

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

interface UnsignedProps {
  readonly config: SiteConfig;
  readonly refused: string | undefined;
}

function Unsigned({ config, refused }: UnsignedProps) {
  const signIn = async (iss: string): Promise<string> => {
    const issuer = config.issuers.find((one) => one.iss === iss);
    return issuer ? leaveForGovernance(issuer) : 'This server is not configured.';
  };
  return (
    <SignInScreen
      onSignIn={signIn}
      refused={refused}
      servers={config.issuers.map(({ iss, label, store }) => ({
        iss,
        label: store ? `${store.label} (${label})` : label,
      }))}
      synthetic={config.synthetic}
    />
  );
}

import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ComponentType, useState } from 'react';
import type { SiteConfig } from '#src/domain/site-config.ts';
import { SignInScreen } from '#src/features/dashboard/sign-in-screen.tsx';
import { ConfigError, loadConfig } from '#src/io/config/load.ts';
import { LaunchError } from '#src/io/smart/launch-error.ts';
import { type DashboardDeps, DashboardDepsProvider } from '#src/state/dashboard-deps.ts';
import { createQueryClient } from '#src/state/query-client.ts';
import { DashboardLockedWhenIdle } from './dashboard-locked.tsx';
import { dashboardRouter } from './dashboard-router.tsx';
import { openDashboard } from './dashboard-session.ts';
import { leaveForSignIn } from './dashboard-sign-in.ts';
import { NotOpened } from './not-opened.tsx';
import { DASHBOARD } from './page-place.ts';
import { resumePage } from './resume-page.ts';
import { notSetUp } from './unopened.ts';

/** For `React.lazy`: the clinician's launch does not load what is below. Never rejects for a known cause. */
export async function dashboardPage(page: URL): Promise<{ default: ComponentType }> {
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

type Opening = { readonly deps: DashboardDeps } | { readonly refused: string | undefined };

async function opening(config: SiteConfig, page: URL): Promise<Opening> {
  if (!resumePage(DASHBOARD, page)) return { refused: undefined };
  try {
    return { deps: await openDashboard(config, page) };
  } catch (cause) {
    if (!(cause instanceof LaunchError)) throw cause;
    return { refused: `${cause.message} ${cause.cure}` };
  }
}

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

interface UnsignedProps {
  readonly config: SiteConfig;
  readonly refused: string | undefined;
}

function Unsigned({ config, refused }: UnsignedProps) {
  const signIn = async (iss: string): Promise<string> => {
    const issuer = config.issuers.find((one) => one.iss === iss);
    return issuer ? leaveForSignIn(issuer) : 'This server is not configured.';
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

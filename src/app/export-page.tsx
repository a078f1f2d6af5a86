import type { ComponentType } from 'react';
import type { SiteConfig } from '#src/domain/site-config.ts';
import { ExportScreen } from '#src/features/export/export-screen.tsx';
import { SignInScreen } from '#src/features/export/sign-in-screen.tsx';
import { ConfigError, loadConfig } from '#src/io/config/load.ts';
import { LaunchError } from '#src/io/smart/launch-error.ts';
import { type ExportDeps, ExportDepsProvider } from '#src/state/export-deps.ts';
import { isResumed } from './export-place.ts';
import { exportSignIn, openExport } from './export-session.ts';
import { NotOpened } from './not-opened.tsx';
import { notSetUp } from './unopened.ts';

/** For `React.lazy`: the clinician's launch does not load what is below. Never rejects for a known cause. */
export async function exportPage(page: URL): Promise<{ default: ComponentType }> {
  try {
    const config = await loadConfig(fetch);
    const opened = await opening(config, page);
    return {
      default: () =>
        'deps' in opened ? (
          <ExportDepsProvider value={opened.deps}>
            <ExportScreen />
          </ExportDepsProvider>
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

type Opening = { readonly deps: ExportDeps } | { readonly refused: string | undefined };

async function opening(config: SiteConfig, page: URL): Promise<Opening> {
  if (!isResumed(page)) return { refused: undefined };
  // No code stays in the address, and a reload finds the way back.
  const state = page.searchParams.get('state') ?? '';
  const kept = new URLSearchParams({ page: 'export', state });
  history.replaceState(history.state, '', `${page.pathname}?${kept}`);
  try {
    return { deps: await openExport(config, page) };
  } catch (cause) {
    if (!(cause instanceof LaunchError)) throw cause;
    return { refused: `${cause.message} ${cause.cure}` };
  }
}

interface UnsignedProps {
  readonly config: SiteConfig;
  readonly refused: string | undefined;
}

function Unsigned({ config, refused }: UnsignedProps) {
  const signIn = async (iss: string): Promise<string> => {
    const issuer = config.issuers.find((one) => one.iss === iss);
    if (!issuer) return 'This server is not configured.';
    try {
      location.assign(await exportSignIn(issuer));
      return '';
    } catch (cause) {
      return cause instanceof LaunchError
        ? `${cause.message} ${cause.cure}`
        : 'The sign-in service could not be reached. The connection check says why.';
    }
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

import type { ComponentType } from 'react';
import { withoutSlash } from '#src/domain/base-url.ts';
import type { ConnectionReport } from '#src/domain/connection/report.ts';
import type { SiteConfig } from '#src/domain/site-config.ts';
import { ConnectionScreen } from '#src/features/connection/connection-screen.tsx';
import { systemClock as clock, localTimestamp } from '#src/io/clock.ts';
import { findIssuer } from '#src/io/config/issuer.ts';
import type { CheckContext, SignedIn } from '#src/io/connection/context.ts';
import { type RunOptions, runChecks } from '#src/io/connection/run-checks.ts';
import { authorize } from '#src/io/smart/launch.ts';
import { LaunchError } from '#src/io/smart/launch-error.ts';
import type { SmartSession } from '#src/io/smart/session.ts';
import { CONNECTION_CHECK } from './connection-place.ts';
import { type OpenedConnection, openConnection } from './connection-session.ts';
import { NotOpened } from './not-opened.tsx';

/** For `React.lazy`: the clinician's launch does not load what is below. */
export async function connectionPage(page: URL): Promise<{ default: ComponentType }> {
  const opened = await openConnection(page);
  return {
    default: () => ('title' in opened ? <NotOpened why={opened} /> : <Connection {...opened} />),
  };
}

function Connection(opened: OpenedConnection) {
  const { config, smart, patientName, refused } = opened;
  const signedInTo = smart && findIssuer(config, smart.session.issuer);
  return (
    <ConnectionScreen
      issuers={config.issuers}
      onSignIn={(iss) => signIn(config, iss)}
      refused={refused}
      run={(iss, options) => run(opened, iss, options)}
      signedIn={
        signedInTo && {
          iss: signedInTo.iss,
          patientName,
          canWrite: smart.session.performer !== undefined && smart.session.patientId !== undefined,
        }
      }
      synthetic={config.synthetic}
    />
  );
}

/** Leaves for the EHR's sign-in; comes back only with words, where that was refused. */
async function signIn(config: SiteConfig, iss: string): Promise<string> {
  try {
    const parameters = { iss, launch: undefined, resume: CONNECTION_CHECK };
    location.assign(await authorize(config, parameters, new URL(location.href)));
    return '';
  } catch (cause) {
    return cause instanceof LaunchError
      ? `${cause.message} ${cause.cure}`
      : 'The sign-in service could not be reached, or does not describe itself as SMART requires. Run the check without signing in: it says why.';
  }
}

/** The token is used for the server that gave it, and for no other. */
function run(
  { config, smart, store }: OpenedConnection,
  iss: string,
  options: RunOptions,
): Promise<ConnectionReport> {
  const base = withoutSlash(iss);
  const mine = smart?.session.issuer === base ? smart : undefined;
  const context: CheckContext = {
    base,
    ehrBase: base,
    prefix: '',
    titlePrefix: '',
    eye: 'browser',
    origin: location.origin,
    fetch: (...request) => fetch(...request),
    clock,
    issuer: findIssuer(config, iss),
    site: config,
    configProblems: [],
    signedIn: mine && tokenOf(mine),
    storeSignedIn: mine && store && tokenOf(store),
    newId: () => `urn:uuid:${crypto.randomUUID()}`,
    timestamp: () => localTimestamp(clock),
    appVersion: __APP_VERSION__,
  };
  return runChecks(context, options);
}

const tokenOf = (smart: SmartSession): SignedIn => ({
  ...smart.session,
  authorization: () => smart.authorization(),
  renew: () => smart.renew(),
});

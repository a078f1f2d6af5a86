import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';
import { readAggregates } from '#src/io/aggregates/read-aggregates.ts';
import { systemClock } from '#src/io/clock.ts';
import { findIssuer } from '#src/io/config/issuer.ts';
import { authorizationUrl } from '#src/io/smart/authorization-url.ts';
import { LaunchError } from '#src/io/smart/launch-error.ts';
import { recallLaunch, rememberLaunch } from '#src/io/smart/launch-memory.ts';
import { finishSignIn, type SmartSession } from '#src/io/smart/session.ts';
import type { DashboardDeps } from '#src/state/dashboard/deps.ts';
import { dashboardScopes } from './dashboard-scopes.ts';
import { gatewayTo } from './gateway-to.ts';
import { DASHBOARD } from './page-place.ts';
import { withTrail } from './page-trail.ts';
import { serverSignIn } from './server-sign-in.ts';

/** There, or at its store. */
const signInOf = (issuer: IssuerConfig) => serverSignIn(issuer, dashboardScopes(issuer.carriers));

/** The address of a sign-in of its own, without a patient. Throws `LaunchError`. @param view to come back to */
export async function dashboardSignIn(issuer: IssuerConfig, view: string): Promise<string> {
  const server = signInOf(issuer);
  const launchId = crypto.randomUUID();
  rememberLaunch(launchId, { iss: issuer.iss, launch: undefined, resume: DASHBOARD.resume(view) });
  return authorizationUrl(server, launchId, new URL(location.href), []);
}

/** The signed-in parts of the dashboard, on the way back from a sign-in or after a reload. Throws `LaunchError`. */
export async function openDashboard(config: SiteConfig, page: URL): Promise<DashboardDeps> {
  const launchId = page.searchParams.get('state') ?? '';
  const issuer = findIssuer(config, recallLaunch(launchId)?.iss ?? '');
  if (!issuer)
    throw new LaunchError('There is no sign-in to continue in this window.', 'Sign in again.');
  const smart = await finishSignIn(signInOf(issuer), launchId, page);
  return compose(config, issuer, smart);
}

function compose(config: SiteConfig, issuer: IssuerConfig, smart: SmartSession): DashboardDeps {
  const { store } = issuer;
  const server = gatewayTo(store?.baseUrl ?? issuer.iss, smart, systemClock);
  const gateway = withTrail(server, { config, issuer, smart });
  return {
    config,
    issuer,
    gateway,
    serverLabel: store?.label ?? issuer.label,
    scopes: smart.session.scopes,
    performer: smart.session.performer,
    clock: systemClock,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    endSession: () => smart.end(),
    newId: () => `urn:uuid:${crypto.randomUUID()}`,
    readPublished: async (views, { from, until }, options) => {
      const query = { views, from, to: until };
      const { aggregates, asOf } = await readAggregates(gateway, query, options);
      return { aggregates, asOf: asOf?.newest };
    },
  };
}

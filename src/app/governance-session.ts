import { absoluteReference } from '#src/domain/coding.ts';
import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';
import { readAggregates } from '#src/io/aggregates/read-aggregates.ts';
import { localTimestamp, systemClock } from '#src/io/clock.ts';
import { findIssuer } from '#src/io/config/issuer.ts';
import { authorizationUrl } from '#src/io/smart/authorization-url.ts';
import { LaunchError } from '#src/io/smart/launch-error.ts';
import { recallLaunch, rememberLaunch } from '#src/io/smart/launch-memory.ts';
import { finishSignIn, type SmartSession } from '#src/io/smart/session.ts';
import type { GovernanceDeps, Person } from '#src/state/governance/deps.ts';
import { gatewayTo } from './gateway-to.ts';
import { readAllTables } from './governance-recall.ts';
import { governanceScopes } from './governance-scopes.ts';
import { GOVERNANCE, viewIn } from './page-place.ts';
import { withTrail } from './page-trail.ts';
import { performerFor } from './performer-for.ts';
import { serverSignIn } from './server-sign-in.ts';

const signInOf = (issuer: IssuerConfig) => serverSignIn(issuer, governanceScopes(issuer.carriers));

/** Leaves for a sign-in without a patient and comes back to this view. Resolves with words where it could not. */
export async function leaveForGovernance(issuer: IssuerConfig): Promise<string> {
  const launchId = crypto.randomUUID();
  try {
    const resume = GOVERNANCE.resume(viewIn(location));
    rememberLaunch(launchId, { iss: issuer.iss, launch: undefined, resume });
    location.assign(await authorizationUrl(signInOf(issuer), launchId, new URL(location.href), []));
    return '';
  } catch (cause) {
    return cause instanceof LaunchError
      ? `${cause.message} ${cause.cure}`
      : 'The sign-in service could not be reached. The connection check says why.';
  }
}

/** The signed-in parts of the page, on the way back from a sign-in or after a reload. Throws `LaunchError`. */
export async function openGovernance(config: SiteConfig, page: URL): Promise<GovernanceDeps> {
  const launchId = page.searchParams.get('state') ?? '';
  const issuer = findIssuer(config, recallLaunch(launchId)?.iss ?? '');
  if (!issuer)
    throw new LaunchError('There is no sign-in to continue in this window.', 'Sign in again.');
  return compose(config, issuer, await finishSignIn(signInOf(issuer), launchId, page));
}

function compose(config: SiteConfig, issuer: IssuerConfig, smart: SmartSession): GovernanceDeps {
  const { store } = issuer;
  const server = gatewayTo(store?.baseUrl ?? issuer.iss, smart, systemClock);
  const gateway = withTrail(server, { config, issuer, smart });
  return {
    config,
    issuer,
    gateway,
    chart: store?.auth === 'ehr-token' ? gatewayTo(issuer.iss, smart, systemClock) : undefined,
    serverLabel: store?.label ?? issuer.label,
    scopes: smart.session.scopes,
    person: personOf(gateway.baseUrl, smart),
    roles: config.governance.roles,
    clock: systemClock,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    timestamp: () => localTimestamp(systemClock),
    newId: () => `urn:uuid:${crypto.randomUUID()}`,
    endSession: () => smart.end(),
    readTables: (progress, signal) =>
      readAllTables({ config, issuer, server: gateway.baseUrl, smart, signal }, progress),
    readPublished: async (views, { from, until }, options) => {
      const query = { views, from, to: until };
      const { aggregates, asOf } = await readAggregates(gateway, query, options);
      return { aggregates, asOf: asOf?.newest };
    },
  };
}

/** By the reference on the server that signed them in, and by the absolute one. */
function personOf(server: string, smart: SmartSession): Person {
  const { performer, issuer } = smart.session;
  const reference = performerFor(server, smart);
  if (performer === undefined || performer.includes('://'))
    return { reference, names: performer === undefined ? [] : [performer] };
  const [type = '', id = ''] = performer.split('/');
  return { reference, names: [performer, absoluteReference({ server: issuer, type, id })] };
}

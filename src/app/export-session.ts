import { sinksOf } from '#src/domain/sinks.ts';
import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';
import { localTimestamp, systemClock } from '#src/io/clock.ts';
import { findIssuer } from '#src/io/config/issuer.ts';
import { authorizationUrl } from '#src/io/smart/authorization-url.ts';
import { LaunchError } from '#src/io/smart/launch-error.ts';
import { recallLaunch, rememberLaunch } from '#src/io/smart/launch-memory.ts';
import { finishSignIn, type SmartSession } from '#src/io/smart/session.ts';
import type { ExportDeps } from '#src/state/export-deps.ts';
import { exportDesk } from './export-desk.ts';
import { EXPORT } from './export-place.ts';
import { readSettings } from './export-settings.ts';
import { startThread } from './export-thread.ts';
import { gatewayTo } from './gateway-to.ts';
import { withTrail } from './page-trail.ts';
import { performerFor } from './performer-for.ts';
import { serverSignIn } from './server-sign-in.ts';

/** What the tables are read from, and the record of the export: nothing else is written, ever. */
const SCOPES = [
  'openid fhirUser online_access',
  ...['Device', 'RequestGroup', 'Provenance', 'Patient', 'Encounter', 'Observation'],
  ...['RiskAssessment', 'GuidanceResponse', 'DetectedIssue', 'ServiceRequest'],
  ...['MedicationRequest', 'AdverseEvent'],
  // Of outcomes, by the rules of a file that is chosen later; else nobody asks for them.
  ...['Condition', 'Procedure', 'MedicationAdministration'],
]
  .map((one, at) => (at === 0 ? one : `user/${one}.rs`))
  .concat('user/AuditEvent.c')
  .join(' ');

const scopesFor = (issuer: IssuerConfig): string =>
  sinksOf(issuer).some(({ id }) => id === 'document-note')
    ? `${SCOPES} user/DocumentReference.rs`
    : SCOPES;

/** The address of a sign-in of its own, without a patient. Throws `LaunchError`. */
export async function exportSignIn(issuer: IssuerConfig): Promise<string> {
  const launchId = crypto.randomUUID();
  rememberLaunch(launchId, { iss: issuer.iss, launch: undefined, resume: EXPORT });
  return authorizationUrl(
    serverSignIn(issuer, scopesFor(issuer)),
    launchId,
    new URL(location.href),
    [],
  );
}

/** The signed-in parts of the page, on the way back from a sign-in or after a reload. Throws `LaunchError`. */
export async function openExport(config: SiteConfig, page: URL): Promise<ExportDeps> {
  const launchId = page.searchParams.get('state') ?? '';
  const issuer = findIssuer(config, recallLaunch(launchId)?.iss ?? '');
  if (!issuer)
    throw new LaunchError('There is no sign-in to continue in this window.', 'Sign in again.');
  return compose(
    config,
    issuer,
    await finishSignIn(serverSignIn(issuer, scopesFor(issuer)), launchId, page),
  );
}

function compose(config: SiteConfig, issuer: IssuerConfig, smart: SmartSession): ExportDeps {
  const server = gatewayTo(issuer.store?.baseUrl ?? issuer.iss, smart, systemClock);
  const gateway = withTrail(server, { config, issuer, smart });
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const place = () => ({
    ...{ server: gateway.baseUrl, config, timeZone, appVersion: __APP_VERSION__ },
    writtenAt: new Date(systemClock.now()).toISOString(),
  });
  const authorization = () => smart.authorization();
  return {
    config,
    gateway,
    serverLabel: issuer.store?.label ?? issuer.label,
    performer: performerFor(gateway.baseUrl, smart),
    appVersion: __APP_VERSION__,
    clock: systemClock,
    timestamp: () => localTimestamp(systemClock),
    readSettings,
    desk: exportDesk({ gateway, authorization, place, startThread }),
  };
}

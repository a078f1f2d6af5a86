import type { SiteConfig } from '#src/domain/site-config.ts';
import { readPatient } from '#src/fhir/patient.fhir.ts';
import { systemClock } from '#src/io/clock.ts';
import { findIssuer } from '#src/io/config/issuer.ts';
import { ConfigError, loadConfig } from '#src/io/config/load.ts';
import { FhirError } from '#src/io/gateway.ts';
import { pagesOf } from '#src/io/hospital-store/callback.ts';
import { LaunchError } from '#src/io/smart/launch-error.ts';
import { completeLaunch, type SmartSession } from '#src/io/smart/session.ts';
import { gatewayTo } from './gateway-to.ts';
import { storeSignIn } from './store-sign-in.ts';
import { notSetUp, type Unopened } from './unopened.ts';

export interface OpenedConnection {
  readonly config: SiteConfig;
  readonly smart?: SmartSession;
  /** At a hospital store that has a sign-in of its own. */
  readonly store?: SmartSession;
  /** Name of the patient of the token, for the eyes of who decides to write on them. */
  readonly patientName?: string;
  /** Why the sign-in did not come about, in words. */
  readonly refused?: string;
}

/** Configuration, and the token if this is the way back from a sign-in. Never rejects. */
export async function openConnection(page: URL): Promise<OpenedConnection | Unopened> {
  try {
    const config = await loadConfig(fetch);
    return page.searchParams.has('state')
      ? { config, ...(await signedIn(config, page)) }
      : { config };
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause;
    return notSetUp(cause);
  }
}

type SignedIn = Omit<OpenedConnection, 'config'>;

async function signedIn(config: SiteConfig, page: URL): Promise<SignedIn> {
  const pages = pagesOf(page);
  let opened: SignedIn = {};
  try {
    const smart = await completeLaunch(config, pages.launched);
    const patientName = await nameOf(smart);
    opened = { smart, ...(patientName !== undefined && { patientName }) };
    const issuer = findIssuer(config, smart.session.issuer);
    if (issuer?.store?.auth !== 'smart' || smart.session.patientId === undefined) return opened;
    return { ...opened, store: await storeSignIn(issuer, issuer.store, smart, pages) };
  } catch (cause) {
    // What the EHR gave is kept, should only the store have refused.
    if (!(cause instanceof LaunchError)) throw cause;
    return { ...opened, refused: `${cause.message} ${cause.cure}` };
  }
}

/** Undefined where it cannot be read: the check itself then says why. */
async function nameOf(smart: SmartSession): Promise<string | undefined> {
  const { issuer, patientId } = smart.session;
  if (patientId === undefined) return undefined;
  try {
    const gateway = gatewayTo(issuer, smart, systemClock);
    const patient = readPatient(await gateway.read('Patient', patientId));
    return patient.ok ? patient.value.displayName : undefined;
  } catch (cause) {
    if (cause instanceof FhirError) return undefined;
    throw cause;
  }
}

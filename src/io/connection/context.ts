import type { CheckGroup, CheckResult } from '#src/domain/connection/check.ts';
import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';
import type { Clock } from '#src/io/clock.ts';
import type { ConfigProblem } from '#src/io/config/check.ts';

/** A token and what is known about it. The token itself is behind `authorization`. */
export interface SignedIn {
  authorization(): Promise<Readonly<Record<string, string>>>;
  /** As granted; undefined where nobody told (command line without introspection). */
  readonly scopes?: readonly string[] | undefined;
  readonly patientId?: string | undefined;
  readonly encounterId?: string | undefined;
  /** "Practitioner/x" of who is signed in. */
  readonly performer?: string | undefined;
  /** As the server sent it. */
  readonly fhirUser?: string | undefined;
  /** Epoch ms at which the token ends. */
  readonly expiresAt?: number | undefined;
  /** Renews the token now; false where there is no refresh token. Throws `FhirError`. */
  readonly renew?: (() => Promise<boolean>) | undefined;
}

/** What every check is given. */
export interface CheckContext {
  /** FHIR base without trailing slash: the EHR's, or the hospital store's. */
  readonly base: string;
  /** FHIR base of the EHR, where `base` is the hospital store's. */
  readonly ehrBase: string;
  /** Before each id: empty for the EHR, "store." for the hospital store. */
  readonly prefix: string;
  /** Before each title, where two servers are checked. */
  readonly titlePrefix: string;
  /** A browser enforces CORS by itself; the command line asks as one and reads the headers. */
  readonly eye: 'browser' | 'command-line';
  /** Origin at which the app is served; undefined where the command line was not told. */
  readonly origin: string | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly issuer: IssuerConfig | undefined;
  readonly site: SiteConfig | undefined;
  /** What is wrong with config.json, where it could not be used. */
  readonly configProblems: readonly ConfigProblem[];
  readonly signedIn: SignedIn | undefined;
  /** The token for a store that has a sign-in of its own. */
  readonly storeSignedIn?: SignedIn | undefined;
  /** `urn:uuid:…` */
  readonly newId: () => string;
  /** ISO 8601 with offset. */
  readonly timestamp: () => string;
  readonly appVersion: string;
}

type Words = Pick<CheckResult, 'seen'> & Partial<Pick<CheckResult, 'cure' | 'serverSaid'>>;

/** One check that is being made: its name is fixed, its end is one of four. */
export interface OpenCheck {
  pass(seen: string): CheckResult;
  warn(seen: string, cure: string, serverSaid?: string): CheckResult;
  fail(seen: string, cure: string, serverSaid?: string): CheckResult;
  skipped(seen: string, cure?: string): CheckResult;
}

export function openCheck(
  { prefix, titlePrefix }: Pick<CheckContext, 'prefix' | 'titlePrefix'>,
  group: CheckGroup,
  name: string,
  title: string,
): OpenCheck {
  const end = (status: CheckResult['status'], words: Words): CheckResult => ({
    id: `${prefix}${name}`,
    group,
    title: `${titlePrefix}${title}`,
    status,
    ...words,
  });
  const said = (serverSaid: string | undefined) => (serverSaid === undefined ? {} : { serverSaid });
  return {
    pass: (seen) => end('pass', { seen }),
    warn: (seen, cure, words) => end('warn', { seen, cure, ...said(words) }),
    fail: (seen, cure, words) => end('fail', { seen, cure, ...said(words) }),
    skipped: (seen, cure) => end('skipped', { seen, ...(cure !== undefined && { cure }) }),
  };
}

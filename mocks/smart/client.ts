/** An app as it is registered at the authorization server (SMART 2.2 §2.0.5). */
export interface SandboxClient {
  readonly id: string;
  readonly name: string;
  /** Where the EHR opens the app with `iss` and `launch`. */
  readonly launchUrl: string;
  /** Compared exactly, character by character. */
  readonly redirectUris: readonly string[];
  /** Browser origins that may read the token endpoint and the FHIR API. */
  readonly origins: readonly string[];
  /** A confidential client authenticates with `client_secret_basic`. Absent: a public client. */
  readonly secret?: string;
  /** Public keys of a backend service; it signs in by `client_credentials` and in no other way. */
  readonly jwks?: { readonly keys: readonly PublicJwk[] };
  /** Scopes that it may be granted; absent: whatever it asks for. */
  readonly scopes?: readonly string[];
}

/** RFC 7517, what is read of it. */
export type PublicJwk = JsonWebKey & { readonly kid?: string };

export const DEFAULT_CLIENT_ID = 'clinician-feedback';

/** The project's own app, registered at every origin where it is served. */
export function defaultClient(appOrigins: readonly string[]): SandboxClient {
  const [first = 'http://localhost'] = appOrigins;
  return {
    id: DEFAULT_CLIENT_ID,
    name: 'Clinician feedback',
    launchUrl: `${first}/launch.html`,
    redirectUris: appOrigins.flatMap((origin) => [`${origin}/`, `${origin}/index.html`]),
    origins: appOrigins,
  };
}

import { withoutSlash } from '#src/domain/base-url.ts';
import type { FhirContextItem, LaunchSession } from '#src/domain/session.ts';
import type { SiteConfig } from '#src/domain/site-config.ts';
import { findIssuer } from '#src/io/config/issuer.ts';
import { FhirError } from '#src/io/gateway.ts';
import type { SignInServer } from './authorization-url.ts';
import { type Client, smartApi } from './fhirclient.ts';
import { LaunchError } from './launch-error.ts';
import { recallLaunch } from './launch-memory.ts';
import { launchStore } from './launch-store.ts';

/** A finished launch: its facts, and the one function through which requests get their token. */
export interface SmartSession {
  readonly session: LaunchSession;
  /** Refreshes first when the token is about to end and a refresh token is there. */
  authorization(): Promise<Readonly<Record<string, string>>>;
  /** Renews the token now, whatever is left of it; false where there is no refresh token. */
  renew(): Promise<boolean>;
  /** The patient that the *current* token speaks of; a refresh could bring another. */
  currentPatientId(): string | undefined;
  /** Called after each renewal of the token, which may speak of another patient. */
  onRenewed(listener: (patientId: string | undefined) => void): void;
  /** Takes the token out of the tab's storage, so that a reload needs a sign-in; it works on until `end`. */
  forget(): void;
  /** Forgets tokens and launch state of this launch, and of no other. */
  end(): Promise<void>;
}

let once: Promise<SmartSession> | undefined;

/** Exchanges the code, at most once a page: React may mount twice, a code may be used once. */
export function completeLaunch(config: SiteConfig, page: URL): Promise<SmartSession> {
  once ??= complete(config, page);
  return once;
}

async function complete(config: SiteConfig, page: URL): Promise<SmartSession> {
  const launchId = page.searchParams.get('state');
  const memory = launchId ? recallLaunch(launchId) : undefined;
  if (!launchId || !memory) throw nothingToContinue();
  const issuer = findIssuer(config, memory.iss);
  if (!issuer)
    throw new LaunchError(
      'The server of this launch is no longer configured.',
      'Ask your informatics team to check config.json (issuers).',
    );
  // The code must not stay in the address bar or history, whatever comes of it.
  const clean = new URL(page);
  for (const name of ['code', 'session_state', 'iss', 'error', 'error_description', 'error_uri'])
    clean.searchParams.delete(name);
  history.replaceState(history.state, '', clean);
  return finishSignIn({ ...issuer, name: 'The EHR' }, launchId, page);
}

/** What a sign-in was begun with. */
type Begun = Pick<SignInServer, 'iss' | 'name' | 'refreshTokenWithClientId'> & {
  readonly label: string;
};

/** Exchanges the code on `page`; without one takes up what this tab has kept under `launchId`. */
export async function finishSignIn(
  server: Begun,
  launchId: string,
  page: URL,
): Promise<SmartSession> {
  const api = smartApi(
    page,
    ['state', 'code', 'error', 'error_description'],
    server.refreshTokenWithClientId,
  );
  const client = await api.ready().catch(() => {
    launchStore().drop(launchId);
    // fhirclient's message may quote the token endpoint's answer: it is not shown or kept.
    throw new LaunchError(
      `${server.name} did not complete the sign-in.`,
      refusal(page.searchParams.get('error')),
    );
  });
  if (client.state.serverUrl !== server.iss)
    throw new LaunchError('The launch answers for another server.', 'Open the app again.');
  return new Session(client, launchId, server.label);
}

function nothingToContinue(): LaunchError {
  return launchStore().lasting
    ? new LaunchError(
        'There is no launch to continue in this window.',
        'Open the app from the patient’s chart in the EHR.',
      )
    : new LaunchError(
        'There is no launch to continue in this panel.',
        'Open it again from the patient’s chart in the EHR. Inside a page of another site this browser keeps no sign-in over a reload.',
      );
}

function refusal(error: string | null): string {
  return error === 'access_denied'
    ? 'Access was declined. Open the app again and allow access, or ask your informatics team.'
    : 'Open the app again from the chart. If it fails again, tell your informatics team.';
}

class Session implements SmartSession {
  readonly session: LaunchSession;
  readonly #client: Client;
  #listener: (patientId: string | undefined) => void = () => undefined;
  #forgotten = false;

  constructor(client: Client, launchId: string, issuerLabel: string) {
    this.#client = client;
    const token = (client.state.tokenResponse ?? {}) as Record<string, unknown>;
    const fhirUser = text(client.getIdToken()?.fhirUser) ?? text(token.fhirUser);
    this.session = Object.freeze({
      launchId,
      issuer: withoutSlash(client.state.serverUrl),
      issuerLabel,
      patientId: text(token.patient),
      encounterId: text(token.encounter),
      performer: legalPerformer(fhirUser),
      fhirUser,
      scopes: (text(token.scope) ?? '').split(/\s+/).filter(Boolean),
      // Epic sends the string "false" (B7); absent means that the app must show its own.
      needPatientBanner: String(token.need_patient_banner) !== 'false',
      fhirContext: Array.isArray(token.fhirContext)
        ? (token.fhirContext as FhirContextItem[]).filter(
            (item) => item && typeof item === 'object',
          )
        : [],
      appContext: text(token.appContext),
      intent: text(token.intent),
      styleUrl: text(token.smart_style_url),
      expiresAt: Number(client.state.expiresAt ?? 0) * 1000,
    });
  }

  async renew(): Promise<boolean> {
    if (!this.#client.state.tokenResponse?.refresh_token) return false;
    await this.#refresh(true);
    return true;
  }

  async authorization(): Promise<Readonly<Record<string, string>>> {
    await this.#refresh();
    const authorization = this.#client.getAuthorizationHeader();
    if (!authorization || this.#isOver()) throw new FhirError('auth', 'The sign-in has ended.');
    // A renewed token may speak of another patient: not one more request leaves under it.
    if (this.currentPatientId() !== this.session.patientId)
      throw new FhirError('wrong-patient', 'The sign-in now speaks of another patient.');
    return { authorization };
  }

  /**
   * A token that its server would refuse is not sent: some refuse so that a browser cannot read it
   * (Oracle's 401 without CORS headers, smart-on-fhir/client-js 97), which would look like no network.
   */
  #isOver(): boolean {
    const { expiresAt, tokenResponse } = this.#client.state;
    // Where the server does not say how long, fhirclient supposes five minutes.
    return Number(tokenResponse?.expires_in) > 0 && Date.now() >= Number(expiresAt) * 1000;
  }

  /** fhirclient forgets the refresh token on any failure; a dead network is no reason to. */
  async #refresh(now = false): Promise<void> {
    const token = this.#client.state.tokenResponse;
    const refreshToken = token?.refresh_token;
    try {
      await (now ? this.#client.refresh() : this.#client.refreshIfNeeded());
      if (this.#client.state.tokenResponse !== token) this.#listener(this.currentPatientId());
    } catch (cause) {
      const refused = typeof (cause as { status?: unknown }).status === 'number';
      if (!refused && token && refreshToken) token.refresh_token = refreshToken;
      throw refused
        ? new FhirError('auth', 'The sign-in has ended and could not be renewed.')
        : new FhirError('offline', 'The sign-in could not be renewed: no connection.', { cause });
    } finally {
      // fhirclient has just stored the renewed token again.
      if (this.#forgotten) this.forget();
    }
  }

  onRenewed(listener: (patientId: string | undefined) => void): void {
    this.#listener = listener;
  }

  currentPatientId(): string | undefined {
    return this.#client.getPatientId() ?? undefined;
  }

  forget(): void {
    this.#forgotten = true;
    launchStore().drop(this.session.launchId);
  }

  async end(): Promise<void> {
    this.forget();
    this.#client.state.tokenResponse = {};
  }
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/**
 * `Practitioner/x` or `PractitionerRole/x` from a relative or absolute `fhirUser`. R4 allows no
 * Person, and a Patient or RelatedPerson is no clinician: those yield nothing, and the app says so.
 */
export function legalPerformer(fhirUser: string | undefined): string | undefined {
  const match = fhirUser?.match(
    /(?:^|\/)((?:Practitioner|PractitionerRole)\/[A-Za-z0-9.-]{1,64})$/,
  );
  return match?.[1];
}

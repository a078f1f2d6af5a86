/** One item of SMART 2.2 `fhirContext`. */
export interface FhirContextItem {
  readonly reference?: string;
  readonly canonical?: string;
  readonly identifier?: { readonly system?: string; readonly value: string };
  readonly type?: string;
  /** Absolute URI; absent means "launch". */
  readonly role?: string;
}

/** The facts of one SMART launch, frozen when the token arrived; never the token itself. */
export interface LaunchSession {
  /** `state` of this launch: keys storage, so that two launches in one browser stay apart. */
  readonly launchId: string;
  readonly issuer: string;
  readonly issuerLabel: string;
  /** Logical id from the token; absent in a standalone launch without a patient. */
  readonly patientId: string | undefined;
  readonly encounterId: string | undefined;
  /** Relative reference from `fhirUser` ("Practitioner/p1"), if it names a legal performer. */
  readonly performer: string | undefined;
  /** `fhirUser` exactly as sent; a hint, since the id_token is not verified in the browser. */
  readonly fhirUser: string | undefined;
  readonly scopes: readonly string[];
  readonly needPatientBanner: boolean;
  readonly fhirContext: readonly FhirContextItem[];
  readonly appContext: string | undefined;
  readonly intent: string | undefined;
  readonly styleUrl: string | undefined;
  /** Epoch ms at which the access token ends. */
  readonly expiresAt: number;
}

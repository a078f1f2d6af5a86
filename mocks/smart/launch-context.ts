/** One item of `fhirContext` (SMART 2.2 §3.0.9): a relative reference, a canonical or an identifier. */
export interface FhirContextItem {
  readonly reference?: string;
  readonly canonical?: string;
  readonly identifier?: { readonly system?: string; readonly value?: string };
  readonly type?: string;
  readonly role?: string;
}

/** What the EHR knows when it opens the app, to be handed over with the token. */
export interface LaunchContext {
  readonly clientId: string;
  /** The clinician, by Practitioner id. */
  readonly user: string;
  readonly patient?: string;
  readonly encounter?: string;
  readonly fhirContext?: readonly FhirContextItem[];
  readonly appContext?: string;
  readonly intent?: string;
  readonly needPatientBanner?: boolean;
}

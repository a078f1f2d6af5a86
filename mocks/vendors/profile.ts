import type { Resource } from '@medplum/fhirtypes';

export type VendorName = 'strict' | 'epic' | 'oracle' | 'lossy';

/** What a vendor's server says no to, and how. */
export interface Refusal {
  readonly status: number;
  readonly text: string;
  /** The vendor's own error code, in `details.coding` of the OperationOutcome. */
  readonly coding?: { readonly system: string; readonly code: string; readonly display: string };
  /** True: the answer has no body at all. */
  readonly silent?: boolean;
}

export type WriteInteraction = 'create' | 'update' | 'patch' | 'delete' | 'batch';

/** What a rule may look at besides the resource that is written. */
export interface Chart {
  /** `Type/id`; undefined where there is none. */
  read(reference: string | undefined): Resource | undefined;
  all(type: string): readonly Resource[];
  /** Who is signed in, `Practitioner/id`. */
  readonly user: string | undefined;
}

/**
 * How one kind of EHR departs from the standard. Data and pure functions: a vendor never touches HTTP
 * or the store, so that a new one is a new file and a row in `VENDORS`.
 */
export interface VendorProfile {
  readonly name: VendorName;
  readonly accessTokenSeconds: number;
  /** `rotate`: each refresh gives a new refresh token and refuses the old. `keep`: it stays. */
  readonly refresh: 'rotate' | 'keep' | 'none';
  /** A refresh sooner than so many seconds after the last is answered 429. 0: as often as one likes. */
  readonly secondsBetweenRefreshes: number;
  /** True: a launch token opens the app once. */
  readonly oneTimeLaunch: boolean;
  /** False: a scope for every type (`patient/*.rs`) is not granted. */
  readonly wildcardScopes: boolean;
  /** False: `If-None-Exist` is ignored, so that a repeat makes a second resource. */
  readonly conditionalCreate: boolean;
  /** What a 201 carries when the client did not say `Prefer: return=…`. */
  readonly defaultReturn: 'representation' | 'minimal';
  /** Epic sends `need_patient_banner` as the string "false". */
  readonly patientBannerAsString: boolean;
  /** False: a browser may not read a 401, and sees a failed connection instead. */
  readonly corsOnUnauthorized: boolean;
  /** The `fhirUser` claim of a Practitioner of this server. */
  fhirUser(fhirBase: string, practitionerId: string): string;
  /** What the CapabilityStatement announces; whether a resource is then taken, `refuse` says. */
  offers(interaction: WriteInteraction, type: string): boolean;
  /** Asked only about what is offered. */
  refuse(interaction: WriteInteraction, resource: Resource, chart: Chart): Refusal | undefined;
  /** The answer to what is not offered. */
  notOffered(interaction: WriteInteraction, type: string): Refusal;
  /** What is really kept of an accepted resource. */
  keep(resource: Resource): Resource;
}

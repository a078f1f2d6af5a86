import type { Resource } from '@medplum/fhirtypes';

export type VendorName = 'strict' | 'epic' | 'oracle' | 'lossy';

/** What a vendor's server says no to, and how. */
export interface Refusal {
  readonly status: number;
  readonly text: string;
}

export type WriteInteraction = 'create' | 'update' | 'patch' | 'delete' | 'batch';

/**
 * How one kind of EHR departs from the standard. Data and two pure functions: a vendor never
 * touches HTTP or the store, so that a new one is a new file and a row in `VENDORS`.
 */
export interface VendorProfile {
  readonly name: VendorName;
  readonly accessTokenSeconds: number;
  /** `rotate`: each refresh gives a new refresh token and refuses the old. `keep`: it stays. */
  readonly refresh: 'rotate' | 'keep' | 'none';
  readonly batch: boolean;
  /** False: `If-None-Exist` is ignored, so that a repeat makes a second resource. */
  readonly conditionalCreate: boolean;
  /** What a 201 carries when the client did not say `Prefer: return=…`. */
  readonly defaultReturn: 'representation' | 'minimal';
  /** Epic sends `need_patient_banner` as the string "false". */
  readonly patientBannerAsString: boolean;
  refuse(
    interaction: WriteInteraction,
    type: string,
    resource: Resource | undefined,
  ): Refusal | undefined;
  /** What is really kept of an accepted resource. */
  keep(resource: Resource): Resource;
}

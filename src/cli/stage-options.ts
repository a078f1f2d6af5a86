import type { IssuerConfig, SiteConfig, StoreConfig } from '#src/domain/site-config.ts';

export interface StageOptions {
  /** Port of the sandbox EHR; the app takes the next one, a store the one after. 0 takes free ones. */
  readonly port: number;
  readonly scenario?: string;
  readonly seed?: number;
  /** Of scenario `hospital`: how many weeks lie behind `now`, and recommendations in each. */
  readonly past?: { readonly weeks?: number; readonly perWeek?: number };
  readonly vendor?: string;
  readonly faults?: readonly unknown[];
  readonly dataDir?: string;
  readonly accessTokenSeconds?: number;
  /** Epoch ms that the scenario describes; default now. */
  readonly now?: number;
  /** A second server beside the EHR: the hospital's own FHIR store. */
  readonly store?: StoreOptions;
  /** Overrides of what the app is told about the sandbox's issuer. */
  readonly issuer?: Partial<IssuerConfig>;
  /** Overrides of what the site decides for the whole app. */
  readonly site?: Partial<SiteConfig>;
}

export interface StoreOptions {
  /** `ehr-token`: it asks the EHR about the EHR's tokens. `smart`: only a sign-in of its own. */
  readonly auth: StoreConfig['auth'];
  /** `store` (default): recommendations, models and answers are in it, the EHR has the chart only. */
  readonly recommendationSource?: 'ehr' | 'store';
  /** Patients (EHR ids) without a record in it. Default: the ward's unidentified patient. */
  readonly missing?: readonly string[];
  /** Patients (EHR ids) with two records in it. Default: the ward's patient with the long name. */
  readonly twice?: readonly string[];
  readonly faults?: readonly unknown[];
  readonly accessTokenSeconds?: number;
  /** Overrides of what the app is told about the store. */
  readonly config?: Partial<StoreConfig>;
}

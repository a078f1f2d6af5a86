import type { Coding } from './coding.ts';
import type { Unregistered } from './governance/model-state-advice.ts';
import type { Role } from './governance/rights.ts';
import type { RiskTier } from './governance/risk-tier.ts';

/**
 * What a site decides without a rebuild (`public/config.json`). `io/config` reads and checks it; the
 * zod schema there is the authority on what is allowed, this is the shape after checking.
 */
export interface SiteConfig {
  readonly version: 1;
  readonly siteName: string;
  /** True where every patient is invented: the app then says so on every screen. */
  readonly synthetic: boolean;
  readonly issuers: readonly IssuerConfig[];
  readonly kinds: readonly KindConfig[];
  /** Origins that may frame the app; empty means none may. */
  readonly frameAncestors: readonly string[];
  /** Minutes without use after which the panel hides the patient and asks for a sign-in; 0: never. */
  readonly lockAfterMinutes: number;
  /** What the device does with its browser profile: decides what may be called saved on it. */
  readonly deviceStorage: DeviceStorage;
  /** Public key of the help desk: with it, a file about what waits may hold the answers, encrypted. */
  readonly helpDeskKey?: HelpDeskKey;
  readonly governance: GovernanceConfig;
}

/** How models are governed at this site, and what follows on the clinician's screen. */
export interface GovernanceConfig {
  /** `none`: the site keeps no registry of models, none is asked, and no model can be switched off here. */
  readonly registry: 'required' | 'none';
  /** How often an open screen asks the registry again. */
  readonly recheckSeconds: number;
  /** For how long its last answer counts when it gives none. */
  readonly graceMinutes: number;
  /** What is done with the advice of a model that the registry does not know. */
  readonly unregistered: Unregistered;
  /** True where a report may be made without its name being shown to all who work on it. */
  readonly confidentialReports: boolean;
  /** Whom to call where a report cannot be kept. */
  readonly safetyContact?: string;
  /** For how many days audit records must be kept; absent: for good. The app removes none. */
  readonly auditDays?: number;
  /** Why nothing may be removed now, each in words; empty: nothing is held. */
  readonly legalHolds: readonly string[];
  /** References or identifiers of practitioners by role. Absent: whoever signs in may act. */
  readonly roles?: Readonly<Partial<Record<Role, readonly string[]>>>;
  /** Models whose training comes before their advice: identifiers, "Device/id", or `*` for every one. */
  readonly trainingRequired: readonly string[];
}

/**
 * `persistent`: the profile outlives the session. `ephemeral`: it is thrown away at sign-out (Citrix,
 * kiosk). `none`: nothing may be kept.
 */
export type DeviceStorage = 'persistent' | 'ephemeral' | 'none';

/** RSA public key as a JWK (RFC 7517). */
export interface HelpDeskKey {
  readonly kty: 'RSA';
  readonly n: string;
  readonly e: string;
  readonly kid?: string;
}

export type Vendor = 'epic' | 'oracle-health' | 'smart-health-it' | 'medplum' | 'other';

export interface IssuerConfig {
  /** FHIR base, compared exactly with the launch's `iss` (one trailing slash apart). */
  readonly iss: string;
  readonly label: string;
  readonly vendor: Vendor;
  readonly clientId: string;
  /** Absent: `index.html` next to `launch.html`. */
  readonly redirectUri?: string;
  readonly scopes: string;
  readonly pkce: 'required' | 'ifSupported';
  readonly refreshTokenWithClientId: boolean;
  readonly discoveryHeaders: Readonly<Record<string, string>>;
  /** Origins besides the issuer's own that its authorization server uses. */
  readonly authorizationOrigins: readonly string[];
  /** Devices that this site accepts as AI: identifier values or "Device/id" references. */
  readonly aiDevices: readonly string[];
  /** How a source's probability numbers are to be read; see fhir-contract.md "Numbers". */
  readonly probabilityScales: readonly ProbabilityScaleRule[];
  /** Which optional carriers the server can search; a server that refuses one is not asked again. */
  readonly carriers: readonly string[];
  /** False where a filed answer cannot be retracted: Undo then ends at sending and says so. */
  readonly canRetract: boolean;
  /** True where exposures, timings and Provenance may be written to this server. */
  readonly hospitalStore: boolean;
  /** `If-None-Exist` proven by a probe; without it we search before we send. */
  readonly conditionalCreate: boolean;
  /** Label every answer as not for the patient portal (v3-ActCode NOPAT). */
  readonly hideFromPatient: boolean;
  /** False where the token may not read what it wrote: then only the server's word is there. */
  readonly readBack: boolean;
  /** A FHIR store of the hospital's own beside this EHR. */
  readonly store?: StoreConfig;
  /** Where recommendations, models and model cards are: in the EHR, or in `store`. */
  readonly recommendationSource: 'ehr' | 'store';
  /** Where an answer goes. Absent: the vendor's default, see `sinksOf`. */
  readonly sinks?: readonly SinkConfig[];
}

/**
 * A hospital-owned FHIR store: full-fidelity record of what the EHR refuses or drops
 * (standards-and-vendors B7, "Options when custom Observations are refused").
 */
export interface StoreConfig {
  /** FHIR base URL. */
  readonly baseUrl: string;
  readonly label: string;
  /**
   * `ehr-token`: the store's gateway takes the EHR's access token (by introspection). `smart`: its own
   * sign-in, after that of the EHR.
   */
  readonly auth: 'ehr-token' | 'smart';
  readonly clientId?: string;
  readonly scopes?: string;
  readonly authorizationOrigins: readonly string[];
  /** Identifier system that both servers give their Patients (an MRN); by it the patient is found. */
  readonly patientIdentifierSystem: string;
  readonly canRetract: boolean;
  readonly conditionalCreate: boolean;
}

/** One place where an answer goes. Only what its kind needs is set; `io/config` checks that it is. */
export interface SinkConfig {
  readonly kind: SinkKind;
  /** For `fhir-observation`: the EHR's own server, or `store`. */
  readonly to: 'ehr' | 'store';
  /** The card says `Sent` only when every required sink has it. */
  readonly required: boolean;
  readonly flowsheet?: FlowsheetMapping;
  readonly note?: NoteMapping;
  readonly relay?: RelayMapping;
}

export type SinkKind =
  | 'fhir-observation'
  | 'epic-flowsheet'
  | 'document-note'
  | 'cds-feedback-relay';

/** Flowsheet rows that the site built for this: one concept in each (B7, Epic). */
export interface FlowsheetMapping {
  /** Coding system of the encoded row ids; differs by organisation and environment. */
  readonly system: string;
  readonly decision: string;
  readonly recommendation: string;
  readonly reason?: string;
  readonly comment?: string;
}

/** One plain-text clinical note for a session. */
export interface NoteMapping {
  /** Document type, LOINC or the site's own. */
  readonly type: Coding;
  /** Filed when the chart is left, or after so many minutes without a further answer. */
  readonly afterMinutes: number;
}

/** A relay in the hospital that passes CDS Hooks feedback on to the service. */
export interface RelayMapping {
  readonly url: string;
  /** System of the recommendation identifier that holds the card's UUID. */
  readonly cardIdentifierSystem: string;
  /** Whether the relay takes the EHR's access token, or none. */
  readonly auth: 'ehr-token' | 'none';
}

export interface ProbabilityScaleRule {
  /** Identifier value, "Device/id" or model name that this rule speaks of; `*` for any. */
  readonly source: string;
  readonly scale: 'percent' | 'fraction';
}

/** A reason as a button: what the clinician reads, and the code that is written. */
export interface ReasonOption {
  readonly label: string;
  readonly coding: Coding;
  /** `ai-unsafe` is set apart in looks and order, so that it is never hit by habit. */
  readonly tone?: 'danger';
}

/** Chart content which, when newer than the recommendation, the clinician must see. */
export interface WatchRule {
  readonly label: string;
  readonly resource: 'Observation' | 'MedicationAdministration' | 'MedicationRequest' | 'Procedure';
  /** Any of these; empty means any resource of that type. */
  readonly codes: readonly Coding[];
}

export interface KindConfig {
  readonly id: string;
  readonly label: string;
  /** A recommendation with any of these codes is of this kind; the kind with none is the default. */
  readonly codes: readonly Coding[];
  /** At most eight (clinical-evidence.md §3). */
  readonly reasons: readonly ReasonOption[];
  readonly reasonRequired: boolean;
  /** Absent: as the model card says; where it says nothing, it is not high. */
  readonly riskTier?: RiskTier;
  readonly staleAfterMinutes: number;
  /** Codes fetched with the first round, so that the sparkline is there when the card is. */
  readonly series: readonly Coding[];
  readonly seriesHours: number;
  readonly watch: readonly WatchRule[];
  /** What to open in the EHR after accepting; the app itself orders nothing. */
  readonly nextStep?: string;
  /** Minutes offered as a time to come back. */
  readonly deferMinutes: readonly number[];
}

import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';

/** An EHR that is the hospital's store as well, and can do everything. */
export const anIssuer = (iss: string, change: Partial<IssuerConfig> = {}): IssuerConfig => ({
  iss,
  label: 'Sandbox',
  vendor: 'other',
  clientId: 'clinician-feedback',
  scopes: 'launch',
  pkce: 'required',
  refreshTokenWithClientId: true,
  discoveryHeaders: {},
  authorizationOrigins: [],
  aiDevices: [],
  probabilityScales: [],
  carriers: ['RiskAssessment'],
  canRetract: true,
  hospitalStore: true,
  conditionalCreate: true,
  hideFromPatient: false,
  readBack: true,
  recommendationSource: 'ehr',
  ...change,
});

/** A site with these EHRs, which names no kind of recommendation and frames nothing. */
export const aSite = (
  issuers: readonly IssuerConfig[],
  change: Partial<SiteConfig> = {},
): SiteConfig => ({
  version: 1,
  siteName: '',
  synthetic: false,
  issuers,
  kinds: [],
  frameAncestors: [],
  lockAfterMinutes: 15,
  deviceStorage: 'persistent',
  governance: {
    registry: 'required',
    recheckSeconds: 60,
    graceMinutes: 10,
    unregistered: 'show',
    confidentialReports: false,
    legalHolds: [],
    trainingRequired: [],
  },
  ...change,
});

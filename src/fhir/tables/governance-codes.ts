/**
 * Codes of the governance Observations (fhir-contract.md "Governance resources"), all in
 * `feedback-item`. Who writes them takes them from here.
 */
export const GOVERNANCE_ITEM = {
  state: 'model-state',
  change: 'model-change',
  review: 'appropriateness-review',
} as const;

export const GOVERNANCE_COMPONENT = {
  from: 'change-from',
  to: 'change-to',
  harm: 'harm',
  stratum: 'sampling-stratum',
  fraction: 'sampling-fraction',
  blinded: 'blinded',
} as const;

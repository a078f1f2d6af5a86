/**
 * Codes of the governance Observations (fhir-contract.md "Governance resources"), all in
 * `feedback-item`. Who writes them takes them from here.
 */
export const GOVERNANCE_ITEM = {
  state: 'model-state',
  change: 'model-change',
  review: 'appropriateness-review',
} as const;

/** Components of a `model-state`; each a string, `state-unit` and `state-clinician` repeat. */
export const STATE_COMPONENT = {
  site: 'state-site',
  unit: 'state-unit',
  clinician: 'state-clinician',
  restriction: 'state-restriction',
  rollback: 'rollback-version',
} as const;

export const GOVERNANCE_COMPONENT = {
  from: 'change-from',
  to: 'change-to',
  harm: 'harm',
  stratum: 'sampling-stratum',
  fraction: 'sampling-fraction',
  blinded: 'blinded',
} as const;

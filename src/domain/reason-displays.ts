/** Displays as their code systems have them: HL7's 35 non-adherence reason codes, then our supplement. */
export const REASON_DISPLAY: Readonly<Record<string, string>> = {
  'patient-ineligible': 'Patient does not meet eligibility for recommended action',
  'indication-order-exists': 'Patient has indication/order for intended action',
  'action-completed': 'Recommended action was already completed',
  'action-unsuccessful': 'Recommended action was previously unsuccessful',
  'action-performed-no-adverse-effect':
    'Intended action was performed previously without adverse effect',
  'action-not-priority':
    'Recommended action is not relevant or a priority in current state of health',
  'limited-time': 'Could not address recommended action due to limited time',
  'wrong-time-workflow': 'PC CDS delivered at wrong time in workflow or patient lifecycle',
  'inappropriate-recipient': 'PC CDS delivered to inappropriate recipient/role',
  'need-more-info':
    'Could not address recommended action due to need for more information/pending results/pending consult',
  'does-not-align-latest-evidence': 'Recommended action does not align with the latest evidence',
  'expert-contradicts': 'Advice from expert contradicts the recommended action',
  'policy-contradicts': 'Institutional policy/guideline contradicts the recommended action',
  'recipient-does-not-trust': 'Recipient does not agree with or trust the recommended action',
  'risk-benefit-ratio': 'Recipient assessment of risk/benefit ratio',
  'mitigate-risk-negative-outcome': 'Action taken to mitigate risk of negative outcome',
  'likely-negative-health-outcomes': 'Recommended action likely to have negative health outcomes',
  'patient-contraindication': 'Patient has contraindication to recommended action',
  'patient-fears-discomfort': 'Patient fears discomfort from complying with recommended action',
  'patient-does-not-want-change':
    'Patient does not want to change behavior or believes the change is unnecessary',
  'cultural-religious-reason':
    'Patient has a cultural or religious reason for not following recommended action',
  'prefers-alternative': 'Patient prefers an alternative approach or treatment',
  'patient-refuses': 'Patient refuses/declines (no context given)*',
  'inadequate-support': 'Patient has inadequate caregiver/social support',
  'service-not-available': 'Treatment or service is not practically available',
  'implementation-challenges':
    'Recommended action cannot be implemented due to technology/challenges',
  'too-costly-uncovered': 'Recommended action is too costly or not covered by insurance',
  'recipient-does-not-understand':
    'Recipient does not understand the recommended action or know how to perform the recommended action',
  'comorbidity-disability':
    'Patient has co-morbidity or disability that hinders them from completing recommended action',
  'ai-input-wrong': 'AI input is wrong, missing or stale',
  'ai-not-interpretable': 'AI output cannot be interpreted or its confidence is low',
  'ai-unsafe': 'AI output looks unsafe or malfunctioning',
  'cds-not-applicable': 'PC CDS does not apply to patient',
  'cds-suboptimal-context': 'PC CDS delivered in suboptimal context',
  'recipient-disagrees-evidence':
    'Recipient disagrees with recommendation because of issues with the evidence',
  'recipient-concerns-outcomes': 'Recipient has concerns regarding potential health outcomes',
  'does-not-align-preferences': 'Recommendation does not align with patient preferences or values',
  'not-convenient-feasible': 'Recommendation is not convenient or feasible',
};

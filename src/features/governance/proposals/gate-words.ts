import type { Finding, GateItem } from '#src/domain/governance/lifecycle/gates.ts';

export const GATE_WORDS: Readonly<Record<GateItem, string>> = {
  'card-complete': 'The model card says what a user must know',
  'owner-named': 'Somebody owns it',
  'logging-complete': 'Everything that it says is on record',
  'responses-recorded': 'Displays and answers are on record',
  'local-validity': 'Its validity here is measured',
  'local-fairness': 'Its fairness here is measured',
  'monitoring-on': 'Monitoring runs',
  'signals-answered': 'Signals are answered',
  'clinicians-trained': 'Those who see it are trained',
  'incident-path': 'The way of a safety report was tried',
  'outcome-defined': 'The outcome is defined and measured',
  'rollout-plan': 'There is a rollout plan',
};

export const FINDING_WORDS: Readonly<Record<Finding, string>> = {
  met: 'Met',
  'not-met': 'Not met',
  'cannot-tell': 'Data cannot tell',
};

import type { RiskAssessment } from 'fhir/r4';
import type { Chart } from '../chart.ts';
import { diagnosis } from '../problems.ts';
import { type Risk, riskAssessment } from './risk-assessment.ts';

const ADVICE = {
  bundle: {
    topic: ['SEW-BUNDLE', 'Sepsis within 6 hours'],
    title: 'Start the sepsis bundle: cultures, lactate, antibiotics within 1 hour',
    mitigation:
      'Blood cultures before antibiotics; lactate now and again within 2 h; broad-spectrum antibiotics within 1 h; 30 mL/kg crystalloid if lactate is 4 mmol/L or more or the mean pressure is below 65 mmHg.',
  },
  review: {
    topic: ['SEW-REVIEW', 'Sepsis within 6 hours'],
    title: 'Review for sepsis: repeat vital signs and lactate',
    mitigation: 'Look for a source of infection; repeat vital signs within 30 min and lactate.',
  },
} as const;

type SepsisRisk = Omit<Risk, 'model' | 'kind' | 'topic' | 'title' | 'mitigation' | 'outcome'> &
  Partial<Pick<Risk, 'model' | 'title' | 'mitigation'>> & {
    readonly advice: keyof typeof ADVICE;
  };

/** What the sepsis early warning sends: always the same two kinds of advice. */
export const sepsisRisk = (chart: Chart, { advice, ...risk }: SepsisRisk): RiskAssessment =>
  riskAssessment(chart, {
    model: 'sepsis-3',
    kind: 'sepsis',
    outcome: diagnosis('sepsis'),
    horizon: { hours: 6 },
    ...ADVICE[advice],
    ...risk,
  });

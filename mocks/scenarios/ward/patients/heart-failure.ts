import { refer } from '../build.ts';
import { serviceProposal } from '../carriers/proposals.ts';
import { riskAssessment } from '../carriers/risk-assessment.ts';
import { type Chart, openChart } from '../chart.ts';
import { labs } from '../labs.ts';
import { dose, given, order } from '../medications.ts';
import { problem } from '../problems.ts';
import { vitals } from '../vitals.ts';
import type { Ward } from '../ward.ts';

const OUTCOME = { text: 'Unplanned readmission within 30 days of discharge' };

/** Going home soon: readmission risk with two actions, and the suspended version that disagrees. */
export function heartFailure(ward: Ward): Chart {
  const chart = openChart(ward, {
    id: 'heart-failure',
    index: 3,
    age: 78,
    sex: 'male',
    unit: '5b',
    bed: 3,
    hours: 98,
    reason: 'Breathlessness and swollen legs',
    attending: 'hospitalist',
  });
  problem(chart, 'heartFailure', 1900);
  problem(chart, 'atrialFibrillation', 1500);
  problem(chart, 'ckd', 1100);
  vitals(chart, {
    heartRate: [96, 90, 84, 80, 78],
    respiratoryRate: [23, 21, 19, 18, 17],
    temperature: [36.7, 36.6, 36.7, 36.6, 36.7],
    spo2: [91, 93, 94, 95, 96],
    systolic: [142, 134, 126, 118, 114],
    diastolic: [84, 78, 74, 70, 68],
    weight: [92.4, 90.6, 88.9, 87.8],
  });
  labs(chart, [70, 46, 22, 5], {
    ntProBnp: [6840, null, 3910, 2780],
    creatinine: [1.52, 1.58, 1.61, 1.56],
    potassium: [4.3, 3.9, 3.6, 3.4],
    sodium: [131, 132, 134, 134],
    hemoglobin: [11.4, null, 11.2, 11.3],
  });
  const furosemide = order(chart, 'furosemide', dose(40, 'mg', 'oral', 'twice daily'), 30);
  order(chart, 'carvedilol', dose(12.5, 'mg', 'oral', 'twice daily'), 97);
  order(chart, 'lisinopril', dose(10, 'mg', 'oral', 'once daily'), 97);
  order(chart, 'apixaban', dose(5, 'mg', 'oral', 'twice daily'), 97);
  given(chart, furosemide, 29 * 60, 0);
  given(chart, furosemide, 7 * 60, 1);

  riskAssessment(chart, {
    id: 'readmission-old',
    model: 'readmission-1',
    kind: 'readmission',
    topic: ['RDM-30', '30-day readmission'],
    minutesAgo: 20 * 60,
    title: 'Very high risk of readmission: refer to case management',
    mitigation: 'Refer to case management before discharge; do not discharge on a Friday.',
    outcome: OUTCOME,
    probability: 0.71,
    band: 'high',
    horizon: { days: 30 },
    basis: ['ntProBnp', 'sodium', 'creatinine'],
  });
  const risk = riskAssessment(chart, {
    id: 'readmission-risk',
    model: 'readmission-2',
    kind: 'readmission',
    topic: ['RDM-30', '30-day readmission'],
    minutesAgo: 205,
    title: 'Book the heart failure clinic within 7 days and a call on day 3',
    mitigation:
      'Clinic with weight and electrolytes within 7 days; call on day 3; medicines reconciled before discharge.',
    outcome: OUTCOME,
    probability: 0.44,
    band: 'high',
    horizon: { days: 30 },
    rationale: 'Third admission in a year, NT-proBNP still raised, lives alone.',
    basis: ['ntProBnp', 'sodium', 'creatinine', 'hemoglobin', 'weight'],
    confidence: { valueRange: { low: { value: 0.36 }, high: { value: 0.52 } } },
    note: 'At this hospital 44 of 100 patients with this score came back (n = 6,204 discharges).',
  });
  const action = { model: 'readmission-2', minutesAgo: 205, cites: refer(risk) } as const;
  serviceProposal(chart, {
    ...action,
    id: 'clinic',
    kind: 'readmission',
    topic: ['RDM-FOLLOW-UP', 'Early follow-up'],
    title: 'Heart failure clinic within 7 days',
    priority: 'routine',
  });
  serviceProposal(chart, {
    ...action,
    id: 'reconciliation',
    kind: 'readmission',
    topic: ['RDM-MED-REC', 'Medicines at discharge'],
    title: 'Medication reconciliation by a pharmacist before discharge',
    priority: 'routine',
  });
  return chart;
}

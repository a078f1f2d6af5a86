import { SYSTEM } from '#src/fhir/codes.ts';
import { answer } from '../carriers/answer.ts';
import { sepsisRisk } from '../carriers/sepsis-risk.ts';
import { type Chart, openChart } from '../chart.ts';
import { labs } from '../labs.ts';
import { dose, given, order } from '../medications.ts';
import { problem, procedure } from '../problems.ts';
import { vitals } from '../vitals.ts';
import type { Ward } from '../ward.ts';

/** Operated 14 h ago, where the model is not validated; a colleague deferred, then overrode. */
export function postOp(ward: Ward): Chart {
  const chart = openChart(ward, {
    id: 'post-op',
    index: 7,
    age: 59,
    sex: 'male',
    unit: 'icu',
    bed: 2,
    hours: 30,
    reason: 'Planned right hemicolectomy',
    attending: 'intensivist',
  });
  problem(chart, 'colonCancer', 48);
  problem(chart, 'hypertension', 2600);
  procedure(chart, ['359571009', 'Right hemicolectomy'], 14);
  vitals(chart, {
    heartRate: [72, 74, 96, 108, 102, 96],
    respiratoryRate: [14, 14, 18, 22, 20, 19],
    temperature: [36.7, 36.6, 37.2, 38.2, 38, 37.8],
    spo2: [98, 98, 96, 95, 96, 96],
    systolic: [132, 128, 112, 106, 112, 116],
    diastolic: [78, 76, 64, 60, 64, 66],
  });
  labs(chart, [29, 12, 7.5, 2], {
    lactate: [0.9, 2.3, 2.1, 1.4],
    wbc: [7.4, 14.6, 16.2, 15.1],
    hemoglobin: [13.2, 11.1, 10.9, 10.8],
    creatinine: [0.92, 1.01, 1.04, 0.98],
    platelets: [248, 221, 216, 214],
    crp: [4, null, 86, null],
  });
  const cefazolin = order(
    chart,
    'cefazolin',
    dose(2, 'g', 'intravenous', 'once before incision'),
    16,
  );
  given(chart, cefazolin, 15 * 60 + 20);
  order(chart, 'oxycodone', dose(5, 'mg', 'oral', 'every 6 hours as needed'), 10);
  order(chart, 'enoxaparin', dose(40, 'mg', 'subcutaneous', 'once daily'), 10);

  const risk = sepsisRisk(chart, {
    id: 'sepsis-risk',
    advice: 'review',
    minutesAgo: 190,
    probability: 26,
    band: 'moderate',
    rationale: 'Temperature, heart rate and white cells.',
    basis: ['temperature', 'heartRate', 'wbc', 'lactate'],
    confidence: { valueDecimal: 0.46 },
  });
  const common = { to: risk, model: 'sepsis-3' } as const;
  const deferred = answer(chart, {
    ...common,
    n: 0,
    by: 'resident',
    minutesAgo: 168,
    response: 'deferred',
    reasons: [{ system: SYSTEM.nonAdherenceReason, code: 'need-more-info' }],
    deferredForMinutes: 60,
    visibleMs: 9400,
  });
  answer(chart, {
    ...common,
    n: 1,
    by: 'resident',
    minutesAgo: 104,
    response: 'overridden',
    reasons: [
      { system: SYSTEM.nonAdherenceReason, code: 'patient-ineligible' },
      { system: SYSTEM.nonAdherenceReason, code: 'recipient-does-not-trust' },
    ],
    comment: 'Expected response to the operation; lactate falling, wound and belly unremarkable.',
    visibleMs: 14_200,
    replaces: deferred,
  });
  return chart;
}

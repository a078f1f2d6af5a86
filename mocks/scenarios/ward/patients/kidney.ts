import { refer, ucum } from '../build.ts';
import { answer } from '../carriers/answer.ts';
import { detectedIssue } from '../carriers/detected-issue.ts';
import { type Chart, openChart } from '../chart.ts';
import { labs } from '../labs.ts';
import { dose, given, order } from '../medications.ts';
import { problem } from '../problems.ts';
import { vitals } from '../vitals.ts';
import type { Ward } from '../ward.ts';

/** Kidney injury on vancomycin with piperacillin; two colleagues answered differently. */
export function kidney(ward: Ward): Chart {
  const chart = openChart(ward, {
    id: 'kidney',
    index: 16,
    age: 66,
    sex: 'male',
    unit: 'icu',
    bed: 11,
    hours: 92,
    reason: 'Hospital-acquired pneumonia',
    attending: 'intensivist',
  });
  problem(chart, 'pneumonia', 'acute');
  problem(chart, 'acuteKidneyInjury', 'acute');
  vitals(chart, {
    heartRate: [104, 96, 90, 86, 84],
    respiratoryRate: [24, 22, 20, 19, 18],
    temperature: [38.6, 38, 37.6, 37.3, 37.1],
    spo2: [92, 94, 95, 95, 96],
    systolic: [118, 122, 126, 132, 138],
    diastolic: [64, 66, 70, 74, 78],
    weight: [84.2, 85.1, 86.4, 87.3],
  });
  labs(chart, [70, 46, 22, 4], {
    creatinine: [0.94, 1.12, 1.58, 2.14],
    urea: [18, 22, 34, 48],
    potassium: [4, 4.3, 4.7, 5.2],
    vancomycinTrough: [null, 14.2, null, 25.6],
    wbc: [15.8, 13.1, 11.4, 9.8],
  });
  const vancomycin = order(
    chart,
    'vancomycin',
    dose(1250, 'mg', 'intravenous', 'every 12 hours'),
    76,
  );
  const piperacillin = order(
    chart,
    'piperacillinTazobactam',
    dose(4.5, 'g', 'intravenous', 'every 6 hours'),
    76,
  );
  [62, 50, 38, 26, 14].forEach((hours, n) => {
    given(chart, vancomycin, hours * 60, n);
  });
  [20, 14, 8, 2].forEach((hours, n) => {
    given(chart, piperacillin, hours * 60, n);
  });
  const issue = detectedIssue(chart, {
    id: 'vancomycin',
    model: 'drug-interaction',
    kind: 'drug-interaction',
    topic: ['IXC-VANCO-PIPTAZO', 'Vancomycin with piperacillin / tazobactam'],
    minutesAgo: 196,
    title: 'Hold vancomycin: trough 25.6 µg/mL, creatinine doubled in 3 days',
    severity: 'high',
    implicated: [refer(vancomycin), refer(piperacillin)],
    basis: ['vancomycinTrough', 'creatinine', 'potassium'],
    detail: 'Kidney injury is commoner on this pair than on vancomycin with cefepime.',
    confidence: { valueQuantity: ucum(89, '%') },
  });
  const common = { to: issue, model: 'drug-interaction' } as const;
  answer(chart, {
    ...common,
    n: 0,
    by: 'pharmacist',
    minutesAgo: 172,
    response: 'accepted-modified',
    comment: 'Hold tonight; 750 mg daily by level, cefepime instead of piperacillin.',
    visibleMs: 21_500,
  });
  answer(chart, {
    ...common,
    n: 1,
    by: 'resident',
    minutesAgo: 150,
    response: 'deferred',
    deferredForMinutes: 240,
    visibleMs: 5200,
  });
  return chart;
}

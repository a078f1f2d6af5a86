import { riskAssessment } from '../carriers/risk-assessment.ts';
import { sepsisRisk } from '../carriers/sepsis-risk.ts';
import { type Chart, openChart } from '../chart.ts';
import { labs } from '../labs.ts';
import { dose, given, order } from '../medications.ts';
import { problem } from '../problems.ts';
import { vitals } from '../vitals.ts';
import type { Ward } from '../ward.ts';

/** A stale warning of a retired version, and a source that nobody registered. */
export function retiredModel(ward: Ward): Chart {
  const chart = openChart(ward, {
    id: 'retired-model',
    index: 14,
    age: 70,
    sex: 'male',
    unit: '5b',
    bed: 15,
    hours: 80,
    reason: 'Pneumonia',
    attending: 'hospitalist',
  });
  problem(chart, 'pneumonia', 'acute');
  problem(chart, 'dementia', 700);
  vitals(chart, {
    heartRate: [106, 98, 90, 84, 80],
    respiratoryRate: [24, 22, 20, 18, 17],
    temperature: [38.7, 38.2, 37.6, 37.1, 36.9],
    spo2: [91, 93, 95, 96, 96],
    systolic: [112, 118, 124, 128, 130],
    diastolic: [62, 66, 70, 72, 74],
  });
  labs(chart, [71, 46, 22, 6], {
    lactate: [2.3, 1.6, 1.1, null],
    wbc: [16.4, 13.2, 10.4, 8.9],
    crp: [188, 121, 64, 32],
    sodium: [131, 133, 135, 136],
    urea: [31, 26, 21, 18],
  });
  const ceftriaxone = order(chart, 'ceftriaxone', dose(2, 'g', 'intravenous', 'once daily'), 70);
  [69.5, 46, 22].forEach((hours, n) => {
    given(chart, ceftriaxone, hours * 60, n);
  });
  sepsisRisk(chart, {
    id: 'sepsis-risk',
    model: 'sepsis-2',
    advice: 'review',
    minutesAgo: 66 * 60,
    probability: 24,
    band: 'moderate',
    basis: ['lactate', 'wbc', 'temperature'],
  });
  riskAssessment(chart, {
    id: 'delirium',
    // Never used for the performer: the source is not registered, so the card has no model facts.
    model: 'sepsis-3',
    unregistered: 'Delirium watch',
    topic: ['DELIRIUM', 'Delirium'],
    minutesAgo: 7 * 60,
    title: 'Delirium likely: begin the delirium prevention plan',
    mitigation: 'Orientation, sleep at night, glasses and hearing aid, review of sedatives.',
    outcome: { text: 'Delirium during this stay' },
    probability: 0.41,
    basis: ['sodium', 'urea'],
  });
  return chart;
}

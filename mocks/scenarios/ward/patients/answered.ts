import { aiObservation } from '../carriers/ai-observation.ts';
import { answer } from '../carriers/answer.ts';
import { sepsisRisk } from '../carriers/sepsis-risk.ts';
import { type Chart, openChart } from '../chart.ts';
import { labs } from '../labs.ts';
import { dose, given, order } from '../medications.ts';
import { problem } from '../problems.ts';
import { vitals } from '../vitals.ts';
import type { Ward } from '../ward.ts';

/** A colleague accepted and acted; beside it a score that is not a probability. */
export function answered(ward: Ward): Chart {
  const chart = openChart(ward, {
    id: 'answered',
    index: 13,
    age: 55,
    sex: 'female',
    unit: 'icu',
    bed: 9,
    hours: 60,
    reason: 'Perforated appendicitis',
    attending: 'intensivist',
  });
  problem(chart, 'appendicitis', 'acute');
  problem(chart, 'sepsis', 'acute');
  vitals(chart, {
    heartRate: [92, 90, 96, 112, 122, 114],
    respiratoryRate: [18, 18, 20, 24, 27, 25],
    temperature: [38, 37.7, 37.9, 38.7, 39.1, 38.4],
    spo2: [97, 97, 96, 95, 94, 95],
    systolic: [122, 124, 118, 104, 90, 102],
    diastolic: [70, 72, 68, 58, 50, 58],
  });
  labs(chart, [58, 34, 10, 3.4, 0.8], {
    lactate: [1.3, 1.2, 1.8, 3.9, 2.8],
    wbc: [13.2, 11.8, 14.1, 18.8, null],
    creatinine: [0.8, 0.78, 0.94, 1.21, null],
    platelets: [264, 251, 232, 178, null],
    bilirubin: [0.8, 0.7, 0.9, 1.4, null],
    procalcitonin: [1.8, null, null, 9.2, null],
  });
  const risk = sepsisRisk(chart, {
    id: 'sepsis-risk',
    advice: 'bundle',
    minutesAgo: 176,
    probability: 47,
    band: 'high',
    rationale: 'Lactate 3.9 mmol/L and procalcitonin after drainage.',
    basis: ['lactate', 'map', 'wbc', 'procalcitonin', 'platelets'],
    confidence: { valueDecimal: 0.9 },
  });
  answer(chart, {
    n: 0,
    by: 'intensivist',
    minutesAgo: 158,
    to: risk,
    model: 'sepsis-3',
    response: 'accepted',
    visibleMs: 6800,
  });
  const meropenem = order(chart, 'meropenem', dose(1, 'g', 'intravenous', 'every 8 hours'), 2.5);
  given(chart, meropenem, 134);
  aiObservation(chart, {
    id: 'deterioration',
    model: 'sepsis-3',
    topic: ['SEW-INDEX', 'Deterioration index'],
    minutesAgo: 55,
    title: 'Deterioration index 7 of 12: senior review within 30 minutes',
    category: 'survey',
    score: { value: 7, unit: '{score}' },
    urgency: 'abnormal',
    basis: ['map', 'respiratoryRate', 'heartRate', 'lactate'],
  });
  return chart;
}

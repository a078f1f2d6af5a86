import { refer } from '../build.ts';
import { guidance } from '../carriers/guidance.ts';
import { type Chart, openChart } from '../chart.ts';
import { labs } from '../labs.ts';
import { dose } from '../medications.ts';
import { allergy, problem } from '../problems.ts';
import { vitals } from '../vitals.ts';
import type { Ward } from '../ward.ts';

/** The proposed antibiotic is one that she is allergic to. */
export function neutropenic(ward: Ward): Chart {
  const chart = openChart(ward, {
    id: 'neutropenic',
    index: 15,
    age: 38,
    sex: 'female',
    unit: '5b',
    bed: 18,
    hours: 190,
    reason: 'Chemotherapy for acute myeloid leukemia',
    attending: 'hospitalist',
  });
  const fever = problem(chart, 'neutropenicFever', 0);
  problem(chart, 'leukemia', 96);
  allergy(chart, 'penicillin', 'Anaphylaxis', 'high');
  vitals(chart, {
    heartRate: [82, 84, 84, 88, 112],
    respiratoryRate: [15, 15, 16, 16, 21],
    temperature: [36.8, 36.9, 37, 37.2, 38.9],
    spo2: [98, 98, 98, 97, 96],
    systolic: [116, 114, 116, 112, 102],
    diastolic: [70, 68, 70, 66, 58],
  });
  labs(chart, [70, 46, 22, 1.5], {
    neutrophils: [0.62, 0.31, 0.16, 0.09],
    wbc: [1.4, 0.9, 0.5, 0.4],
    hemoglobin: [8.4, 8.2, 8, 7.9],
    platelets: [34, 28, 24, 22],
    lactate: [null, null, null, 1.9],
    creatinine: [0.66, 0.64, 0.66, 0.72],
  });
  guidance(chart, {
    id: 'neutropenic-fever',
    model: 'sepsis-3',
    kind: 'sepsis',
    topic: ['SEW-NEUTROPENIA', 'Fever with neutropenia'],
    minutesAgo: 27,
    title: 'Start broad-spectrum antibiotics within 1 hour: fever with neutrophils below 0.5',
    description:
      'Temperature 38.3 °C or more with neutrophils below 0.5 × 10⁹/L. Do not wait for culture results.',
    priority: 'stat',
    suggestions: [
      {
        title: 'Piperacillin / tazobactam 4.5 g every 6 hours, first dose now',
        medication: {
          drug: 'piperacillinTazobactam',
          dose: dose(4.5, 'g', 'intravenous', 'every 6 hours'),
        },
      },
      {
        title: 'Two sets of blood cultures, one from each lumen',
        description: 'Before the first dose, if that does not delay it.',
      },
      { title: 'Chest X-ray' },
    ],
    basis: ['neutrophils', 'temperature', 'heartRate', 'lactate'],
    alsoBasedOn: [refer(fever)],
    confidence: { valueDecimal: 0.94 },
  });
  return chart;
}

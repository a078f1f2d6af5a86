import { type Chart, openChart } from '../chart.ts';
import { labs } from '../labs.ts';
import { dose, order } from '../medications.ts';
import { problem } from '../problems.ts';
import { vitals } from '../vitals.ts';
import type { Ward } from '../ward.ts';

/** Well, waiting for an operation tomorrow: no recommendation of any kind. */
export function nothing(ward: Ward): Chart {
  const chart = openChart(ward, {
    id: 'nothing',
    index: 5,
    age: 45,
    sex: 'female',
    unit: '5b',
    bed: 1,
    hours: 10,
    reason: 'Gallstones, operation tomorrow',
    attending: 'hospitalist',
  });
  problem(chart, 'gallstones', 60);
  vitals(chart, {
    heartRate: [74, 72],
    respiratoryRate: [14, 14],
    temperature: [36.6, 36.7],
    spo2: [99, 98],
    systolic: [122, 120],
    diastolic: [74, 72],
    weight: [68.3],
  });
  labs(chart, [9], {
    hemoglobin: [13.4],
    wbc: [6.8],
    platelets: [246],
    creatinine: [0.74],
    bilirubin: [0.7],
    inr: [1],
  });
  order(chart, 'enoxaparin', dose(40, 'mg', 'subcutaneous', 'once daily'), 9);
  return chart;
}

import { guidance } from '../carriers/guidance.ts';
import { type Chart, openChart } from '../chart.ts';
import { labs } from '../labs.ts';
import { dose, order } from '../medications.ts';
import { problem } from '../problems.ts';
import { vitals } from '../vitals.ts';
import type { Ward } from '../ward.ts';

/** A name that no banner was drawn for; ketoacidosis with a low potassium. */
export function longName(ward: Ward): Chart {
  const chart = openChart(ward, {
    id: 'long-name',
    index: 11,
    age: 52,
    sex: 'female',
    unit: 'ed',
    bed: 11,
    hours: 3,
    reason: 'Vomiting and confusion',
    attending: 'emergency',
    name: ward.names.long,
  });
  problem(chart, 'ketoacidosis', 'acute');
  problem(chart, 'diabetes', 5000);
  vitals(chart, {
    heartRate: [124, 122, 116],
    respiratoryRate: [30, 30, 28],
    temperature: [36.4, 36.5, 36.6],
    spo2: [98, 98, 98],
    systolic: [102, 106, 112],
    diastolic: [60, 62, 66],
    gcs: [14, 14, 14],
  });
  labs(chart, [2.6, 0.6], {
    glucose: [548, 512],
    ph: [7.11, 7.13],
    bicarbonate: [8, 9],
    potassium: [3.4, 3.1],
    sodium: [131, 133],
    creatinine: [1.42, 1.36],
    lactate: [2.2, 1.9],
  });
  order(chart, 'insulinRegular', dose(0.1, 'U/kg/h', 'intravenous', 'continuous'), 0.4);
  order(chart, 'metformin', dose(1000, 'mg', 'oral', 'twice daily'), 2.5, { status: 'on-hold' });

  guidance(chart, {
    id: 'potassium-first',
    model: 'drug-interaction',
    kind: 'drug-interaction',
    topic: ['IXC-INSULIN-K', 'Insulin with low potassium'],
    minutesAgo: 16,
    title: 'Replace potassium before starting insulin: 3.1 mmol/L',
    description:
      'Insulin moves potassium into the cells. Below 3.3 mmol/L replace first, with the heart rhythm on a monitor.',
    priority: 'stat',
    suggestions: [
      {
        title: 'Potassium chloride 20 mmol/h intravenously, repeat potassium in 1 h',
        medication: {
          drug: 'potassiumChloride',
          dose: dose(20, 'mmol/h', 'intravenous', 'for 2 hours'),
        },
      },
      { title: 'Hold the insulin infusion until potassium is 3.3 mmol/L or more' },
      { title: '12-lead ECG now' },
    ],
    basis: ['potassium', 'glucose', 'ph'],
    confidence: { valueDecimal: 0.97 },
  });
  return chart;
}

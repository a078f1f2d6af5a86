import { refer } from '../build.ts';
import { aiObservation } from '../carriers/ai-observation.ts';
import { type Chart, openChart } from '../chart.ts';
import { chestFilm } from '../imaging.ts';
import { labs } from '../labs.ts';
import { dose, order } from '../medications.ts';
import { problem } from '../problems.ts';
import { vitals } from '../vitals.ts';
import type { Ward } from '../ward.ts';

/** A film that nobody has read; the pilot model asks for it to be read first. */
export function pneumothorax(ward: Ward): Chart {
  const chart = openChart(ward, {
    id: 'pneumothorax',
    index: 8,
    age: 24,
    sex: 'male',
    unit: 'ed',
    bed: 2,
    hours: 2.5,
    reason: 'Sudden chest pain on the left',
    attending: 'emergency',
  });
  problem(chart, 'asthma', 4000);
  vitals(chart, {
    heartRate: [104, 108, 112],
    respiratoryRate: [22, 24, 25],
    temperature: [36.8, 36.8, 36.9],
    spo2: [95, 94, 93],
    systolic: [126, 124, 120],
    diastolic: [76, 74, 74],
  });
  labs(chart, [2], {
    troponinT: [5],
    hemoglobin: [14.8],
    creatinine: [0.94],
    potassium: [4.1],
  });
  order(chart, 'acetaminophen', dose(1000, 'mg', 'oral', 'once'), 1.5);
  const { study } = chestFilm(chart, { view: 'one', minutesAgo: 34 });
  aiObservation(chart, {
    id: 'pneumothorax',
    model: 'chest-xray',
    kind: 'chest-xray',
    topic: ['CXT-PNEUMOTHORAX', 'Pneumothorax'],
    minutesAgo: 31,
    title: 'Read this film first: possible left apical pneumothorax',
    category: 'imaging',
    probability: 87,
    urgency: 'critical',
    basis: ['spo2', 'respiratoryRate'],
    alsoBasedOn: [refer(study)],
    confidence: { valueString: 'Moderate: single view, taken sitting' },
    note: 'Pilot. The film has not been read by a radiologist.',
  });
  return chart;
}

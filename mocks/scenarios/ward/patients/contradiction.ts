import { refer } from '../build.ts';
import { aiObservation } from '../carriers/ai-observation.ts';
import { sepsisRisk } from '../carriers/sepsis-risk.ts';
import { type Chart, openChart } from '../chart.ts';
import { chestFilm } from '../imaging.ts';
import { labs } from '../labs.ts';
import { dose, given, order } from '../medications.ts';
import { problem } from '../problems.ts';
import { vitals } from '../vitals.ts';
import type { Ward } from '../ward.ts';

/** One model asks for a fluid bolus, the other says that the lungs are full. */
export function contradiction(ward: Ward): Chart {
  const chart = openChart(ward, {
    id: 'contradiction',
    index: 9,
    age: 69,
    sex: 'female',
    unit: 'icu',
    bed: 5,
    hours: 28,
    reason: 'Pneumonia with low blood pressure',
    attending: 'intensivist',
  });
  problem(chart, 'pneumonia', 'acute');
  problem(chart, 'heartFailure', 1300);
  problem(chart, 'diabetes', 4400);
  vitals(chart, {
    heartRate: [98, 104, 112, 120],
    respiratoryRate: [22, 24, 28, 32],
    temperature: [38.1, 38.4, 38.6, 38.4],
    spo2: [94, 93, 91, 89],
    systolic: [108, 100, 92, 84],
    diastolic: [60, 56, 50, 46],
  });
  labs(chart, [27, 15, 6, 1.1], {
    lactate: [2.1, 2.4, 3.1, 4.4],
    wbc: [14.2, null, 17.8, null],
    creatinine: [1.22, 1.31, 1.58, null],
    ntProBnp: [2980, null, 8420, null],
    platelets: [204, null, 168, null],
    glucose: [212, 198, 224, 236],
  });
  const ceftriaxone = order(chart, 'ceftriaxone', dose(2, 'g', 'intravenous', 'once daily'), 27);
  given(chart, ceftriaxone, 26 * 60, 0);
  given(chart, ceftriaxone, 3 * 60, 1);
  order(chart, 'norepinephrine', dose(0.08, 'ug/kg/min', 'intravenous', 'continuous'), 0.8);
  const { study } = chestFilm(chart, { view: 'one', minutesAgo: 52 });

  sepsisRisk(chart, {
    id: 'sepsis-risk',
    advice: 'bundle',
    title: 'Give 30 mL/kg crystalloid within 3 h: lactate 4.4 mmol/L, mean pressure below 65',
    minutesAgo: 44,
    probability: 68,
    band: 'high',
    rationale: 'Lactate doubled in 9 h, mean arterial pressure falling on antibiotics.',
    basis: ['lactate', 'map', 'respiratoryRate', 'creatinine', 'platelets'],
    confidence: { valueDecimal: 0.91 },
  });
  aiObservation(chart, {
    id: 'edema',
    model: 'chest-xray',
    kind: 'chest-xray',
    topic: ['CXT-EDEMA', 'Pulmonary edema'],
    minutesAgo: 47,
    title: 'Likely pulmonary edema: avoid further fluid until the film is read',
    category: 'imaging',
    probability: 78,
    urgency: 'critical',
    basis: ['spo2', 'ntProBnp'],
    alsoBasedOn: [refer(study)],
    confidence: {
      valueRange: { low: { value: 0.6 }, high: { value: 0.85 } },
    },
  });
  return chart;
}

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

/** Antibiotics ran and a better lactate came back after the warning was produced. */
export function alreadyTreated(ward: Ward): Chart {
  const chart = openChart(ward, {
    id: 'already-treated',
    index: 2,
    age: 74,
    sex: 'male',
    unit: 'ed',
    bed: 7,
    hours: 6,
    reason: 'Cough, fever and breathlessness',
    attending: 'emergency',
  });
  problem(chart, 'pneumonia', 'acute');
  problem(chart, 'hypertension', 5200);
  problem(chart, 'coronary', 2100);
  vitals(chart, {
    heartRate: [112, 116, 114, 104, 98],
    respiratoryRate: [26, 28, 27, 24, 21],
    temperature: [38.6, 38.9, 38.7, 38.2, 37.8],
    spo2: [89, 91, 93, 94, 95],
    systolic: [104, 98, 100, 110, 116],
    diastolic: [58, 54, 55, 60, 64],
  });
  labs(chart, [5.4, 2.6, 0.5], {
    lactate: [2.4, 2.9, 1.7],
    wbc: [17.8, null, 16.9],
    creatinine: [1.28, null, 1.22],
    procalcitonin: [3.4, null, null],
    crp: [214, null, null],
    platelets: [196, null, 189],
    troponinT: [17, null, null],
  });
  const film = chestFilm(chart, {
    view: 'one',
    minutesAgo: 285,
    read: {
      findings: 'Airspace opacity in the right lower lobe. No effusion. Heart size normal.',
      impression: 'Right lower lobe pneumonia.',
    },
  });
  aiObservation(chart, {
    id: 'consolidation',
    model: 'chest-xray',
    kind: 'chest-xray',
    topic: ['CXT-CONSOLIDATION', 'Consolidation'],
    minutesAgo: 282,
    title: 'Likely consolidation, right lower zone: read this film early',
    category: 'imaging',
    probability: 91,
    urgency: 'abnormal',
    alsoBasedOn: [refer(film.study)],
    confidence: {
      valueQuantity: { value: 88, unit: '%', code: '%', system: 'http://unitsofmeasure.org' },
    },
  });
  sepsisRisk(chart, {
    id: 'sepsis-risk',
    advice: 'bundle',
    minutesAgo: 130,
    probability: 41,
    band: 'high',
    rationale: 'Respiratory rate, lactate 2.9 mmol/L and white cells, source in the chest.',
    basis: ['lactate', 'respiratoryRate', 'spo2', 'map', 'wbc'],
    confidence: { valueDecimal: 0.88 },
  });
  const ceftriaxone = order(chart, 'ceftriaxone', dose(2, 'g', 'intravenous', 'once daily'), 1.8);
  const azithromycin = order(
    chart,
    'azithromycin',
    dose(500, 'mg', 'intravenous', 'once daily'),
    1.8,
  );
  given(chart, ceftriaxone, 95);
  given(chart, azithromycin, 78);
  return chart;
}

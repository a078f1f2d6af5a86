import { refer } from '../build.ts';
import { aiObservation } from '../carriers/ai-observation.ts';
import { medicationProposal, serviceProposal } from '../carriers/proposals.ts';
import { sepsisRisk } from '../carriers/sepsis-risk.ts';
import { type Chart, openChart } from '../chart.ts';
import { chestFilm } from '../imaging.ts';
import { labs } from '../labs.ts';
import { dose, order } from '../medications.ts';
import { problem } from '../problems.ts';
import { vitals } from '../vitals.ts';
import type { Ward } from '../ward.ts';

/** Later versions in three ways, one withdrawn as an error, and a drug that carries out the last. */
export function superseded(ward: Ward): Chart {
  const chart = openChart(ward, {
    id: 'superseded',
    index: 10,
    age: 63,
    sex: 'male',
    unit: 'icu',
    bed: 7,
    hours: 40,
    reason: 'Infected foot ulcer',
    attending: 'intensivist',
  });
  problem(chart, 'osteomyelitis', 'acute');
  problem(chart, 'diabetes', 6100);
  problem(chart, 'ckd', 900);
  vitals(chart, {
    heartRate: [88, 92, 98, 108, 118],
    respiratoryRate: [18, 18, 20, 22, 25],
    temperature: [37.9, 38, 38.2, 38.6, 38.8],
    spo2: [97, 96, 96, 95, 94],
    systolic: [138, 132, 122, 108, 96],
    diastolic: [78, 74, 68, 58, 52],
  });
  labs(chart, [39, 24, 10, 1.2], {
    lactate: [1.4, 1.7, 2.2, 3.4],
    wbc: [13.1, 13.8, 16.4, 19.2],
    creatinine: [1.62, 1.66, 1.79, 2.1],
    platelets: [288, 271, 232, 184],
    glucose: [236, 214, 252, 268],
    crp: [166, null, 224, null],
  });
  order(chart, 'insulinGlargine', dose(18, 'U', 'subcutaneous', 'once daily'), 38);
  const film = chestFilm(chart, { view: 'one', minutesAgo: 230 });

  const shared = { identifier: 'sepsis' } as const;
  sepsisRisk(chart, {
    ...shared,
    id: 'sepsis-risk-1',
    advice: 'review',
    minutesAgo: 9 * 60,
    probability: 22,
    band: 'moderate',
    basis: ['lactate', 'wbc', 'temperature'],
  });
  sepsisRisk(chart, {
    id: 'sepsis-risk-wrong',
    advice: 'bundle',
    minutesAgo: 7 * 60,
    probability: 81,
    band: 'high',
    status: 'entered-in-error',
    note: 'Withdrawn: the lactate belonged to another patient.',
  });
  const risk = sepsisRisk(chart, {
    ...shared,
    id: 'sepsis-risk-2',
    advice: 'bundle',
    minutesAgo: 40,
    probability: 58,
    band: 'high',
    status: 'amended',
    rationale: 'Lactate 3.4 mmol/L, mean arterial pressure falling, platelets falling.',
    basis: ['lactate', 'map', 'wbc', 'platelets', 'creatinine', 'respiratoryRate'],
    confidence: { valueDecimal: 0.86 },
  });
  medicationProposal(chart, {
    id: 'antibiotic',
    model: 'sepsis-3',
    kind: 'sepsis',
    topic: ['SEW-ANTIBIOTIC', 'Empirical antibiotic'],
    minutesAgo: 40,
    title: 'Piperacillin / tazobactam 4.5 g every 6 hours, first dose now',
    drug: 'piperacillinTazobactam',
    dose: dose(4.5, 'g', 'intravenous', 'every 6 hours'),
    priority: 'stat',
    cites: refer(risk),
  });
  const lactate = { model: 'sepsis-3', kind: 'sepsis', basis: ['lactate'] } as const;
  const first = serviceProposal(chart, {
    ...lactate,
    id: 'lactate-6h',
    topic: ['SEW-LACTATE', 'Repeat lactate'],
    minutesAgo: 9 * 60,
    title: 'Repeat lactate in 6 hours',
    priority: 'routine',
  });
  serviceProposal(chart, {
    ...lactate,
    id: 'lactate-2h',
    topic: ['SEW-LACTATE', 'Repeat lactate'],
    minutesAgo: 39,
    title: 'Repeat lactate in 2 hours',
    priority: 'urgent',
    replaces: refer(first),
  });
  const image = {
    model: 'chest-xray',
    kind: 'chest-xray',
    category: 'imaging',
    alsoBasedOn: [refer(film.study)],
  } as const;
  const early = aiObservation(chart, {
    ...image,
    id: 'film-1',
    topic: ['CXT-CONSOLIDATION', 'Consolidation'],
    minutesAgo: 228,
    title: 'Possible consolidation, left lower zone: read this film early',
    probability: 55,
    urgency: 'abnormal',
  });
  aiObservation(chart, {
    ...image,
    id: 'film-2',
    topic: ['CXT-NORMAL', 'No acute finding'],
    minutesAgo: 215,
    title: 'No acute finding after rotation was corrected: read in turn',
    probability: 9,
    urgency: 'normal',
    replaces: refer(early),
  });
  return chart;
}

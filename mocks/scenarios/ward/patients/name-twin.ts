import { refer } from '../build.ts';
import { medicationProposal } from '../carriers/proposals.ts';
import { sepsisRisk } from '../carriers/sepsis-risk.ts';
import { type Chart, openChart } from '../chart.ts';
import { labs } from '../labs.ts';
import { dose, given, order } from '../medications.ts';
import { problem } from '../problems.ts';
import { vitals } from '../vitals.ts';
import type { Ward } from '../ward.ts';

/** Next bed, same family name, almost the same given name as `sepsis`; getting better. */
export function nameTwin(ward: Ward): Chart {
  const [, name] = ward.names.twins.given;
  const chart = openChart(ward, {
    id: 'name-twin',
    index: 1,
    age: 64,
    sex: 'female',
    unit: '5b',
    bed: 13,
    hours: 44,
    reason: 'Red, painful leg',
    attending: 'hospitalist',
    name: { family: ward.names.twins.family, given: [name] },
  });
  problem(chart, 'cellulitis', 'acute');
  problem(chart, 'diabetes', 3200);
  vitals(chart, {
    heartRate: [104, 98, 88, 80, 76],
    respiratoryRate: [20, 19, 17, 16, 15],
    temperature: [38.4, 38.2, 37.5, 37.1, 36.8],
    spo2: [97, 97, 98, 98, 98],
    systolic: [118, 122, 128, 130, 132],
    diastolic: [66, 68, 72, 74, 76],
  });
  labs(chart, [43, 32, 20, 6], {
    lactate: [1.9, 1.6, 1.1, null],
    wbc: [15.2, 14.1, 11.6, 9.2],
    crp: [142, null, 88, 41],
    creatinine: [0.88, null, 0.84, 0.82],
    glucose: [212, 188, 164, 151],
    platelets: [268, null, 255, 262],
  });
  const cefazolin = order(chart, 'cefazolin', dose(2, 'g', 'intravenous', 'every 8 hours'), 42);
  [41, 33, 25, 17, 9, 1.5].forEach((hours, n) => {
    given(chart, cefazolin, hours * 60, n);
  });
  order(chart, 'metformin', dose(1000, 'mg', 'oral', 'twice daily'), 43);

  sepsisRisk(chart, {
    id: 'sepsis-risk',
    advice: 'review',
    minutesAgo: 31 * 60,
    probability: 21,
    band: 'moderate',
    rationale: 'Fever, heart rate and white cells on arrival.',
    basis: ['temperature', 'heartRate', 'wbc', 'lactate'],
  });
  medicationProposal(chart, {
    id: 'oral-switch',
    model: 'drug-interaction',
    topic: ['IXC-IV-TO-ORAL', 'Intravenous to oral antibiotic'],
    minutesAgo: 190,
    title: 'Change cefazolin to oral cephalexin 500 mg four times daily',
    drug: 'cephalexin',
    dose: dose(500, 'mg', 'oral', 'four times daily'),
    priority: 'routine',
    basis: ['temperature', 'wbc', 'crp'],
    alsoBasedOn: [refer(cefazolin)],
    why: 'Afebrile for 24 h, white cells normal, eating and drinking.',
  });
  return chart;
}

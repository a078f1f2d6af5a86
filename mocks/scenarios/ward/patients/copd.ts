import { refer } from '../build.ts';
import { detectedIssue } from '../carriers/detected-issue.ts';
import { type Chart, openChart } from '../chart.ts';
import { chestFilm } from '../imaging.ts';
import { labs } from '../labs.ts';
import { dose, given, order } from '../medications.ts';
import { problem } from '../problems.ts';
import { vitals } from '../vitals.ts';
import type { Ward } from '../ward.ts';

/** Clarithromycin on top of theophylline; saturation low by intent. */
export function copd(ward: Ward): Chart {
  const chart = openChart(ward, {
    id: 'copd',
    index: 6,
    age: 71,
    sex: 'female',
    unit: '5b',
    bed: 5,
    hours: 52,
    reason: 'Breathlessness and green sputum',
    attending: 'resident',
  });
  problem(chart, 'copdExacerbation', 'acute');
  problem(chart, 'copd', 3900);
  problem(chart, 'hypertension', 2800);
  vitals(chart, {
    heartRate: [108, 102, 98, 106, 116],
    respiratoryRate: [28, 25, 22, 20, 20],
    temperature: [37.8, 37.5, 37.1, 36.9, 36.9],
    spo2: [86, 88, 90, 90, 91],
    systolic: [148, 142, 138, 136, 134],
    diastolic: [84, 80, 78, 76, 76],
  });
  labs(chart, [51, 44, 26, 4], {
    ph: [7.3, 7.33, 7.36, null],
    pco2: [66, 60, 54, null],
    bicarbonate: [31, 31, 30, 30],
    theophylline: [12.4, null, 16.8, 22.6],
    potassium: [4.1, null, 3.7, 3.4],
    wbc: [12.8, null, 13.9, 12.1],
    crp: [58, null, 36, 18],
  });
  chestFilm(chart, {
    view: 'two',
    minutesAgo: 50 * 60,
    read: {
      findings: 'Hyperinflated lungs, flattened diaphragms. No consolidation, no pneumothorax.',
      impression: 'COPD without pneumonia.',
    },
  });
  const theophylline = order(chart, 'theophylline', dose(300, 'mg', 'oral', 'twice daily'), 51);
  const clarithromycin = order(chart, 'clarithromycin', dose(500, 'mg', 'oral', 'twice daily'), 49);
  order(chart, 'prednisone', dose(40, 'mg', 'oral', 'once daily'), 50);
  order(chart, 'albuterol', dose(2.5, 'mg', 'inhaled', 'every 4 hours'), 51);
  order(chart, 'tiotropium', dose(18, 'ug', 'inhaled', 'once daily'), 51);
  [48, 36, 24, 12].forEach((hours, n) => {
    given(chart, theophylline, hours * 60, n);
  });

  detectedIssue(chart, {
    id: 'theophylline',
    model: 'drug-interaction',
    kind: 'drug-interaction',
    topic: ['IXC-THEOPHYLLINE-MACROLIDE', 'Theophylline with clarithromycin'],
    minutesAgo: 205,
    title: 'Hold theophylline: level 22.6 µg/mL and rising on clarithromycin',
    severity: 'high',
    implicated: [refer(theophylline), refer(clarithromycin)],
    basis: ['theophylline', 'heartRate', 'potassium'],
    detail:
      'Clarithromycin slows the clearance of theophylline. Hold the next dose, repeat the level in 12 h; azithromycin does not interact.',
    confidence: {
      valueCodeableConcept: {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/certainty-rating',
            code: 'high',
          },
        ],
        text: 'High certainty',
      },
    },
  });
  return chart;
}

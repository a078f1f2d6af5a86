import type { RiskAssessment } from 'fhir/r4';
import { coding, HOSPITAL, plainMeta } from '../build.ts';
import { add, type Chart, openChart } from '../chart.ts';
import { labs } from '../labs.ts';
import { dose, order } from '../medications.ts';
import { clinician } from '../people.ts';
import { problem } from '../problems.ts';
import { vitals } from '../vitals.ts';
import { hoursAgo, type Ward } from '../ward.ts';

/** A risk that a nurse assessed: in the chart, of the same type, and no AI recommendation. */
export function humanScore(ward: Ward): Chart {
  const chart = openChart(ward, {
    id: 'human-score',
    index: 17,
    age: 88,
    sex: 'female',
    unit: '5b',
    bed: 9,
    hours: 20,
    reason: 'Fall at home, hip fracture',
    attending: 'hospitalist',
  });
  problem(chart, 'hipFracture', 'acute');
  problem(chart, 'dementia', 1000);
  vitals(chart, {
    heartRate: [92, 86, 82],
    respiratoryRate: [18, 17, 16],
    temperature: [36.6, 36.8, 36.9],
    spo2: [95, 96, 96],
    systolic: [152, 144, 138],
    diastolic: [82, 78, 76],
    weight: [51.4],
  });
  labs(chart, [19, 3], {
    hemoglobin: [11.2, 10.4],
    creatinine: [0.82, 0.8],
    sodium: [136, 137],
    inr: [1.1, null],
  });
  order(chart, 'oxycodone', dose(2.5, 'mg', 'oral', 'every 6 hours as needed'), 18);
  const at = hoursAgo(ward, 18);
  const fall: RiskAssessment = {
    resourceType: 'RiskAssessment',
    id: `${chart.id}-fall-risk`,
    meta: plainMeta(),
    identifier: [{ system: `${HOSPITAL}/assessments`, value: `${chart.id}-fall-risk` }],
    status: 'final',
    code: { coding: [coding(`${HOSPITAL}/forms`, 'MORSE')], text: 'Fall risk (Morse scale)' },
    subject: chart.subject,
    encounter: chart.encounter,
    occurrenceDateTime: at,
    performer: clinician(ward, 'nurse-5b'),
    prediction: [
      { outcome: { text: 'Fall during this stay' }, qualitativeRisk: { text: 'High, 65 points' } },
    ],
    mitigation: 'Bed alarm, low bed, help to the toilet every 2 hours',
  };
  add(chart, fall);
  return chart;
}

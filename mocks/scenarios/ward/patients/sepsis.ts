import { refer } from '../build.ts';
import { detectedIssue } from '../carriers/detected-issue.ts';
import { riskAssessment } from '../carriers/risk-assessment.ts';
import { sepsisRisk } from '../carriers/sepsis-risk.ts';
import { type Chart, openChart } from '../chart.ts';
import { labs } from '../labs.ts';
import { dose, given, order } from '../medications.ts';
import { problem } from '../problems.ts';
import { vitals } from '../vitals.ts';
import type { Ward } from '../ward.ts';

/** Deteriorating with pyelonephritis; nothing done yet. The chart of the design's picture. */
export function sepsis(ward: Ward): Chart {
  const [given0] = ward.names.twins.given;
  const chart = openChart(ward, {
    id: 'sepsis',
    index: 0,
    age: 67,
    sex: 'female',
    unit: '5b',
    bed: 12,
    hours: 74,
    reason: 'Fever and flank pain',
    attending: 'hospitalist',
    name: { family: ward.names.twins.family, given: [given0] },
  });
  problem(chart, 'pyelonephritis', 'acute');
  problem(chart, 'heartFailure', 1400);
  problem(chart, 'ckd', 800);
  problem(chart, 'hypertension', 4100);
  vitals(chart, {
    heartRate: [84, 82, 86, 92, 98, 108, 118],
    respiratoryRate: [16, 16, 17, 18, 20, 22, 26],
    temperature: [37.4, 37.1, 37.3, 37.8, 38.1, 38.5, 38.9],
    spo2: [97, 97, 96, 96, 95, 94, 93],
    systolic: [134, 132, 128, 120, 112, 100, 88],
    diastolic: [76, 76, 74, 68, 62, 56, 50],
    gcs: [15, 15, 15, 15, 15, 15, 14],
    weight: [71.2, 71.6],
  });
  labs(chart, [70, 46, 22, 5, 0.7], {
    lactate: [1.1, 1.3, 1.8, 2.6, 3.8],
    wbc: [9.1, 9.6, 11.8, 14.9, null],
    creatinine: [1.31, 1.34, 1.48, 1.86, null],
    urea: [24, 25, 29, 38, null],
    potassium: [4.4, 4.6, 4.9, 5.4, null],
    sodium: [138, 138, 137, 135, null],
    platelets: [231, 224, 188, 142, null],
    bilirubin: [0.6, null, 0.8, 1.3, null],
    crp: [62, 48, 96, 188, null],
  });
  const spironolactone = order(chart, 'spironolactone', dose(25, 'mg', 'oral', 'once daily'), 73);
  const lisinopril = order(chart, 'lisinopril', dose(10, 'mg', 'oral', 'once daily'), 73);
  order(chart, 'acetaminophen', dose(650, 'mg', 'oral', 'every 6 hours as needed'), 73);
  given(chart, spironolactone, 22 * 60);
  given(chart, lisinopril, 22 * 60);

  sepsisRisk(chart, {
    id: 'sepsis-risk',
    advice: 'bundle',
    minutesAgo: 18,
    probability: 34,
    band: 'high',
    rationale: 'Lactate and respiratory rate rising and mean arterial pressure falling over 6 h.',
    basis: ['lactate', 'respiratoryRate', 'map', 'wbc', 'temperature', 'platelets'],
    confidence: { valueDecimal: 0.82 },
    note: 'At this hospital 12 of 100 patients with this score had sepsis (May to October, n = 842).',
  });
  detectedIssue(chart, {
    id: 'potassium',
    model: 'drug-interaction',
    kind: 'drug-interaction',
    topic: ['IXC-K-SPARING-ACEI', 'Potassium-sparing diuretic with ACE inhibitor'],
    minutesAgo: 128,
    title: 'Check potassium before the next dose of spironolactone',
    severity: 'moderate',
    implicated: [refer(spironolactone), refer(lisinopril)],
    basis: ['potassium', 'creatinine'],
    detail:
      'Spironolactone with lisinopril raises potassium; kidney function has fallen since admission. Next dose is due in the morning.',
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
  riskAssessment(chart, {
    id: 'readmission-risk',
    model: 'readmission-2',
    kind: 'readmission',
    topic: ['RDM-30', '30-day readmission'],
    minutesAgo: 6 * 60 + 10,
    title: 'High risk of readmission: plan follow-up',
    mitigation:
      'Clinic visit within 7 days of discharge; medicines reconciled by a pharmacist; a call on day 3.',
    outcome: { text: 'Unplanned readmission within 30 days of discharge' },
    probability: 0.38,
    band: 'moderate',
    horizon: { days: 30 },
    rationale: 'Heart failure, two admissions in six months, kidney function.',
    basis: ['creatinine', 'sodium'],
    confidence: { valueRange: { low: { value: 0.31 }, high: { value: 0.45 } } },
  });
  return chart;
}

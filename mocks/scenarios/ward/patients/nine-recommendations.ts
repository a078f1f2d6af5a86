import type { MedicationRequest } from 'fhir/r4';
import { refer } from '../build.ts';
import { aiObservation } from '../carriers/ai-observation.ts';
import { detectedIssue } from '../carriers/detected-issue.ts';
import { guidance } from '../carriers/guidance.ts';
import { medicationProposal, serviceProposal } from '../carriers/proposals.ts';
import { riskAssessment } from '../carriers/risk-assessment.ts';
import { sepsisRisk } from '../carriers/sepsis-risk.ts';
import type { Chart } from '../chart.ts';
import { chestFilm } from '../imaging.ts';
import { dose } from '../medications.ts';

type Drugs = Readonly<
  Record<'digoxin' | 'amiodarone' | 'furosemide' | 'metformin' | 'atorvastatin', MedicationRequest>
>;

const INTERACTION = { model: 'drug-interaction', kind: 'drug-interaction' } as const;

export function nineRecommendations(chart: Chart, drugs: Drugs): void {
  sepsisRisk(chart, {
    id: 'sepsis-risk',
    advice: 'review',
    minutesAgo: 55,
    probability: 23,
    band: 'moderate',
    rationale: 'Temperature and white cells rising, heart rate held down by drugs.',
    basis: ['temperature', 'wbc', 'lactate', 'respiratoryRate'],
    confidence: { valueDecimal: 0.58 },
  });
  interactions(chart, drugs);
  proposals(chart);
  const { study } = chestFilm(chart, { view: 'two', minutesAgo: 410 });
  aiObservation(chart, {
    id: 'effusion',
    model: 'chest-xray',
    kind: 'chest-xray',
    topic: ['CXT-EFFUSION', 'Pleural effusion'],
    minutesAgo: 402,
    title: 'Possible left pleural effusion: compare with earlier films',
    category: 'imaging',
    probability: 62,
    urgency: 'abnormal',
    alsoBasedOn: [refer(study)],
  });
  riskAssessment(chart, {
    id: 'readmission-risk',
    model: 'readmission-2',
    kind: 'readmission',
    topic: ['RDM-30', '30-day readmission'],
    minutesAgo: 500,
    title: 'Very high risk of readmission: hold a discharge conference',
    mitigation: 'Conference with family, home care and the family physician before discharge.',
    outcome: { text: 'Unplanned readmission within 30 days of discharge' },
    probability: 0.61,
    band: 'high',
    horizon: { days: 30 },
    basis: ['creatinine', 'sodium', 'hemoglobin'],
    confidence: { valueRange: { low: { value: 0.54 }, high: { value: 0.68 } } },
  });
}

function interactions(chart: Chart, drugs: Drugs): void {
  detectedIssue(chart, {
    ...INTERACTION,
    id: 'digoxin',
    topic: ['IXC-DIGOXIN-AMIODARONE', 'Digoxin with amiodarone'],
    minutesAgo: 140,
    title: 'Hold digoxin: level 2.3 ng/mL and heart rate 50 /min',
    severity: 'high',
    implicated: [refer(drugs.digoxin), refer(drugs.amiodarone)],
    basis: ['digoxin', 'heartRate', 'potassium', 'creatinine'],
    detail: 'Amiodarone doubles digoxin levels; low potassium and falling clearance add to it.',
    confidence: { valueString: 'High' },
  });
  detectedIssue(chart, {
    ...INTERACTION,
    id: 'metformin',
    topic: ['IXC-METFORMIN-RENAL', 'Metformin with kidney injury'],
    minutesAgo: 138,
    title: 'Stop metformin: creatinine 2.31 mg/dL, lactate 2.4 mmol/L',
    severity: 'moderate',
    implicated: [refer(drugs.metformin)],
    basis: ['creatinine', 'lactate'],
    detail: 'Contraindicated below an estimated clearance of 30 mL/min.',
  });
  detectedIssue(chart, {
    ...INTERACTION,
    id: 'atorvastatin',
    topic: ['IXC-STATIN-AMIODARONE', 'Atorvastatin with amiodarone'],
    minutesAgo: 600,
    title: 'Consider atorvastatin 40 mg while on amiodarone',
    severity: 'low',
    implicated: [refer(drugs.atorvastatin), refer(drugs.amiodarone)],
    detail: 'Slightly more muscle symptoms at 80 mg.',
  });
  guidance(chart, {
    ...INTERACTION,
    id: 'potassium',
    topic: ['IXC-LOOP-DIURETIC-K', 'Loop diuretic with low potassium'],
    minutesAgo: 135,
    title: 'Replace potassium before the next furosemide: 3.1 mmol/L on digoxin',
    description: 'Low potassium makes digoxin more toxic. Aim for 4.0 to 5.0 mmol/L.',
    priority: 'urgent',
    suggestions: [
      {
        title: 'Potassium chloride 40 mmol by mouth now',
        medication: {
          drug: 'potassiumChloride',
          dose: dose(40, 'mmol', 'oral', 'once'),
        },
      },
      { title: 'Potassium and magnesium in 4 h' },
    ],
    basis: ['potassium', 'digoxin'],
  });
}

function proposals(chart: Chart): void {
  serviceProposal(chart, {
    ...INTERACTION,
    id: 'repeat-labs',
    topic: ['IXC-MONITOR', 'Monitoring'],
    minutesAgo: 134,
    title: 'Repeat creatinine and potassium this evening',
    priority: 'routine',
    basis: ['creatinine', 'potassium'],
  });
  medicationProposal(chart, {
    ...INTERACTION,
    id: 'apixaban-dose',
    topic: ['IXC-DOSE', 'Dose change'],
    minutesAgo: 132,
    title: 'Apixaban 2.5 mg twice daily instead of 5 mg',
    drug: 'apixaban',
    dose: dose(2.5, 'mg', 'oral', 'twice daily'),
    priority: 'asap',
    basis: ['creatinine'],
    why: 'Age 80 or more and creatinine 1.5 mg/dL or more.',
  });
}

import { concept, refer } from '../build.ts';
import { detectedIssue } from '../carriers/detected-issue.ts';
import { medicationProposal, serviceProposal } from '../carriers/proposals.ts';
import { type Chart, openChart } from '../chart.ts';
import { labs } from '../labs.ts';
import { dose, given, order } from '../medications.ts';
import { problem } from '../problems.ts';
import { vitals } from '../vitals.ts';
import type { Ward } from '../ward.ts';

/** Warfarin, new amiodarone and trimethoprim: INR and potassium climb together. */
export function interaction(ward: Ward): Chart {
  const chart = openChart(ward, {
    id: 'interaction',
    index: 4,
    age: 81,
    sex: 'female',
    unit: '5b',
    bed: 8,
    hours: 72,
    reason: 'Palpitations; painful urination',
    attending: 'resident',
  });
  problem(chart, 'atrialFibrillation', 'acute');
  problem(chart, 'cystitis', 'acute');
  problem(chart, 'hypertension', 6000);
  vitals(chart, {
    heartRate: [128, 112, 96, 84, 78],
    respiratoryRate: [20, 18, 17, 16, 16],
    temperature: [37.9, 37.6, 37.1, 36.9, 36.8],
    spo2: [95, 96, 96, 97, 97],
    systolic: [128, 132, 134, 136, 134],
    diastolic: [74, 76, 78, 78, 76],
  });
  labs(chart, [71, 47, 23, 5], {
    inr: [2.3, 2.7, 3.5, 4.6],
    potassium: [4.3, 4.7, 5.3, 5.7],
    creatinine: [1.02, 1.1, 1.24, 1.31],
    hemoglobin: [12.6, 12.5, 12.4, 12.2],
    platelets: [214, null, 209, 206],
  });
  const warfarin = order(chart, 'warfarin', dose(5, 'mg', 'oral', 'every evening'), 71);
  const amiodarone = order(chart, 'amiodarone', dose(400, 'mg', 'oral', 'twice daily'), 66);
  const cotrimoxazole = order(chart, 'cotrimoxazole', dose(960, 'mg', 'oral', 'twice daily'), 68);
  const lisinopril = order(chart, 'lisinopril', dose(20, 'mg', 'oral', 'once daily'), 71);
  [62, 38, 14].forEach((hours, n) => {
    given(chart, warfarin, hours * 60, n);
  });

  const source = { model: 'drug-interaction', kind: 'drug-interaction' } as const;
  detectedIssue(chart, {
    ...source,
    id: 'inr',
    topic: ['IXC-WARFARIN-CYP', 'Warfarin with CYP2C9 inhibitors'],
    minutesAgo: 255,
    title: 'Hold warfarin tonight: INR 4.6 and rising with amiodarone and trimethoprim',
    severity: 'high',
    implicated: [refer(warfarin), refer(amiodarone), refer(cotrimoxazole)],
    basis: ['inr', 'hemoglobin', 'platelets'],
    detail:
      'Sulfamethoxazole and amiodarone both slow the breakdown of S-warfarin. The effect of amiodarone goes on growing for weeks.',
    confidence: { valueString: 'High: three of three interaction references agree' },
  });
  detectedIssue(chart, {
    ...source,
    id: 'potassium',
    topic: ['IXC-TRIMETHOPRIM-ACEI', 'Trimethoprim with ACE inhibitor'],
    minutesAgo: 250,
    title: 'Stop trimethoprim-sulfamethoxazole or lisinopril: potassium 5.7 mmol/L',
    severity: 'moderate',
    implicated: [refer(cotrimoxazole), refer(lisinopril)],
    basis: ['potassium', 'creatinine'],
    detail:
      'Trimethoprim blocks potassium excretion like amiloride; age and ACE inhibitor add to it.',
  });
  serviceProposal(chart, {
    ...source,
    id: 'repeat-inr',
    topic: ['IXC-MONITOR', 'Monitoring'],
    minutesAgo: 245,
    title: 'Repeat INR tomorrow at 06:00',
    code: concept('http://loinc.org', '6301-6', 'INR'),
    priority: 'urgent',
    basis: ['inr'],
  });
  medicationProposal(chart, {
    ...source,
    id: 'lower-warfarin',
    topic: ['IXC-DOSE', 'Dose change'],
    minutesAgo: 244,
    title: 'Resume warfarin at 2.5 mg when INR is below 3.0',
    drug: 'warfarin',
    dose: dose(2.5, 'mg', 'oral', 'every evening'),
    priority: 'routine',
    basis: ['inr'],
    why: 'Amiodarone usually means a warfarin dose lower by 30 to 50 %.',
  });
  return chart;
}

import { type Chart, openChart } from '../chart.ts';
import { labs } from '../labs.ts';
import { dose, given, order } from '../medications.ts';
import { problem } from '../problems.ts';
import { vitals } from '../vitals.ts';
import type { Ward } from '../ward.ts';
import { nineRecommendations } from './nine-recommendations.ts';

/** Old, many illnesses, many drugs: nine recommendations at once, in every carrier. */
export function nine(ward: Ward): Chart {
  const chart = openChart(ward, {
    id: 'nine',
    index: 18,
    age: 84,
    sex: 'male',
    unit: '5b',
    bed: 20,
    hours: 160,
    reason: 'Heart failure and a urinary infection',
    attending: 'resident',
  });
  problem(chart, 'heartFailure', 2600);
  problem(chart, 'atrialFibrillation', 2200);
  problem(chart, 'ckd', 1900);
  problem(chart, 'diabetes', 7200);
  problem(chart, 'acuteKidneyInjury', 'acute');
  vitals(chart, {
    heartRate: [78, 74, 66, 58, 48],
    respiratoryRate: [18, 18, 19, 20, 22],
    temperature: [36.8, 36.9, 37.2, 37.8, 38.1],
    spo2: [95, 95, 94, 94, 93],
    systolic: [124, 122, 116, 110, 104],
    diastolic: [70, 68, 66, 62, 58],
    weight: [79.6, 78.4, 77.1, 76.2],
  });
  labs(chart, [70, 46, 22, 3], {
    creatinine: [1.62, 1.78, 2.02, 2.31],
    potassium: [4, 3.7, 3.4, 3.1],
    digoxin: [1.1, null, null, 2.3],
    lactate: [null, 1.4, 1.8, 2.4],
    wbc: [8.8, 9.4, 11.2, 13.4],
    ntProBnp: [5120, null, null, 3460],
    hemoglobin: [11.6, 11.4, 11.5, 11.3],
    sodium: [134, 133, 132, 131],
    glucose: [168, 182, 176, 191],
  });
  const drugs = {
    digoxin: order(chart, 'digoxin', dose(0.125, 'mg', 'oral', 'once daily'), 158),
    amiodarone: order(chart, 'amiodarone', dose(200, 'mg', 'oral', 'once daily'), 110),
    furosemide: order(chart, 'furosemide', dose(80, 'mg', 'intravenous', 'twice daily'), 100),
    metformin: order(chart, 'metformin', dose(1000, 'mg', 'oral', 'twice daily'), 158),
    atorvastatin: order(chart, 'atorvastatin', dose(80, 'mg', 'oral', 'every evening'), 158),
    apixaban: order(chart, 'apixaban', dose(5, 'mg', 'oral', 'twice daily'), 158),
  };
  [56, 32, 8].forEach((hours, n) => {
    given(chart, drugs.digoxin, hours * 60, n);
    given(chart, drugs.furosemide, hours * 60 + 5, n);
    given(chart, drugs.metformin, hours * 60 + 10, n);
  });
  nineRecommendations(chart, drugs);
  return chart;
}

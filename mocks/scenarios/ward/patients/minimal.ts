import { sepsisRisk } from '../carriers/sepsis-risk.ts';
import { type Chart, openChart } from '../chart.ts';
import { vitals } from '../vitals.ts';
import type { Ward } from '../ward.ts';

/** Found unconscious, nobody knows who: a temporary name, no birth date; a card with little in it. */
export function minimal(ward: Ward): Chart {
  const chart = openChart(ward, {
    id: 'minimal',
    index: 12,
    age: 0,
    sex: 'male',
    unit: 'ed',
    bed: 4,
    hours: 1.5,
    reason: 'Found unconscious',
    attending: 'emergency',
    name: { family: 'Unknown-Tango', given: [] },
    minimal: true,
  });
  vitals(chart, {
    heartRate: [118, 122],
    respiratoryRate: [10, 24],
    temperature: [35.6, 36.1],
    systolic: [96, 104],
    diastolic: [54, 60],
    gcs: [7, 10],
  });
  sepsisRisk(chart, {
    id: 'sepsis-risk',
    advice: 'review',
    minutesAgo: 22,
    band: 'moderate',
    note: 'No laboratory results yet: the score was not computed.',
  });
  return chart;
}

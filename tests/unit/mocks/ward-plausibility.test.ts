import { expect, test } from 'vitest';
import { all, chartOf, known, measured, NOW, scenario } from './ward-chart.ts';

/** What a living adult can have, by LOINC; wider than any reference range and written apart from it. */
const SURVIVABLE: Readonly<Record<string, readonly [low: number, high: number]>> = {
  '8867-4': [35, 190],
  '9279-1': [6, 45],
  '8310-5': [33, 41.5],
  '59408-5': [75, 100],
  '8480-6': [65, 230],
  '8462-4': [30, 130],
  '8478-0': [45, 160],
  '9269-2': [3, 15],
  '29463-7': [35, 220],
  '2524-7': [0.3, 15],
  '2160-0': [0.3, 10],
  '2823-3': [2.2, 7],
  '2951-2': [112, 165],
  '6690-2': [0.1, 60],
  '777-3': [8, 900],
  '718-7': [5, 20],
  '6301-6': [0.8, 8],
  '2744-1': [6.9, 7.65],
  '2345-7': [40, 900],
};

const readings = all('Observation').flatMap((observation) =>
  measured(observation).map((part) => ({ id: observation.id, part })),
);

test('no value lies where nobody survives', () => {
  for (const { id, part } of readings) {
    const [low, high] = SURVIVABLE[part.code.coding?.[0]?.code ?? ''] ?? [0, Infinity];
    expect(part.valueQuantity?.value, id).toBeGreaterThanOrEqual(low);
    expect(part.valueQuantity?.value, id).toBeLessThanOrEqual(high);
  }
});

test('interpretation agrees with value and reference range', () => {
  let checked = 0;
  for (const { id, part } of readings) {
    const code = part.interpretation?.[0]?.coding?.[0]?.code;
    const range = part.referenceRange?.[0];
    const value = part.valueQuantity?.value;
    if (!range || code === undefined || value === undefined) continue;
    const above = range.high?.value !== undefined && value > range.high.value;
    const below = range.low?.value !== undefined && value < range.low.value;
    const expected = above ? ['H', 'HH'] : below ? ['L', 'LL'] : ['N'];
    expect(expected, `${id}: ${value} is ${code}`).toContain(code);
    expect(range.low?.unit ?? range.high?.unit).toBe(part.valueQuantity?.unit);
    checked += 1;
  }
  expect(checked).toBeGreaterThan(1000);
});

test('all five interpretations are seen', () => {
  const codes = readings.map(({ part }) => part.interpretation?.[0]?.coding?.[0]?.code);
  expect(new Set(codes)).toEqual(new Set(['N', 'H', 'HH', 'L', 'LL', undefined]));
});

test('mean pressure follows from the blood pressure of the same round', () => {
  for (const panel of all('Observation').filter((o) => o.component?.length === 2 && o.id)) {
    const mean = known.get(`Observation/${panel.id?.replace('bloodpressure', 'map')}`);
    if (mean?.resourceType !== 'Observation') continue;
    const [systolic = 0, diastolic = 0] =
      panel.component?.map((part) => part.valueQuantity?.value ?? 0) ?? [];
    expect(mean.valueQuantity?.value).toBe(Math.round((systolic + 2 * diastolic) / 3));
    expect(systolic - diastolic).toBeGreaterThanOrEqual(15);
  }
});

test('nothing was measured before admission or after now', () => {
  for (const encounter of all('Encounter')) {
    const patient = encounter.subject?.reference?.slice('Patient/'.length) ?? '';
    const admitted = Date.parse(encounter.period?.start ?? '');
    for (const resource of chartOf(patient)) {
      if (resource.resourceType !== 'Observation') continue;
      const at = Date.parse(resource.effectiveDateTime ?? '');
      expect(at, resource.id).toBeGreaterThanOrEqual(admitted);
      expect(at, resource.id).toBeLessThanOrEqual(NOW);
      expect(Date.parse(resource.issued ?? ''), resource.id).toBeLessThanOrEqual(NOW);
    }
  }
});

test('no recommendation used a result that was not there yet', () => {
  for (const risk of all('RiskAssessment')) {
    for (const { reference } of risk.basis ?? []) {
      const used = known.get(reference ?? '');
      if (used?.resourceType !== 'Observation') continue;
      expect(
        (used.issued ?? '') <= (risk.occurrenceDateTime ?? ''),
        `${risk.id} ${reference}`,
      ).toBe(true);
    }
  }
});

test('the septic patient deteriorates as sepsis does', () => {
  const series = (loinc: string) =>
    chartOf('sepsis')
      .filter((r) => r.resourceType === 'Observation')
      .filter((o) => o.code.coding?.[0]?.code === loinc)
      .map((o) => o.valueQuantity?.value ?? 0);
  const rise = (loinc: string) => (series(loinc).at(-1) ?? 0) - (series(loinc)[0] ?? 0);
  for (const loinc of ['2524-7', '9279-1', '8867-4', '8310-5', '6690-2', '2160-0'])
    expect(rise(loinc), loinc).toBeGreaterThan(0);
  for (const loinc of ['8478-0', '777-3', '59408-5']) expect(rise(loinc), loinc).toBeLessThan(0);
});

test('inpatients have about three days of data, and no two share a bed', () => {
  const beds = all('Encounter').map((encounter) => encounter.location?.[0]?.location.reference);
  expect(new Set(beds).size).toBe(beds.length);
  expect(scenario.resources.length).toBeLessThan(4000);
});

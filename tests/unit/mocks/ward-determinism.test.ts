import { expect, test } from 'vitest';
import { ward } from '#mocks/scenarios/ward/index.ts';
import { NOW, scenario } from './ward-chart.ts';

test('the same seed and moment give the same scenario, to the byte', () => {
  expect(JSON.stringify(ward({ seed: 1, now: NOW }))).toBe(JSON.stringify(scenario));
});

test('another seed gives other people and other values, in the same charts', () => {
  const other = ward({ seed: 2, now: NOW });
  expect(other.clinicians.map((one) => one.name)).not.toEqual(
    scenario.clinicians.map((one) => one.name),
  );
  expect(JSON.stringify(other)).not.toBe(JSON.stringify(scenario));
  const ids = (of: typeof scenario) => of.resources.map((r) => `${r.resourceType}/${r.id}`);
  expect(ids(other)).toEqual(ids(scenario));
});

test('another moment moves the ward and invents nobody', () => {
  const later = ward({ seed: 1, now: NOW + 86_400_000 });
  const names = (of: typeof scenario) => of.clinicians.map((one) => one.name);
  expect(names(later)).toEqual(names(scenario));
  expect(later.now).toBe('2026-11-23T16:00:00.000Z');
});

test.each(Array.from({ length: 25 }, (_, seed) => seed))('seed %i makes a whole ward', (seed) => {
  const made = ward({ seed, now: NOW + seed * 1_234_567 });
  const patients = made.resources.filter((r) => r.resourceType === 'Patient');
  const names = patients.map((p) => p.name?.[0]?.text);
  expect(new Set(names).size).toBe(patients.length);
  expect(new Set(patients.map((p) => p.identifier?.[0]?.value)).size).toBe(patients.length);
});

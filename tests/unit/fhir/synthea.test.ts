import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { latestInstant } from '#src/domain/instant.ts';
import { readEvidence } from '#src/fhir/evidence.fhir.ts';
import { readPatient } from '#src/fhir/patient.fhir.ts';
import { readPractitionerName } from '#src/fhir/practitioner.fhir.ts';
import { unbounded } from './bounded.ts';
import { read, riskAssessment, SERVER } from './sample.ts';

/** Five charts that this project did not write; they lie beside the repository, not in it. */
const FOLDER = fileURLToPath(new URL('../../../../shared/data/synthea/', import.meta.url));
const files = existsSync(FOLDER)
  ? readdirSync(FOLDER).filter((name) => name.endsWith('.json'))
  : [];
if (files.length === 0) console.warn(`SKIPPED: no Synthea charts in ${FOLDER}`);

interface Entry {
  readonly fullUrl: string;
  readonly resource: { readonly resourceType: string; readonly id: string };
}

/** A transaction bundle as a server would answer it: urn:uuid references rewritten to Type/id. */
function chart(name: string) {
  const raw = readFileSync(`${FOLDER}/${name}`, 'utf8');
  const entries: readonly Entry[] = JSON.parse(raw).entry;
  const places = new Map(
    entries.map((one) => [one.fullUrl, `${one.resource.resourceType}/${one.resource.id}`]),
  );
  const resources = entries.map(({ resource }) =>
    JSON.parse(JSON.stringify(resource), (key, value) =>
      key === 'reference' ? (places.get(value) ?? value) : value,
    ),
  );
  const of = (type: string) => resources.filter((one) => one.resourceType === type);
  return { resources, of, patient: of('Patient')[0] };
}

describe.skipIf(files.length === 0).each(files.length === 0 ? ['absent'] : files)(
  'Synthea chart %s',
  (name) => {
    const { resources, of, patient } =
      files.length === 0 ? { resources: [], of: () => [], patient: {} } : chart(name);

    test('banner and clinician', () => {
      const banner = readPatient(patient);
      expect(banner).toMatchObject({
        ok: true,
        problems: [],
        value: { birthDate: patient.birthDate },
      });
      if (banner.ok) {
        expect(banner.value.displayName).toMatch(/^[\p{Lu}\d'’ -]+, .+/u);
        expect(banner.value.mrn).toBeTruthy();
      }
      expect(readPractitionerName(of('Practitioner')[0])).toBeTruthy();
    });

    test('a recommendation based on every Observation of the chart shows each with value and trend', () => {
      const observations = of('Observation');
      const result = read(
        [
          riskAssessment({
            subject: { reference: `Patient/${patient.id}` },
            basis: observations.map((one: Entry['resource']) => ({
              reference: `Observation/${one.id}`,
            })),
          }),
        ],
        { patientId: patient.id },
      );
      const basis = result.recommendations[0]?.basis ?? [];
      expect(basis.length).toBe(Math.min(observations.length, 200));
      const items = readEvidence({ server: SERVER, patientId: patient.id, basis, resources });
      for (const item of items) {
        expect(item.label).not.toBe('Unnamed observation');
        expect(item.latest.value ?? item.latest.text).toBeDefined();
        expect(item.latest.at).toBeDefined();
        expect(item.problems).toEqual([]);
        const times = item.series.map((one) => latestInstant(one.at));
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }
      expect(items.some((one) => one.series.length > 2)).toBe(true);
      expect(items.find((one) => one.label === 'Blood Pressure')?.latest.text).toMatch(
        /^\d+(\.\d+)?\/\d+/,
      );
      expect(unbounded(items)).toEqual([]);
    });

    test('no resource of the chart is taken for AI output', () => {
      const result = read(resources, { patientId: patient.id });
      expect(result).toEqual({ recommendations: [], notCards: resources.length, unreadable: [] });
    });

    test('everything else in the chart is described in words', () => {
      const others = resources.filter(
        (one) => !['Observation', 'Patient'].includes(one.resourceType),
      );
      const basis = others.map((one) => ({ reference: `${one.resourceType}/${one.id}` }));
      const items = readEvidence({ server: SERVER, patientId: patient.id, basis, resources });
      expect(items.every((one) => one.label !== '' && one.problems.length === 0)).toBe(true);
    });
  },
);

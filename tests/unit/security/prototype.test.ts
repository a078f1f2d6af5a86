import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { readChartChanges } from '#src/fhir/chart-changes.fhir.ts';
import { readDevice } from '#src/fhir/device.fhir.ts';
import { readEvidence } from '#src/fhir/evidence.fhir.ts';
import { readModelCard } from '#src/fhir/model-card.fhir.ts';
import { readPatient } from '#src/fhir/patient.fhir.ts';
import { ConfigError, checkConfig } from '#src/io/config/load.ts';
import { formatSex } from '#src/ui/format/patient-age.ts';
import { formatUnit } from '#src/ui/format/quantity.ts';
import { observation, read, riskAssessment, SERVER } from '#tests/unit/fhir/sample.ts';

const shipped = readFileSync('public/config.json', 'utf8');
const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];
const before = Reflect.ownKeys(Object.prototype);

afterEach(() => {
  expect(Reflect.ownKeys(Object.prototype)).toEqual(before);
  expect(Object.keys({})).toEqual([]);
  expect({}).not.toHaveProperty('polluted');
});

/** As it comes off the wire: `__proto__` is then an own property. */
const polluting = (json: string, name: string): unknown =>
  JSON.parse(json.replaceAll('{', `{"${name}":{"polluted":true},`).replaceAll(',}', '}'));

describe('configuration', () => {
  it.each(NAMES)(
    '%s in every object: each is named as a mistake, nothing is taken over',
    (name) => {
      try {
        checkConfig(polluting(shipped, name));
        expect.unreachable();
      } catch (cause) {
        expect(cause).toBeInstanceOf(ConfigError);
        const paths = (cause as ConfigError).problems.map((problem) => problem.path);
        expect(paths).toContain(name);
        expect(paths).toContain(`kinds[0].reasons[0].coding.${name}`);
      }
    },
  );

  it('where any name is allowed, it stays a plain entry', () => {
    const issuer = {
      iss: 'https://ehr.example.org/fhir',
      label: 'EHR',
      vendor: 'other',
      clientId: 'c',
      scopes: 'launch',
      discoveryHeaders: JSON.parse('{"__proto__":"x","X-Client":"y"}') as object,
    };
    const config = checkConfig({ ...(JSON.parse(shipped) as object), issuers: [issuer] });
    const headers = config.issuers[0]?.discoveryHeaders ?? {};
    expect(Object.entries(headers)).toEqual([
      ['__proto__', 'x'],
      ['X-Client', 'y'],
    ]);
    expect(Object.getPrototypeOf(headers)).toBe(Object.prototype);
  });
});

describe('what a server sends', () => {
  const readAll = (resources: readonly unknown[]) => {
    const result = read(resources, { included: resources });
    return [
      result,
      readEvidence({ server: SERVER, patientId: 'p1', basis: [], resources }),
      readChartChanges({
        server: SERVER,
        patientId: 'p1',
        producedAt: '2026-09-01',
        rules: [],
        resources,
      }),
      resources.map((one) => [readDevice(one, SERVER), readPatient(one), readModelCard(one)]),
    ];
  };

  it.each(NAMES)('%s in every object changes nothing that is read', (name) => {
    const plain = [riskAssessment(), observation()];
    const hostile = polluting(JSON.stringify(plain), name);
    expect(readAll(hostile as unknown[])).toEqual(readAll(plain));
  });

  it.each(NAMES)('%s as a code, id, unit, sex or status is a word like another', (name) => {
    const [result] = readAll([
      riskAssessment({ id: name, status: name, code: { coding: [{ system: name, code: name }] } }),
      observation({ id: name, status: name, valueQuantity: { value: 1, unit: name, code: name } }),
      { resourceType: name, id: name },
    ]);
    expect(() => JSON.stringify(result)).not.toThrow();
    expect(formatUnit(name)).toBeTypeOf('string');
    expect(formatSex(name)).toBe(name);
  });

  it('the whole corpus of hostile resources leaves no trace', () => {
    const folder = 'tests/golden/corpus';
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
      const cases = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as {
        resources: unknown[];
        included?: unknown[];
      }[];
      for (const one of cases) readAll([...one.resources, ...(one.included ?? [])]);
    }
  });
});

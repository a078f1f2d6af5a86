import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { modelCardReference, readDevice } from '#src/fhir/device.fhir.ts';
import { readEvidence } from '#src/fhir/evidence.fhir.ts';
import { readModelCard } from '#src/fhir/model-card.fhir.ts';
import { readPractitionerName } from '#src/fhir/practitioner.fhir.ts';
import { observation, PATIENT, read, SERVER, device as sepsisModel } from './sample.ts';

interface Pair<Expected> {
  readonly title: string;
  readonly expect: Expected;
}

/** Input and the whole of what is read from it, judged pair by pair; nothing rewrites it. */
const pairs = <Input, Expected = unknown>(name: string): readonly (Pair<Expected> & Input)[] =>
  JSON.parse(readFileSync(`tests/golden/readers/${name}.json`, 'utf8'));

/** Equal as JSON: an absent property and `undefined` are the same to whoever reads it. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

interface Carriers {
  readonly resources: readonly unknown[];
  readonly included?: readonly unknown[];
}

describe('what becomes a card, word for word', () => {
  test.each(pairs<Carriers>('carriers'))(
    '$title',
    ({ resources, included = [], expect: wanted }) => {
      expect(asJson(read(resources, { included: [...included, sepsisModel()] }))).toEqual(wanted);
    },
  );

  test('more than can be shown is said: predictions, cards, inputs', () => {
    const many = Array.from({ length: 201 }, (_, index) => ({ reference: `Observation/${index}` }));
    const label = {
      security: [
        { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'AIAST' },
      ],
    };
    const base = { meta: label, status: 'final', subject: PATIENT, code: { text: 'x' } };
    const { recommendations } = read([
      {
        resourceType: 'RiskAssessment',
        id: 'r',
        ...base,
        prediction: many.map(() => ({})),
        basis: many,
      },
      {
        resourceType: 'GuidanceResponse',
        id: 'g',
        ...base,
        status: 'success',
        result: { reference: '#rg' },
        contained: [
          {
            resourceType: 'RequestGroup',
            id: 'rg',
            subject: PATIENT,
            action: many.map(() => ({ title: 'x' })),
          },
        ],
      },
    ]);
    const said = recommendations.flatMap((one) =>
      one.problems.filter(({ code }) => code === 'truncated'),
    );
    expect(said.map(({ message, path }) => [message, path]).toSorted()).toEqual([
      ['Not all inputs of the AI are shown.', 'basis'],
      ['Not all predictions are shown.', 'prediction'],
      ['Not all proposed actions are shown.', 'RequestGroup.action'],
    ]);
  });
});

interface Evidence {
  readonly basis: Parameters<typeof readEvidence>[0]['basis'];
  readonly resources: readonly unknown[];
}

describe('what the AI used, word for word', () => {
  test.each(pairs<Evidence>('evidence'))('$title', ({ basis, resources, expect: wanted }) => {
    const read = readEvidence({ server: SERVER, patientId: 'p1', basis, resources });
    expect(asJson(read)).toEqual(wanted);
  });

  test('a long series keeps its latest hundred, oldest first', () => {
    const resources = Array.from({ length: 130 }, (_, day) =>
      observation({
        id: `o${day}`,
        effectiveDateTime: new Date(Date.UTC(2026, 0, 130 - day)).toISOString(),
        valueQuantity: { value: 130 - day, unit: 'mmol/L' },
      }),
    );
    const [item] = readEvidence({
      server: SERVER,
      patientId: 'p1',
      basis: [{ reference: 'Observation/o0' }],
      resources,
    });
    const values = item?.series.map((one) => one.value);
    expect(values).toEqual(Array.from({ length: 100 }, (_, index) => index + 31));
  });

  test('where no patient was launched, a patient record is nobody else’s', () => {
    const resources = [{ resourceType: 'Patient', id: 'p2' }];
    const [item] = readEvidence({
      server: SERVER,
      patientId: undefined,
      basis: [{ reference: 'Patient/p2' }],
      resources,
    });
    expect(item?.problems).toEqual([]);
  });
});

describe('who made it, and what is said about it', () => {
  test.each(pairs<{ resource: unknown }>('devices'))('$title', ({ resource, expect: wanted }) => {
    const card = modelCardReference(resource, SERVER) ?? null;
    expect(asJson({ device: readDevice(resource, SERVER), card })).toEqual(wanted);
  });

  test.each(pairs<{ resource: unknown }>('model-cards'))(
    'card: $title',
    ({ resource, expect: wanted }) => {
      expect(asJson(readModelCard(resource))).toEqual(wanted);
    },
  );

  test.each(pairs<{ resource: unknown }>('people'))(
    'name: $title',
    ({ resource, expect: wanted }) => {
      expect(asJson(readPractitionerName(resource))).toEqual(wanted);
    },
  );
});

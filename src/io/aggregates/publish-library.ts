import type { FhirResource, Library } from 'fhir/r4';
import { fromJsonLibrary } from '#src/fhir/json-library.fhir.ts';
import { get, isObject } from '#src/fhir/read.ts';
import type { FhirGateway } from '../gateway.ts';

/** Puts a list of now in the place of that of the last time; what is as it was is not written. Throws `FhirError`. */
export async function publishLibrary(gateway: FhirGateway, library: Library): Promise<void> {
  const url = library.url ?? '';
  const { matches } = await gateway.search({ type: 'Library', params: [['url', url]] });
  // A server that ignores `url` answers with all: only ours is taken.
  const known = matches.filter((one) => get(one, 'url') === url).find(hasId);
  if (known) {
    if (said(known) !== said(library)) await gateway.update({ ...library, id: known.id });
    return;
  }
  await gateway.create(library, { ifNoneExist: new URLSearchParams({ url }).toString() });
}

const hasId = (one: FhirResource): one is FhirResource & { readonly id: string } =>
  one.id !== undefined;

/** What it says, whenever it was said. */
function said(library: FhirResource): string {
  const content = fromJsonLibrary(library);
  return JSON.stringify(isObject(content) ? { ...content, asOf: undefined } : content);
}

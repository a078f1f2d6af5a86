import type { Library } from 'fhir/r4';
import { get } from '#src/fhir/read.ts';
import type { FhirGateway, RequestOptions } from '#src/io/gateway.ts';
import { SomebodyWasFaster } from './change-task.ts';

/** The one Library of an address, as it was read. */
export interface StoredLibrary {
  readonly id: string;
  readonly version: string | undefined;
  readonly library: unknown;
}

/** Null: there is none. Throws `FhirError`. */
export async function readLibrary(
  gateway: FhirGateway,
  url: string,
  options: RequestOptions,
): Promise<StoredLibrary | null> {
  const { matches } = await gateway.search({ type: 'Library', params: [['url', url]] }, options);
  const library = matches.find((one) => get(one, 'url') === url);
  return library?.id === undefined
    ? null
    : { library, id: library.id, version: library.meta?.versionId };
}

/**
 * Puts a Library in the place of the one that was seen, and reads it back. Throws `FhirError`, and
 * `SomebodyWasFaster` where there is another by now.
 * @param before null: there was none
 */
export async function replaceLibrary(
  gateway: FhirGateway,
  library: Library & { readonly url: string },
  before: Pick<StoredLibrary, 'id' | 'version'> | null,
): Promise<StoredLibrary | null> {
  const { url } = library;
  const now = await readLibrary(gateway, url, {});
  if (now?.id !== before?.id || now?.version !== before?.version) throw new SomebodyWasFaster();
  if (before === null)
    await gateway.create(library, { ifNoneExist: new URLSearchParams({ url }).toString() });
  else
    await gateway.update(
      { ...library, id: before.id },
      before.version === undefined ? {} : { ifMatch: `W/"${before.version}"` },
    );
  return readLibrary(gateway, url, {});
}

import type { FhirResource } from 'fhir/r4';
import {
  fromSignalsLibrary,
  type PublishedSignals,
  SIGNALS_LIBRARY,
  toSignalsLibrary,
} from '#src/fhir/published-signals.fhir.ts';
import { get } from '#src/fhir/read.ts';
import type { FhirGateway } from '../gateway.ts';

/** Puts the signals in the place of those of the last time. Throws `FhirError`. */
export async function publishSignals(
  gateway: FhirGateway,
  published: PublishedSignals,
): Promise<void> {
  const library = toSignalsLibrary(published);
  const known = (await storedLibraries(gateway))[0];
  if (known) {
    if (sameSignals(known, published)) return;
    await gateway.update({ ...library, id: known.id });
    return;
  }
  const ifNoneExist = new URLSearchParams({ url: SIGNALS_LIBRARY }).toString();
  await gateway.create(library, { ifNoneExist });
}

function sameSignals(known: FhirResource, { signals }: PublishedSignals): boolean {
  const found = fromSignalsLibrary(known);
  return found.ok && JSON.stringify(found.value.signals) === JSON.stringify(signals);
}

const hasId = (one: FhirResource): one is FhirResource & { readonly id: string } =>
  one.id !== undefined;

/** A server that ignores `url` answers with all: only ours are taken. */
async function storedLibraries(gateway: FhirGateway) {
  const { matches } = await gateway.search({ type: 'Library', params: [['url', SIGNALS_LIBRARY]] });
  return matches.filter((one) => get(one, 'url') === SIGNALS_LIBRARY).filter(hasId);
}

import type { Observation } from 'fhir/r4';
import { FhirError, type FhirGateway } from './gateway.ts';

/**
 * Marks a stored answer `entered-in-error`, on the version that we read and no other. Returns false
 * where the server takes no update: the caller then files a `withdrawn` answer that replaces it.
 * Throws `FhirError` when the outcome is not known or somebody changed it meanwhile.
 */
export async function retractAnswer(gateway: FhirGateway, observationId: string): Promise<boolean> {
  const current = (await gateway.read('Observation', observationId)) as Observation;
  if (current.status === 'entered-in-error') return true;
  const versionId = current.meta?.versionId;
  try {
    await gateway.update(
      { ...current, id: observationId, status: 'entered-in-error' },
      versionId ? { ifMatch: `W/"${versionId}"` } : {},
    );
    return true;
  } catch (cause) {
    if (cause instanceof FhirError && UPDATE_NOT_TAKEN.has(cause.status ?? 0)) return false;
    throw cause;
  }
}

/** Forbidden, no such interaction, or a rule against it: the site does not let us update. */
const UPDATE_NOT_TAKEN = new Set([400, 403, 404, 405, 422, 501]);

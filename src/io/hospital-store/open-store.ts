import type { StoreConfig } from '#src/domain/site-config.ts';
import { get } from '#src/fhir/read.ts';
import { byIdentifier } from '#src/fhir/search.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import { currentNumbers, matchPatient } from './match-patient.ts';
import type { OpenedStore } from './opened-store.ts';
import { missed, noNumber, severalNumbers, stopAt } from './stop-words.ts';

/** One would do; more are looked at to see that there are more. */
const CAP = 20;

export interface StoreToOpen {
  readonly config: StoreConfig;
  /** Signed in, whatever way `config.auth` says. */
  readonly gateway: FhirGateway;
  readonly ehr: FhirGateway;
  /** Logical id in the EHR. */
  readonly patientId: string;
}

/**
 * Finds the launched patient in the hospital's store by the identifier that both servers give them.
 * Two requests, one after the other: the EHR's Patient, then the store's. Throws `StoreStop`.
 */
export async function openStore(given: StoreToOpen): Promise<OpenedStore> {
  const { config, gateway, ehr, patientId } = given;
  const patient = await ehr.read('Patient', patientId).catch(stopAt('The EHR'));
  if (get(patient, 'resourceType') !== 'Patient' || get(patient, 'id') !== patientId)
    throw noNumber(config);
  const [number, ...others] = currentNumbers(patient, config.patientIdentifierSystem);
  if (number === undefined) throw noNumber(config);
  if (others.length > 0) throw severalNumbers(config);
  const { matches, truncated } = await gateway
    .search(byIdentifier('Patient', number), { cap: CAP })
    .catch(stopAt(config.label));
  if (truncated) throw missed(config, { found: false, why: 'ambiguous' });
  const match = matchPatient(patient, number, matches, gateway.baseUrl);
  if (!match.found) throw missed(config, match);
  return { config, gateway, subject: match.subject, doubts: match.doubts };
}

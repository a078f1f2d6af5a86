import type { StoreConfig } from '#src/domain/site-config.ts';
import { get } from '#src/fhir/read.ts';
import { byIdentifier } from '#src/fhir/search.ts';
import { FhirError, type FhirGateway } from '#src/io/gateway.ts';
import { currentNumbers, matchPatient, type PatientMatch } from './match-patient.ts';
import type { OpenedStore } from './opened-store.ts';
import { isSameClinician } from './same-clinician.ts';
import {
  missed,
  noNumber,
  otherPatient,
  otherUser,
  severalNumbers,
  stopAt,
  stopAtEhr,
} from './stop-words.ts';

/** One would do; more are looked at to see that there are more. */
const CAP = 20;

export interface StoreToOpen {
  readonly config: StoreConfig;
  /** Signed in, whatever way `config.auth` says. */
  readonly gateway: FhirGateway;
  readonly ehr: FhirGateway;
  /** Logical id in the EHR. */
  readonly patientId: string;
  /** Where the store has a sign-in of its own (`auth: "smart"`): who came through it, and for whom. */
  readonly signIn?: OwnSignIn;
}

export interface OwnSignIn {
  /** `fhirUser` as the store sent it. */
  readonly fhirUser: string | undefined;
  /** The store's own id, where its token is for one patient. */
  readonly patientId: string | undefined;
  /** Who is signed in to the EHR, if it said so: without a name nothing is filed under another. */
  readonly performer: string | undefined;
}

/**
 * Finds the launched patient in the hospital's store by the identifier that both servers give them.
 * Two requests, one after the other: the EHR's Patient, then the store's. Throws `StoreStop`.
 */
export async function openStore(given: StoreToOpen): Promise<OpenedStore> {
  const { config, gateway, ehr, patientId, signIn } = given;
  const [patient] = await Promise.all([
    ehr.read('Patient', patientId).catch(stopAtEhr),
    requireSameClinician(given),
  ]);
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
  // A token for one patient finds no other, and the search says that nobody is there.
  if (signIn?.patientId !== undefined && isNot(match, signIn.patientId)) throw otherPatient(config);
  if (!match.found) throw missed(config, match);
  return { config, gateway, subject: match.subject, doubts: match.doubts };
}

const isNot = (match: PatientMatch, patientId: string): boolean =>
  match.found ? match.subject !== `Patient/${patientId}` : match.why === 'not-found';

async function requireSameClinician({ config, ehr, gateway, signIn }: StoreToOpen): Promise<void> {
  if (signIn?.performer === undefined) return;
  const { performer, fhirUser } = signIn;
  const same =
    fhirUser !== undefined &&
    (await isSameClinician({ ehr, performer, store: gateway, fhirUser }).catch(unread(config)));
  if (!same) throw otherUser(config);
}

/** Who may not be read is not known to be the same; a server that is away may be back in a minute. */
const unread =
  ({ label }: StoreConfig) =>
  (cause: unknown): false => {
    if (cause instanceof FhirError && ['forbidden', 'not-found'].includes(cause.kind)) return false;
    return stopAt(`The EHR or ${label}`)(cause);
  };

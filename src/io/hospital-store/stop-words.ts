import type { StoreConfig } from '#src/domain/site-config.ts';
import { FhirError } from '#src/io/gateway.ts';
import type { Trait } from './likeness.ts';
import type { PatientMatch } from './match-patient.ts';
import { StoreStop, type StoreStopKind } from './store-stop.ts';

type Label = Pick<StoreConfig, 'label'>;
type Missed = Extract<PatientMatch, { found: false }>;

const UNSURE = 'Nothing is shown, since it could be about somebody else.';

export const noNumber = ({ label }: Label) =>
  new StoreStop(
    'no-identifier',
    `The EHR gives this patient no number by which ${label} could find them.`,
    'Ask your informatics team to compare patientIdentifierSystem in config.json with what the EHR sends.',
  );

export const severalNumbers = ({ label }: Label) =>
  new StoreStop(
    'several-identifiers',
    `The EHR gives this patient more than one number by which ${label} could find them.`,
    `${UNSURE} Medical records must say which number holds.`,
  );

const TRAIT: Readonly<Record<Trait, string>> = {
  'birth-date': 'birth date',
  gender: 'sex',
  'family-name': 'family name',
};

export const traitsInWords = (traits: readonly Trait[]): string =>
  traits.map((trait) => TRAIT[trait]).join(' and ');

/** Nobody was found, or not for certain. */
export function missed({ label }: Label, { why, differs = [] }: Missed): StoreStop {
  const stop = (message: string, cure: string) => new StoreStop(why, message, cure);
  switch (why) {
    case 'not-found':
      return stop(
        `${label} does not know this patient.`,
        'No AI may have looked at them yet. If one should have, ask your informatics team whether the patient reaches the store under the same number.',
      );
    case 'not-in-use':
      return stop(
        `${label} has closed its record of this patient.`,
        `${UNSURE} Ask your informatics team which record took its place.`,
      );
    case 'replaced':
      return stop(
        `${label} has moved this patient’s number to another record, and the EHR has not.`,
        `${UNSURE} Medical records must say which is right.`,
      );
    case 'ambiguous':
      return stop(
        `${label} has more than one patient with this number.`,
        `${UNSURE} Ask your informatics team to have the records joined, or told apart.`,
      );
    case 'contradiction':
      return stop(
        `${label} has this patient’s number for somebody else: ${traitsInWords(differs)} differ${differs.length > 1 ? '' : 's'}.`,
        `${UNSURE} Tell medical records: one of the two records is wrong.`,
      );
  }
}

export const otherPatient = ({ label }: Label) =>
  new StoreStop(
    'other-patient',
    `You signed in to ${label} for another patient.`,
    `Sign in there again, and choose the patient of this chart. Who is not in the list is not known to ${label}.`,
  );

export const otherUser = ({ label }: Label) =>
  new StoreStop(
    'other-user',
    `It is not certain that you are the one who is signed in to ${label}.`,
    `Sign out there, and sign in as yourself. If it was you, ask your informatics team: the EHR and ${label} must give you the same identifier, and the app must be allowed to read it (user/Practitioner.r).`,
  );

const EHR = 'The EHR';

/** Turns a request that failed before anybody was found into a stop; `where` is the server. */
export const stopAt =
  (where: string) =>
  (cause: unknown): never => {
    if (!(cause instanceof FhirError)) throw cause;
    // A page that is loaded again after a night.
    if (where === EHR && cause.kind === 'auth') throw signInEnded();
    throw notRead(where, cause);
  };

export const stopAtEhr = stopAt(EHR);

const signInEnded = () =>
  new StoreStop(
    'refused',
    'Your sign-in has ended.',
    'Open the app again from the patient’s chart.',
  );

function notRead(where: string, cause: FhirError): StoreStop {
  const stop = (kind: StoreStopKind, message: string, cure: string) =>
    new StoreStop(kind, message, cure, cause);
  switch (cause.kind) {
    case 'offline':
    case 'timeout':
      return stop(
        'unreachable',
        `${where} could not be reached.`,
        'Try again. If it fails again, ask your informatics team whether it is up, and reachable from here.',
      );
    case 'auth':
    case 'forbidden':
      return stop(
        'refused',
        `${where} does not let you look this patient up.`,
        'Ask your informatics team whether it accepts this sign-in, and which scopes it gives.',
      );
    default:
      return stop(
        'failed',
        `${where} could not look this patient up.`,
        'Try again. If it fails again, tell your informatics team.',
      );
  }
}

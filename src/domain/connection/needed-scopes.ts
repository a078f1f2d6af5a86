import { sinksOf } from '../sinks.ts';
import type { IssuerConfig, KindConfig } from '../site-config.ts';
import { missingLetters } from './scopes.ts';

/** One thing that the app asks of a token, and what is lost without it. */
export interface NeededScope {
  /** A resource type, or a scope that is none (`openid`). */
  readonly type: string;
  /** Of `cruds`; empty for a scope that is no resource's. */
  readonly letters: string;
  /** Where only some contexts will do: a resource in no patient's compartment. */
  readonly contexts?: readonly string[];
  /** Without it the app does not work; else it loses what `why` says, and says so. */
  readonly required: boolean;
  readonly why: string;
}

type Issuer = Pick<
  IssuerConfig,
  | 'vendor'
  | 'store'
  | 'sinks'
  | 'carriers'
  | 'canRetract'
  | 'hospitalStore'
  | 'recommendationSource'
>;

const need = (type: string, letters: string, why: string): NeededScope => ({
  type,
  letters,
  required: true,
  why,
});
const wish = (type: string, letters: string, why: string): NeededScope => ({
  ...need(type, letters, why),
  required: false,
});

const ALWAYS: readonly NeededScope[] = [
  need('openid', '', 'who is signed in'),
  need('fhirUser', '', 'who is signed in: without it nothing can be recorded'),
  need('Patient', 'r', 'the banner and the wrong-patient guard'),
  need('Observation', 'rs', 'inputs, trends, newer results, earlier answers'),
  wish('Encounter', 'r', 'the unit at the time of the answer'),
  wish('Practitioner', 'r', 'names of colleagues'),
  wish('PractitionerRole', 's', 'the role of who answers'),
];

const MODEL_FACTS: readonly NeededScope[] = [
  wish('Device', 'rs', 'facts about the AI model'),
  wish('DocumentReference', 'rs', 'model cards'),
  wish('Provenance', 's', 'learning that something is AI output'),
];

/** What a token of this EHR must allow, from the configured carriers, sinks and watch rules. */
export function neededScopes(
  issuer: Issuer,
  kinds: readonly Pick<KindConfig, 'watch'>[] = [],
): readonly NeededScope[] {
  const here = issuer.recommendationSource === 'ehr';
  const watched = new Set(kinds.flatMap(({ watch }) => watch.map(({ resource }) => resource)));
  watched.delete('Observation');
  return [
    ...ALWAYS,
    ...(here ? [...issuer.carriers.flatMap(carrierScopes), ...MODEL_FACTS] : []),
    ...[...watched].map((type) => wish(type, 's', 'what is new in the chart')),
    ...writing(issuer),
    ...(issuer.vendor === 'medplum'
      ? [need('StructureDefinition', 'rs', 'Medplum checks each write against its profile')]
      : []),
  ];
}

function carrierScopes(carrier: string): readonly NeededScope[] {
  if (carrier === 'Observation') return [];
  if (carrier !== 'GuidanceResponse') return [need(carrier, 'rs', 'recommendations')];
  return [
    // In no patient's compartment.
    { ...need(carrier, 'rs', 'recommendations by CDS Hooks'), contexts: ['user', 'system'] },
    need('RequestGroup', 'rs', 'the content of a GuidanceResponse'),
  ];
}

function writing(issuer: Issuer): readonly NeededScope[] {
  const ids = new Set(sinksOf(issuer).map(({ id }) => id));
  const observations = ids.has('fhir-observation');
  return [
    ...(observations || ids.has('epic-flowsheet') ? [need('Observation', 'c', 'answers')] : []),
    ...(observations && issuer.canRetract
      ? [wish('Observation', 'u', 'taking an answer back as entered in error')]
      : []),
    ...(ids.has('document-note') ? [need('DocumentReference', 'c', 'the clinical note')] : []),
    ...(observations && issuer.hospitalStore
      ? [
          wish('Provenance', 'c', 'recording who verified a recommendation'),
          { ...wish('AuditEvent', 'c', 'the audit trail'), contexts: ['user'] },
        ]
      : []),
  ];
}

/** What these scopes, asked for or granted, leave out; a need shrinks to the letters it lacks. */
export function lackingScopes(
  needed: readonly NeededScope[],
  scopes: readonly string[],
): readonly NeededScope[] {
  return needed.flatMap((one) => {
    if (one.letters === '') return scopes.includes(one.type) ? [] : [one];
    const letters = missingLetters(scopes, one.type, one.letters, one.contexts);
    return letters === '' ? [] : [{ ...one, letters }];
  });
}

/** "patient/Observation.rs (inputs, …)" */
export const scopeInWords = ({ type, letters, contexts = ['patient'], why }: NeededScope): string =>
  `${letters === '' ? type : `${contexts[0]}/${type}.${letters}`} (${why})`;

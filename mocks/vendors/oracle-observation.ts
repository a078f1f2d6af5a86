import type { Observation, Resource } from '@medplum/fhirtypes';
import { SYSTEM } from '#src/fhir/codes.ts';
import { keptFields } from './kept-fields.ts';
import type { Refusal } from './profile.ts';

const STATUSES: ReadonlySet<string> = new Set(['final', 'amended', 'corrected']);
/** [ORA] imaging is taken for these three codes (LOINC) only. */
const IMAGING: ReadonlySet<string> = new Set(['96912-1', '96913-9', '96914-7']);
/** Codes of the site's own: code set 72 of Millennium. */
const PROPRIETARY = /\/codeSet\/72$/;
const LAB_VALUES = [
  'valueQuantity',
  'valueCodeableConcept',
  'valueString',
  'valueDateTime',
] as const;

/** The rules of Observation.create [CER, ORA], one by one; each is answered 422. */
export function refuseObservation(observation: Observation): Refusal | undefined {
  const wrong = (text: string): Refusal => ({ status: 422, text });
  const categories =
    observation.category?.flatMap(
      ({ coding }) => coding?.flatMap(({ code }) => code ?? []) ?? [],
    ) ?? [];
  const [category = ''] = categories;
  if (categories.length !== 1 || !isTaken(category, observation)) {
    return wrong('category must be exactly one of vital-signs and laboratory');
  }
  if (!STATUSES.has(observation.status)) {
    return wrong('status must be final, amended or corrected');
  }
  if (!observation.effectiveDateTime?.includes('T')) {
    return wrong('effectiveDateTime with a time is required');
  }
  if (mixesCodes(observation)) return wrong('standard and proprietary codes cannot be mixed');
  return category === 'vital-signs' ? refuseVital(observation) : refuseLab(observation);
}

function isTaken(category: string, { code }: Observation): boolean {
  if (category === 'imaging') {
    return (code.coding ?? []).some((one) => IMAGING.has(one.code ?? ''));
  }
  return category === 'vital-signs' || category === 'laboratory';
}

function mixesCodes({ code }: Observation): boolean {
  const own = (code.coding ?? []).map(({ system }) => PROPRIETARY.test(system ?? ''));
  return own.includes(true) && own.includes(false);
}

/** That the clinician has an active relationship with the patient is not played here. */
function refuseVital({ performer, valueQuantity }: Observation): Refusal | undefined {
  if (valueQuantity === undefined) {
    return { status: 422, text: 'a vital sign takes a valueQuantity' };
  }
  const named = performer?.some(({ reference }) => reference?.startsWith('Practitioner/'));
  return named ? undefined : { status: 422, text: 'a Practitioner as performer is required' };
}

const refuseLab = (lab: Observation): Refusal | undefined =>
  LAB_VALUES.some((name) => lab[name] !== undefined)
    ? undefined
    : { status: 422, text: `one of ${LAB_VALUES.join(', ')} is required` };

const FIELDS = [
  'status',
  'category',
  'code',
  'subject',
  'encounter',
  'effectiveDateTime',
  'performer',
  ...LAB_VALUES,
  'interpretation',
  'note',
  'referenceRange',
];

/** [CER] Components of blood pressure (LOINC 85354-9) and of SpO2 (59408-5, 2708-6) only. */
const WITH_COMPONENTS: ReadonlySet<string> = new Set(['85354-9', '59408-5', '2708-6']);

/** [CER] "Unsupported fields are ignored": 201, and they are gone. */
export function keepObservation(observation: Observation): Resource {
  const components = observation.code.coding?.some(
    ({ code, system }) => system === SYSTEM.loinc && WITH_COMPONENTS.has(code ?? ''),
  );
  return keptFields(observation, components ? [...FIELDS, 'component'] : FIELDS);
}

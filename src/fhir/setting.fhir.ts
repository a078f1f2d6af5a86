import type { Coding } from '#src/domain/coding.ts';
import { codings } from './datatypes.ts';
import { defined, get, isObject, type Json, objects, token } from './read.ts';
import { parseReference, plainReference } from './reference.ts';

/** Where and as what somebody answers, as the EHR says at that moment. */
export interface Setting {
  /** The unit of the encounter now ("Location/5b"). */
  readonly location?: string;
  /** Every place of the encounter now that is larger than a room: a unit, and what it is part of. */
  readonly units?: readonly string[];
  /** The clinician's role, first active PractitionerRole. */
  readonly role?: Coding;
}

/** Reads Encounter and PractitionerRole among `resources`; what is missing stays absent. */
export function readSetting(
  resources: readonly unknown[],
  encounterId: string | undefined,
  server: string,
): Setting {
  const all = resources.filter(isObject);
  const encounter = all.find(
    (one) => get(one, 'resourceType') === 'Encounter' && get(one, 'id') === encounterId,
  );
  const role = all
    .filter((one) => get(one, 'resourceType') === 'PractitionerRole')
    .find((one) => get(one, 'active') !== false);
  return defined<Setting>({
    location: encounter && currentLocation(encounter, server),
    units: encounter && currentUnits(encounter, server),
    role: objects(get(role, 'code')).flatMap((code) => codings(code))[0],
  });
}

/** `active` before planned or completed; the last one listed wins among equals. */
const currentLocation = (encounter: Json, server: string): string | undefined =>
  placeIn(currentPlaces(encounter).at(-1), server);

const SMALLER_THAN_A_UNIT: readonly unknown[] = ['ro', 'bd'];

/** Undefined where only a room or a bed is named: of which unit it is part is not told here. */
function currentUnits(encounter: Json, server: string): readonly string[] | undefined {
  const units = currentPlaces(encounter)
    .filter((place) => !codes(get(place, 'physicalType')).some(isSmall))
    .flatMap((place) => placeIn(place, server) ?? []);
  return units.length > 0 ? units : undefined;
}

const codes = (concept: unknown) => codings(concept).map(({ code }) => code);
const isSmall = (code: string): boolean => SMALLER_THAN_A_UNIT.includes(code);

function currentPlaces(encounter: Json): readonly Json[] {
  const places = objects(get(encounter, 'location'));
  const active = places.filter((place) => get(place, 'status') === 'active');
  const open = places.filter(
    (place) => get(place, 'status') === undefined && get(get(place, 'period'), 'end') === undefined,
  );
  return active.length > 0 ? active : open;
}

function placeIn(place: unknown, server: string): string | undefined {
  const reference = token(get(get(place, 'location'), 'reference'));
  const target = parseReference(reference, server);
  return target?.ref.type === 'Location' ? plainReference(target.ref, server) : undefined;
}

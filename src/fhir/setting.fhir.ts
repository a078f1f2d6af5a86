import type { Coding } from '#src/domain/coding.ts';
import { codings } from './datatypes.ts';
import { defined, get, isObject, type Json, objects, token } from './read.ts';
import { parseReference, plainReference } from './reference.ts';

/** Where and as what somebody answers, as the EHR says at that moment. */
export interface Setting {
  /** The unit of the encounter now ("Location/5b"). */
  readonly location?: string;
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
    role: objects(get(role, 'code')).flatMap((code) => codings(code))[0],
  });
}

/** `active` before planned or completed; the last one listed wins among equals. */
function currentLocation(encounter: Json, server: string): string | undefined {
  const places = objects(get(encounter, 'location'));
  const active = places.filter((place) => get(place, 'status') === 'active');
  const open = places.filter(
    (place) => get(place, 'status') === undefined && get(get(place, 'period'), 'end') === undefined,
  );
  const place = (active.length > 0 ? active : open).at(-1);
  const reference = token(get(get(place, 'location'), 'reference'));
  const target = parseReference(reference, server);
  return target?.ref.type === 'Location' ? plainReference(target.ref, server) : undefined;
}

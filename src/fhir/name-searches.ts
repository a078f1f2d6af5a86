import { readDevice } from './device.fhir.ts';
import { get, line } from './read.ts';
import { refOf } from './reference.ts';
import { basisSearches, chunks, escaped, type FhirSearch, IDS_PER_SEARCH } from './search.ts';

const byReference = (references: readonly string[], server: string): readonly FhirSearch[] =>
  basisSearches(
    references.map((reference) => ({ reference })),
    server,
  );

/** Devices of models as figures name them: by identifier, or by reference where a Device has none. */
export function modelSearches(models: readonly string[], server: string): readonly FhirSearch[] {
  const references = models.filter((one) => one.includes('Device/'));
  const identifiers = models.filter((one) => !references.includes(one));
  return [
    ...byReference(references, server),
    ...chunks(identifiers, IDS_PER_SEARCH).map(
      (some): FhirSearch => ({
        type: 'Device',
        params: [
          ['identifier', some.map(escaped).join(',')],
          ['_count', '100'],
        ],
      }),
    ),
  ];
}

/** Locations of units (`Location/…`) by `_id`; those of another server are not asked for here. */
export const unitSearches = (units: readonly string[], server: string): readonly FhirSearch[] =>
  byReference(units, server).filter(({ type }) => type === 'Location');

export interface ModelName {
  readonly name: string;
  readonly version: string | undefined;
}

/** By all that figures may name a model by: identifier and reference. A Device without a name is left out. */
export function modelNames(
  resources: readonly unknown[],
  server: string,
): ReadonlyMap<string, ModelName> {
  return new Map(
    resources.flatMap((one) => {
      const found = readDevice(one, server);
      const named = found.ok && !found.problems.some(({ path }) => path === 'Device.deviceName');
      if (!named) return [];
      const { name, version, identifier, ref } = found.value;
      const place = ref && `Device/${ref.id}`;
      const ids = [identifier?.value, place, place && `${server}/${place}`];
      return ids.flatMap((id) => (id === undefined ? [] : [[id, { name, version }] as const]));
    }),
  );
}

/** `Location.name` by its reference. */
export function unitNames(
  resources: readonly unknown[],
  server: string,
): ReadonlyMap<string, string> {
  return new Map(
    resources.flatMap((one) => {
      const ref = refOf(one, server);
      const name = line(get(one, 'name'));
      if (ref === undefined || ref.type !== 'Location' || name === undefined) return [];
      const place = `Location/${ref.id}`;
      return [place, `${server}/${place}`].map((id) => [id, name] as const);
    }),
  );
}

import { useQuery } from '@tanstack/react-query';
import { blockOf } from '#src/domain/aggregates/blocks.ts';
import { codings } from '#src/fhir/datatypes.ts';
import { get } from '#src/fhir/read.ts';
import { refOf } from '#src/fhir/reference.ts';
import { BLOCK_MS, dayText } from '../dashboard/filter.ts';
import { PLACES, viewOf } from '../dashboard/published.ts';
import { type GovernanceDeps, useGovernanceDeps } from './deps.ts';

/** Where a state can be said to hold. */
export interface Places {
  readonly sites: readonly string[];
  /** References on the registry. */
  readonly units: readonly string[];
}

/** Of `location-physical-type`: a ward. Beds and rooms are no place of a decision about a model. */
const WARD = 'wa';

/** Sites and units that published figures name, and the wards that the server has. */
export async function readPlaces(
  { gateway, config, clock, readPublished }: GovernanceDeps,
  signal: AbortSignal,
): Promise<Places> {
  const day = dayText(clock.now());
  const from = dayText(Date.parse(blockOf(day)) - 2 * BLOCK_MS);
  const view = viewOf(PLACES);
  const [{ aggregates }, locations] = await Promise.all([
    readPublished([view], { from, until: day }, { signal }),
    gateway.search({ type: 'Location', params: [['_count', '200']] }, { signal }),
  ]);
  const slices = [...(aggregates.get(view.name) ?? new Map()).values()].map(({ slice }) => slice);
  const named = (dimension: 'site' | 'unit'): readonly string[] =>
    slices.flatMap((slice) => slice[view.by.indexOf(dimension)] ?? []);
  const wards = locations.matches.flatMap((one) => {
    const ref = refOf(one, gateway.baseUrl);
    const isWard = codings(get(one, 'physicalType')).some(({ code }) => code === WARD);
    return ref?.type === 'Location' && isWard ? [`Location/${ref.id}`] : [];
  });
  const once = (all: readonly string[]) => [...new Set(all)].toSorted();
  return {
    sites: once([config.siteName, ...named('site')]),
    units: once([...wards, ...named('unit')]),
  };
}

export function usePlaces(wanted: boolean) {
  const deps = useGovernanceDeps();
  return useQuery({
    queryKey: [deps.gateway.baseUrl, 'places'],
    queryFn: ({ signal }) => readPlaces(deps, signal),
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

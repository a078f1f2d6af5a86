import { type ModelStateRecord, type StandingState, standingState } from './model-state.ts';

/** What holds at one of the places that the records of a model tell apart. */
export interface PlaceStanding {
  /** Absent: at every site that no record names. */
  readonly site?: string;
  /** Location reference; absent: in every unit there that no record names. */
  readonly unit?: string;
  readonly standing: StandingState;
}

/** Where no record says anything of its own: no site and no unit is called so. */
const NOWHERE = '';

/**
 * What holds where, first at every place that no record names; then the sites and units where something
 * else does. A pilot counts for those whom it lists.
 * @param records of one model version
 */
export function standingPlaces(
  records: readonly ModelStateRecord[],
  now: number,
): readonly [PlaceStanding, ...PlaceStanding[]] {
  const clinicians = [...new Set(records.flatMap((one) => one.clinicians))];
  const at = (site: string | undefined, unit: string | undefined): PlaceStanding => ({
    ...(site !== undefined && { site }),
    ...(unit !== undefined && { unit }),
    standing: standingState(
      records,
      { site: site ?? NOWHERE, units: [unit ?? NOWHERE], clinicians },
      now,
    ),
  });
  const elsewhere = at(undefined, undefined);
  const named = Map.groupBy(
    records.flatMap(({ site, units }) =>
      units.length === 0
        ? [{ site, unit: undefined }]
        : units.map((unit): { site: string | undefined; unit: string | undefined } => ({
            site,
            unit,
          })),
    ),
    (one) => JSON.stringify(one),
  );
  const places = [...named.values()].flatMap(([one]) => (one ? [at(one.site, one.unit)] : []));
  const others = places.filter(
    ({ standing }) => standing.record?.id !== elsewhere.standing.record?.id,
  );
  return [elsewhere, ...others];
}

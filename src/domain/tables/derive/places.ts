import type { EncounterRow } from '../encounters.ts';
import { type LocalTime, localCalendar } from './local-calendar.ts';
import type { SiteSettings, TableSettings } from './settings.ts';

export interface Places {
  /** The unit on which the patient was then; null where no stay covers it. */
  unitAt(encounter: string | null, at: number | null): string | null;
  siteOf(unit: string | null): string;
  localTime(site: string | null, at: number | null): LocalTime | undefined;
}

/** Where stays touch or overlap, the later arrival is where the patient is. */
function unitAt(stays: readonly EncounterRow[] | undefined, at: number | null): string | null {
  if (stays === undefined || at === null) return null;
  const here = stays.filter(
    ({ stay_start, stay_end }) => (stay_start ?? -Infinity) <= at && at < (stay_end ?? Infinity),
  );
  return here.toSorted((a, b) => b.stay - a.stay)[0]?.unit ?? null;
}

/** Throws `UnknownTimeZoneError` where the settings name a zone that is none. */
export function places(settings: TableSettings, stays: readonly EncounterRow[]): Places {
  const calendars = new Map(
    settings.sites.map((one) => [one.site, localCalendar(one.timeZone)] as const),
  );
  const byUnit = new Map(
    settings.sites.flatMap((one: SiteSettings) =>
      (one.units ?? []).map((unit) => [unit, one.site] as const),
    ),
  );
  const byEncounter = Map.groupBy(
    stays.filter(({ status }) => status === 'final'),
    (stay) => stay.encounter_id,
  );
  const [home] = settings.sites;
  return {
    unitAt: (encounter, at) => (encounter === null ? null : unitAt(byEncounter.get(encounter), at)),
    siteOf: (unit) => (unit === null ? home.site : (byUnit.get(unit) ?? home.site)),
    localTime: (site, at) => (at === null ? undefined : calendars.get(site ?? home.site)?.(at)),
  };
}

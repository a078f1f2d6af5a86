import {
  type Aggregates,
  aggregate,
  mergeAggregates,
  negative,
} from '#src/domain/aggregates/aggregates.ts';
import { DASHBOARD_VIEWS } from '#src/domain/aggregates/views.ts';
import { factsOf } from '#src/domain/metrics/facts/facts.ts';
import type { SlicedCounts } from '#src/domain/metrics/slices.ts';
import { deriveTables } from '#src/domain/tables/derive/derive-tables.ts';
import type { SiteSettings } from '#src/domain/tables/derive/settings.ts';
import { feedbackSince, rowsOfPatient } from '#src/fhir/feedback-searches.ts';
import { get, token } from '#src/fhir/read.ts';
import { readTables } from '#src/fhir/tables/read-tables.ts';
import { isNeededFirst } from '#src/fhir/tables/table-context.ts';
import type { RequestOptions } from '#src/io/gateway.ts';
import type { DashboardDeps } from './deps.ts';

/** More than this since the last publishing, and it is publishing that has to run. */
export const MOST_RECENT = 100;
const MOST_PATIENTS = 40;

/** Views of what clinicians did. Labels come by rules that only publishing knows. */
const FOLLOWED_VIEWS = DASHBOARD_VIEWS.filter(
  ({ byPatient, metric }) =>
    byPatient &&
    ['adoption', 'reach', 'reasons', 'response-time', 'equity', 'clinician-variation'].includes(
      metric,
    ),
);

/** Whether what is recent can change a view. */
export const isFollowed = (view: string): boolean =>
  FOLLOWED_VIEWS.some(({ name }) => name === view);

/** The sites and units that published counts name; what they do not name belongs to the first. */
export function sitesIn(
  counts: SlicedCounts,
  by: readonly string[],
  timeZone: string,
  fallback: string,
) {
  const units = new Map<string, Set<string>>();
  for (const { slice } of counts.values()) {
    const [site, unit] = [slice[by.indexOf('site')], slice[by.indexOf('unit')]];
    if (site == null) continue;
    const known = units.get(site) ?? new Set<string>();
    if (unit != null) known.add(unit);
    units.set(site, known);
  }
  const sites = [...units].map(
    ([site, known]): SiteSettings => ({ site, timeZone, units: [...known] }),
  );
  const [first = { site: fallback, timeZone }, ...others] = sites;
  return [first, ...others] as const;
}

/**
 * What answers since `asOf` change in the published counts: the rows of the few patients that they are
 * about, counted as they are now, less the same counted as they were. Undefined: too many patients.
 */
export async function readTail(
  { gateway, issuer }: Pick<DashboardDeps, 'gateway' | 'issuer'>,
  asOf: number,
  sites: readonly [SiteSettings, ...SiteSettings[]],
  options: RequestOptions,
): Promise<Aggregates | undefined> {
  const { matches } = await gateway.search(feedbackSince(asOf), { ...options, cap: MOST_RECENT });
  const patients = new Set(
    matches.flatMap((one) => token(get(get(one, 'subject'), 'reference'), 2_048) ?? []),
  );
  const here = [...patients].filter((one) => one.startsWith('Patient/'));
  if (here.length > MOST_PATIENTS) return undefined;
  const pages = await Promise.all(
    here
      .flatMap((patient) => rowsOfPatient(patient, issuer.carriers))
      .map((search) => gateway.search(search, options)),
  );
  const resources = pages.flatMap((page) => [...page.matches, ...page.included]);
  const { read } = readTables(resources, {
    server: gateway.baseUrl,
    issuer: issuer.iss,
    sink: issuer.store ? 'hospital-store' : 'fhir-observation',
    source: issuer,
    known: resources.filter(isNeededFirst),
  });
  const timeZone = sites[0].timeZone;
  const count = (settings: { readonly asOf?: number }): Aggregates =>
    aggregate(factsOf(deriveTables(read, { sites, ...settings }), { timeZone }), FOLLOWED_VIEWS);
  return mergeAggregates(count({}), negative(count({ asOf })));
}

import { useQuery } from '@tanstack/react-query';
import { missingLetters } from '#src/domain/connection/scopes.ts';
import type { DecisionRow } from '#src/domain/tables/decisions.ts';
import { deriveTables } from '#src/domain/tables/derive/derive-tables.ts';
import { answersBetween } from '#src/fhir/feedback-searches.ts';
import { readTables } from '#src/fhir/tables/read-tables.ts';
import type { RequestOptions } from '#src/io/gateway.ts';
import { type DashboardDeps, type Period, useDashboardDeps } from './deps.ts';

/** What of the decisions in a period is looked for; what is absent does not matter. */
export interface Behind {
  readonly model?: string | undefined;
  readonly version?: string | undefined;
  readonly unit?: string | undefined;
  readonly reason?: string | undefined;
}

/** So many are fetched at most; a list of more is nothing that anybody reads. */
export const MOST_DECISIONS = 300;
const DAY_MS = 86_400_000;

export interface Decisions {
  readonly rows: readonly DecisionRow[];
  /** There are more than were looked at. */
  readonly capped: boolean;
}

/** @param week Monday of a week of the site. */
const isWithin = (week: string | null, from: string, until: string): boolean =>
  week !== null && from <= week && week <= until;

/** Answers in the weeks of a period, newest first, filtered here: servers do not search by component. */
export async function readDecisions(
  {
    gateway,
    issuer,
    timeZone,
    config,
  }: Pick<DashboardDeps, 'gateway' | 'issuer' | 'timeZone' | 'config'>,
  { from, until }: Period,
  behind: Behind,
  options: RequestOptions,
): Promise<Decisions> {
  // Weeks are the site's, and a day begins up to 14 hours before or after that of UTC.
  const search = answersBetween(Date.parse(from) - DAY_MS, Date.parse(until) + 2 * DAY_MS);
  const page = await gateway.search(search, { ...options, cap: MOST_DECISIONS });
  const { read } = readTables(page.matches, {
    server: gateway.baseUrl,
    issuer: issuer.iss,
    sink: issuer.store ? 'hospital-store' : 'fhir-observation',
    source: issuer,
    known: [],
  });
  const { decisions = [] } = deriveTables(read, { sites: [{ site: config.siteName, timeZone }] });
  const fits = (row: DecisionRow): boolean =>
    row.status === 'final' &&
    isWithin(row.decided_week, from, until) &&
    (behind.model === undefined || row.model_id === behind.model) &&
    (behind.version === undefined || row.model_version === behind.version) &&
    (behind.unit === undefined || row.unit === behind.unit) &&
    (behind.reason === undefined || row.reason_code === behind.reason);
  return {
    rows: decisions.filter(fits).toSorted((a, b) => (b.decided_at ?? 0) - (a.decided_at ?? 0)),
    capped: page.truncated,
  };
}

/** Whether this token may see single decisions and their patients at all. */
export function useRights() {
  const { scopes } = useDashboardDeps();
  const may = (type: string, letters: string): boolean =>
    missingLetters(scopes, type, letters, ['user']) === '';
  return { decisions: may('Observation', 's'), patients: may('Patient', 'r') };
}

export function useDecisions(period: Period, behind: Behind) {
  const deps = useDashboardDeps();
  const { decisions } = useRights();
  return useQuery({
    queryKey: [deps.gateway.baseUrl, 'decisions', period, behind],
    queryFn: ({ signal }) => readDecisions(deps, period, behind, { signal }),
    enabled: decisions,
  });
}

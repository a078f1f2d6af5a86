import { type QueryFunctionContext, queryOptions } from '@tanstack/react-query';
import type { Coding } from '#src/domain/coding.ts';
import { namedRecommendations } from '#src/domain/launch-context.ts';
import type { Recommendation } from '#src/domain/recommendation.ts';
import { readPatient } from '#src/fhir/patient.fhir.ts';
import {
  basisSearches,
  byIdentifier,
  type FhirSearch,
  recommendationSearches,
  requestGroups,
  responsesOf,
  seriesSearch,
  settingSearches,
  watchSearches,
} from '#src/fhir/search.ts';
import { readSetting } from '#src/fhir/setting.fhir.ts';
import type { Deps } from './deps.ts';
import { type Asked, allOf, ask, fetchParts, type Part } from './fetch-parts.ts';
import { answerServers, sourceOf } from './read-servers.ts';
import { supportSearches } from './support-searches.ts';

/**
 * Two rounds. The first four queries need only the patient's id and start together; `support` needs
 * what the recommendations point to. The chart is the EHR's; `read-servers.ts` says what else is read where. Keys begin with issuer and patient, so that nothing of another
 * patient can ever answer for this one.
 */
const keys = (deps: Deps, patientId: string, part: string) =>
  [deps.session.issuer, patientId, part] as const;

function refreshParts(
  asked: readonly Asked[],
  { signal, client, queryKey }: QueryFunctionContext,
): Promise<readonly Part[]> {
  return fetchParts(asked, signal, client.getQueryData(queryKey));
}

export const patientQuery = (deps: Deps, patientId: string) =>
  queryOptions({
    queryKey: keys(deps, patientId, 'patient'),
    queryFn: async ({ signal }) => {
      const read = readPatient(await deps.gateway.read('Patient', patientId, { signal }));
      if (!read.ok) throw new Error(read.problem.message);
      return read.value;
    },
  });

export const recommendationsQuery = (deps: Deps, patientId: string) =>
  queryOptions({
    queryKey: keys(deps, patientId, 'recommendations'),
    queryFn: (context) => {
      const { carriers } = deps.issuer;
      const source = sourceOf(deps, patientId);
      const searches = [
        ...recommendationSearches(source.patientId, carriers),
        ...namedSearches(deps, source.server),
      ];
      if (carriers.includes('GuidanceResponse')) searches.push(requestGroups(source.patientId));
      return refreshParts(ask(source, searches), context);
    },
    refetchInterval: 60_000,
  });

/**
 * What the launch points to, even where a search by patient would not list it; looked for where this
 * site has its recommendations, and nowhere else.
 */
function namedSearches(deps: Deps, source: string): FhirSearch[] {
  return namedRecommendations(deps.session).flatMap(({ reference, identifier, type }) =>
    reference !== undefined
      ? basisSearches([{ reference }], source)
      : identifier && type
        ? [byIdentifier(type, identifier)]
        : [],
  );
}

/** Unit and role at this moment; an EHR that does not tell is no reason to stop anybody. */
export const settingQuery = (deps: Deps, patientId: string) =>
  queryOptions({
    queryKey: keys(deps, patientId, 'setting'),
    queryFn: async ({ signal }) => {
      const { encounterId, performer, issuer } = deps.session;
      const searches = settingSearches(encounterId, performer);
      const parts = await fetchParts(ask(deps, searches), signal);
      return readSetting(allOf(parts), encounterId, issuer);
    },
  });

export const answersQuery = (deps: Deps, patientId: string) =>
  queryOptions({
    queryKey: keys(deps, patientId, 'answers'),
    queryFn: (context) => {
      const servers = answerServers(deps, patientId);
      return refreshParts(
        servers.flatMap((one) => ask(one, [responsesOf(one.patientId)])),
        context,
      );
    },
    // Without them an answered card looks open: asked for again soon when they did not come.
    refetchInterval: ({ state }) =>
      state.data?.some((part) => part.failure !== undefined) ? 10_000 : 60_000,
  });

export const chartQuery = (deps: Deps, patientId: string) =>
  queryOptions({
    queryKey: keys(deps, patientId, 'chart'),
    queryFn: (context) => refreshParts(ask(deps, chartSearches(deps, patientId)), context),
    refetchInterval: 60_000,
  });

function chartSearches(deps: Deps, patientId: string): FhirSearch[] {
  const { kinds } = deps.config;
  const hours = Math.max(...kinds.map((kind) => kind.seriesHours));
  const since = new Date(deps.clock.now() - hours * 3_600_000).toISOString();
  const series = seriesSearch(patientId, unique(kinds.flatMap((kind) => kind.series)), since);
  // One search per resource type serves every rule: rules are told apart locally.
  const rules = [...new Set(kinds.flatMap((kind) => kind.watch.map((rule) => rule.resource)))].map(
    (resource) => ({
      label: resource,
      resource,
      codes: watchedCodes(deps, resource),
    }),
  );
  return [...(series ? [series] : []), ...watchSearches(patientId, rules, since)];
}

/** One rule without codes watches everything of its type, whatever the others name. */
function watchedCodes({ config }: Deps, resource: string): readonly Coding[] {
  const rules = config.kinds.flatMap((kind) =>
    kind.watch.filter((rule) => rule.resource === resource),
  );
  return rules.some((rule) => rule.codes.length === 0)
    ? []
    : unique(rules.flatMap((rule) => rule.codes));
}

/** What the recommendations rest on: inputs, models with their state and cards, names. */
export const supportQuery = (
  deps: Deps,
  patientId: string,
  recommendations: readonly Recommendation[],
  known: readonly Part[],
  people: readonly string[],
) =>
  queryOptions({
    queryKey: [
      ...keys(deps, patientId, 'support'),
      recommendations.map((one) => `${one.id}@${one.version}`),
      people,
    ],
    queryFn: (context) =>
      refreshParts(supportSearches(deps, patientId, recommendations, known, people), context),
  });

function unique<T extends { system: string; code: string }>(codings: readonly T[]): T[] {
  return [...new Map(codings.map((one) => [`${one.system}|${one.code}`, one])).values()];
}

import { useQuery } from '@tanstack/react-query';
import { regroup } from '#src/domain/aggregates/aggregates.ts';
import { blockOf, lastDayOf } from '#src/domain/aggregates/blocks.ts';
import type {
  GateCounts,
  GateFacts,
  GroupCounts,
} from '#src/domain/governance/lifecycle/gate-facts.ts';
import { cellOfGroups, groupsOf } from '#src/domain/metrics/contrast.ts';
import type { Counts } from '#src/domain/metrics/counts.ts';
import { byCell, EMPTY } from '#src/domain/metrics/counts.ts';
import { SIGNAL_TEXTS } from '#src/domain/monitoring/texts.ts';
import { fromRolloutLibrary, rolloutUrl } from '#src/fhir/governance/rollout.fhir.ts';
import { readTask } from '#src/fhir/governance/task.fhir.ts';
import { tasksOf } from '#src/fhir/governance/work-searches.ts';
import { fromLabelsLibrary, LABELS_LIBRARY } from '#src/fhir/published-labels.fhir.ts';
import { fromSignalsLibrary, SIGNALS_LIBRARY } from '#src/fhir/published-signals.fhir.ts';
import { get } from '#src/fhir/read.ts';
import type { RequestOptions } from '#src/io/gateway.ts';
import type { Published } from '../dashboard/deps.ts';
import { BLOCK_MS, dayText } from '../dashboard/filter.ts';
import { viewOf } from '../dashboard/published.ts';
import { type GovernanceDeps, useGovernanceDeps } from './deps.ts';
import type { RegisteredVersion } from './registry.ts';

/** What is on record; where the state is to hold, the form says. */
export type ReadFacts = Omit<GateFacts, 'units'>;

type Reading = Pick<GovernanceDeps, 'gateway' | 'clock' | 'readPublished'>;

const VIEWS = ['reach-weekly', 'adoption-weekly', 'accuracy-weekly', 'outcome-equity'] as const;
const NONE: ReadonlySet<string> = new Set(['rejected', 'cancelled', 'failed', 'entered-in-error']);

/** Everything that a gate about this version is answered from, for these clinicians. Throws `FhirError`. */
export async function readGateFacts(
  deps: Reading,
  version: RegisteredVersion,
  clinicians: readonly string[],
  options: RequestOptions,
): Promise<ReadFacts> {
  const { gateway, clock, readPublished } = deps;
  const { model, device, attributes } = version;
  const library = async (url: string): Promise<unknown> => {
    const { matches } = await gateway.search({ type: 'Library', params: [['url', url]] }, options);
    return matches.find((one) => get(one, 'url') === url);
  };
  const to = blockOf(dayText(clock.now()));
  const period = { from: dayText(Date.parse(to) - 2 * BLOCK_MS), until: lastDayOf(to) };
  const [published, signals, labels, plan, tasks] = await Promise.all([
    readPublished(VIEWS.map(viewOf), period, options),
    library(SIGNALS_LIBRARY),
    library(LABELS_LIBRARY),
    library(rolloutUrl(device)),
    gateway.search(tasksOf('training', 'incident', 'escalation'), options),
  ]);
  const of = (code: 'training' | 'incident' | 'escalation') =>
    tasks.matches
      .flatMap((one) => readTask(one, code, gateway.baseUrl) ?? [])
      .filter(({ status }) => !NONE.has(status));
  const trained = new Set(
    of('training')
      .filter(({ focus, status }) => focus === device && status === 'completed')
      .flatMap(({ owner }) => owner ?? []),
  );
  const incidents = of('incident');
  const escalations = of('escalation').filter(({ focus }) => focus === device);
  const done = escalations.filter(({ status }) => status === 'completed').length;
  return {
    card: attributes,
    owner: model.owner,
    contact: model.contact,
    period: `${period.from} to ${period.until}`,
    counts: published.asOf === undefined ? undefined : countsOf(published, version),
    monitoring: monitoringOf(signals, version),
    escalations: { open: escalations.length - done, done },
    labels: labelsOf(labels),
    trained: trained.size,
    toBeTrained:
      clinicians.length === 0
        ? undefined
        : {
            listed: clinicians.length,
            trained: clinicians.filter((one) => trained.has(one)).length,
          },
    incidents: {
      all: incidents.length,
      closed: incidents.filter(({ status }) => status === 'completed').length,
    },
    plan: fromRolloutLibrary(plan),
  };
}

/** As figures name this model: by identifier, else by reference. */
const namesOf = ({ model, device }: RegisteredVersion): readonly (string | null)[] => [
  model.identifier?.value ?? device,
  device,
];

function countsOf({ aggregates }: Published, version: RegisteredVersion): GateCounts | undefined {
  const names = namesOf(version);
  const own = (name: (typeof VIEWS)[number]): Counts => {
    const { by } = viewOf(name);
    const [modelAt, versionAt] = [by.indexOf('model'), by.indexOf('version')];
    const where = (slice: readonly (string | null)[]) =>
      names.includes(slice[modelAt] ?? null) &&
      (versionAt === -1 || slice[versionAt] === version.model.version);
    const kept = regroup(aggregates.get(name) ?? new Map(), by, [], { where });
    return [...kept.values()][0]?.counts ?? EMPTY;
  };
  const [reach, adoption, accuracy, equity] = VIEWS.map(own);
  if (!reach || !adoption || !accuracy || !equity) return undefined;
  const cells = (counts: Counts) => {
    const all = byCell(counts);
    return (name: string): number => all.get(name) ?? 0;
  };
  const [ofReach, ofAdoption, ofAccuracy] = [cells(reach), cells(adoption), cells(accuracy)];
  if (reach.size === 0 && accuracy.size === 0) return undefined;
  return {
    fired: ofReach('fired'),
    displayed: ofReach('displayed'),
    decided: ofReach('decided'),
    recorded: ofAdoption('recorded'),
    allDisplays: ofAdoption('displayed'),
    scored: ofAccuracy('fired') + ofAccuracy('silent'),
    silent: ofAccuracy('silent'),
    ...{ tp: ofAccuracy('tp'), fp: ofAccuracy('fp'), fn: ofAccuracy('fn'), tn: ofAccuracy('tn') },
    groups: groupsIn(equity),
  };
}

function groupsIn(counts: Counts): readonly GroupCounts[] {
  return groupsOf(counts, 'events').map(([name, events]) => {
    const [dimension = '', ...group] = name.split(' ');
    const [fired = 0] = cellOfGroups(counts, [name], 'fired');
    return { dimension, group: group.join(' '), fired, events };
  });
}

function monitoringOf(library: unknown, version: RegisteredVersion): GateFacts['monitoring'] {
  const found = library === undefined ? undefined : fromSignalsLibrary(library);
  if (!found?.ok) return undefined;
  const names = namesOf(version);
  const standing = found.value.signals.filter(
    ({ current, model_id, model_version }) =>
      current &&
      names.includes(model_id) &&
      (model_version === null || model_version === version.model.version),
  );
  return {
    asOf: Date.parse(found.value.asOf),
    standing: standing.map(({ name, since }) => `${SIGNAL_TEXTS[name].title} (since ${since})`),
  };
}

function labelsOf(library: unknown): GateFacts['labels'] {
  const found = library === undefined ? undefined : fromLabelsLibrary(library);
  return found?.ok ? found.value.labels : undefined;
}

/** @param wanted false: not needed yet. */
export function useGateFacts(
  version: RegisteredVersion,
  clinicians: readonly string[],
  wanted: boolean,
) {
  const deps = useGovernanceDeps();
  return useQuery({
    queryKey: [deps.gateway.baseUrl, 'gate', version.device, clinicians],
    queryFn: ({ signal }) => readGateFacts(deps, version, clinicians, { signal }),
    enabled: wanted,
  });
}

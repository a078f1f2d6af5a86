import { absoluteReference, sameCode } from '#src/domain/coding.ts';
import { latestInstant, mayBeLater } from '#src/domain/instant.ts';
import type { ChartChange, EvidenceValue } from '#src/domain/recommendation.ts';
import type { WatchRule } from '#src/domain/site-config.ts';
import { isOwnObservation } from './ai-observation.fhir.ts';
import { hasAiLabel } from './ai-origin.ts';
import { describeResource, happenedAt, medication } from './clinical-text.ts';
import { codings } from './datatypes.ts';
import { observedAt, readValue } from './observation-value.ts';
import { defined, get, type Json, token } from './read.ts';
import { buildPool, type ResourcePool, refOf } from './reference.ts';
import { subjectProblem } from './subject.ts';

export interface ReadChartChangesInput {
  readonly server: string;
  readonly patientId: string | undefined;
  /** When the recommendation was produced, as precise as it is; without it nothing is newer. */
  readonly producedAt: string | undefined;
  readonly rules: readonly WatchRule[];
  /** Watched resources and the Medications that they name. */
  readonly resources: readonly unknown[];
}

// What did not happen, or was taken back, is no change in the chart.
const NOT_IN_FORCE = ['entered-in-error', 'cancelled', 'not-done', 'revoked', 'draft', 'unknown'];
const MAX_CHANGES = 50;

/**
 * What the clinician must see because it is newer than the recommendation and of a watched kind,
 * newest first. Where precision leaves doubt it counts as newer. AI output, our own feedback and
 * proposals are not changes in the chart.
 */
export function readChartChanges(input: ReadChartChangesInput): readonly ChartChange[] {
  const { server, producedAt, rules, resources } = input;
  if (producedAt === undefined) return [];
  const pool = buildPool(server, resources);
  const changes = new Map<string, ChartChange>();
  for (const [key, resource] of pool) {
    if (key.includes('#') || !isChartContent(resource, input)) continue;
    const rule = rules.find((one) => matches(one, resource, pool, server));
    const change = rule === undefined ? undefined : toChange(rule, resource, pool, server);
    if (change !== undefined && mayBeLater(change.at, producedAt))
      changes.set(absoluteReference(change.ref), change);
  }
  return [...changes.values()]
    .toSorted(
      (a, b) => latestInstant(b.at) - latestInstant(a.at) || a.ref.id.localeCompare(b.ref.id),
    )
    .slice(0, MAX_CHANGES);
}

function isChartContent(resource: Json, { server, patientId }: ReadChartChangesInput): boolean {
  if (NOT_IN_FORCE.includes(token(get(resource, 'status'), 60) ?? '')) return false;
  if (get(resource, 'intent') === 'proposal' || hasAiLabel(resource) || isOwnObservation(resource))
    return false;
  return subjectProblem(get(resource, 'subject'), server, patientId, '', '') === undefined;
}

function matches(rule: WatchRule, resource: Json, pool: ResourcePool, server: string): boolean {
  if (rule.resource !== get(resource, 'resourceType')) return false;
  if (rule.codes.length === 0) return true;
  const concept = rule.resource.startsWith('Medication')
    ? medication(resource, pool, server)
    : get(resource, 'code');
  const known = codings(concept);
  return rule.codes.some((code) => known.some((one) => sameCode(one, code)));
}

function toChange(
  rule: WatchRule,
  resource: Json,
  pool: ResourcePool,
  server: string,
): ChartChange | undefined {
  const ref = refOf(resource, server);
  const isObservation = rule.resource === 'Observation';
  const at = isObservation ? observedAt(resource) : happenedAt(resource);
  if (ref === undefined || at === undefined) return undefined;
  const described = describeResource(resource, pool, server);
  const label = described.label ?? rule.label;
  if (!isObservation) {
    const value = defined<EvidenceValue>({ at, text: described.text });
    return { ref, label, watch: rule.label, at, value };
  }
  const read = readValue(resource);
  return { ref, label, watch: rule.label, at, value: read.shown, abnormality: read.abnormality };
}

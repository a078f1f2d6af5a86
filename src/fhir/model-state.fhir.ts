import { instantRange } from '#src/domain/instant.ts';
import { MODEL_STATES, type Model } from '#src/domain/recommendation.ts';
import { SYSTEM } from './codes.ts';
import { annotations, codings, hasCode, period } from './datatypes.ts';
import { defined, get, isObject, type Json, token } from './read.ts';
import { parseReference, plainReference } from './reference.ts';

/** Lifecycle state of one model as governance recorded it. */
export type ModelStateFact = Pick<Model, 'state' | 'stateSince' | 'stateReason'>;

const STATE_CODE = 'model-state';
const INVALID: readonly unknown[] = ['entered-in-error', 'cancelled', 'registered', 'preliminary'];

/**
 * The state of a model at `now` (epoch ms): the newest `model-state` Observation about it (fhir-contract
 * "Governance resources") whose `effectivePeriod` contains now. None, or an unknown code: `unknown`.
 * A period without limits on a side is open there; a start or end with only a day covers that day.
 */
export function readModelState(
  resources: readonly unknown[],
  deviceReference: string,
  server: string,
  now: number,
): ModelStateFact {
  const [newest] = resources
    .filter(isObject)
    .filter((one) => isAbout(one, deviceReference, server) && containsNow(one, now))
    .toSorted((a, b) => started(b) - started(a) || updated(b) - updated(a));
  const code = codings(get(newest, 'valueCodeableConcept')).find(
    (one) => one.system === SYSTEM.modelState,
  )?.code;
  return defined<ModelStateFact>({
    state: MODEL_STATES.find((one) => one === code) ?? 'unknown',
    stateSince: period(get(newest, 'effectivePeriod')).start,
    stateReason: annotations(get(newest, 'note')),
  });
}

function isAbout(resource: Json, deviceReference: string, server: string): boolean {
  if (get(resource, 'resourceType') !== 'Observation' || INVALID.includes(get(resource, 'status')))
    return false;
  if (!hasCode(get(resource, 'code'), SYSTEM.feedbackItem, STATE_CODE)) return false;
  const subject = parseReference(get(get(resource, 'subject'), 'reference'), server);
  return subject !== undefined && plainReference(subject.ref, server) === deviceReference;
}

function containsNow(resource: Json, now: number): boolean {
  const { start, end } = period(get(resource, 'effectivePeriod'));
  const [from, to] = [start, end].map((one) => (one === undefined ? undefined : instantRange(one)));
  // An end that was sent but cannot be read must not keep a model active for ever.
  const unreadableEnd =
    end === undefined && get(get(resource, 'effectivePeriod'), 'end') !== undefined;
  return !unreadableEnd && (from?.earliest ?? now) <= now && now <= (to?.latest ?? now);
}

const started = (resource: Json): number => {
  const { start } = period(get(resource, 'effectivePeriod'));
  return (start === undefined ? undefined : instantRange(start))?.earliest ?? 0;
};

const updated = (resource: Json): number =>
  Date.parse(token(get(get(resource, 'meta'), 'lastUpdated'), 40) ?? '') || 0;

import type { Library } from 'fhir/r4';
import { GATE_ITEMS } from '#src/domain/governance/lifecycle/gates.ts';
import type { RolloutPlan, RolloutStep } from '#src/domain/governance/lifecycle/rollout.ts';
import { fromJsonLibrary, libraryUrl, toJsonLibrary } from '../json-library.fhir.ts';
import { boolean, get, objects } from '../read.ts';

const idOf = (device: string): string => `rollout-${device.slice('Device/'.length)}`;

/** One plan for each model version; a new one takes the place of the last. */
export const rolloutUrl = (device: string): string => libraryUrl(idOf(device));

/** @param asOf ISO 8601 with offset @param by reference of who planned it */
export const toRolloutLibrary = (plan: RolloutPlan, asOf: string, by: string): Library =>
  toJsonLibrary({
    id: idOf(plan.device),
    name: 'RolloutPlan',
    title: 'Rollout plan of a model version',
    asOf,
    content: { ...plan, by },
  });

/** The plan whole or not at all: a step that cannot be read could be the one that must not begin. */
export function fromRolloutLibrary(resource: unknown): RolloutPlan | undefined {
  const said = fromJsonLibrary(resource);
  const device = get(said, 'device');
  const sent = objects(get(said, 'steps'));
  const steps = sent.flatMap((one) => readStep(one) ?? []);
  return typeof device === 'string' && steps.length === sent.length ? { device, steps } : undefined;
}

function readStep(one: unknown): RolloutStep | undefined {
  const [unit, from] = [get(one, 'unit'), get(one, 'from')];
  const stopOnBreach = boolean(get(one, 'stopOnBreach'));
  if (typeof unit !== 'string' || typeof from !== 'string' || stopOnBreach === undefined)
    return undefined;
  const said = get(one, 'entry');
  const entry = GATE_ITEMS.filter((item) => Array.isArray(said) && said.includes(item));
  return { unit, from, entry, stopOnBreach };
}

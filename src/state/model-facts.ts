import type { StandingState } from '#src/domain/governance/model-state.ts';
import type { Model, Recommendation } from '#src/domain/recommendation.ts';
import { modelCardReference, readDevice } from '#src/fhir/device.fhir.ts';
import { readModelCard } from '#src/fhir/model-card.fhir.ts';
import type { NamedModel } from '#src/fhir/model-state.fhir.ts';
import { buildPool, parseReference, type ResourcePool, resolve } from '#src/fhir/reference.ts';

type StandingOf = (model: NamedModel) => StandingState;

/**
 * What is known about a model, put together from Device, model card and registry.
 * @param standingOf what holds for it where it would be shown
 */
export function modelFacts(
  server: string,
  resources: readonly unknown[],
  standingOf: StandingOf,
): (recommendation: Recommendation) => Model {
  const pool = buildPool(server, resources);
  const known = new Map<string, Model>();
  return (recommendation) => {
    const key = recommendation.modelReference ?? `name:${recommendation.modelName ?? ''}`;
    const found = known.get(key) ?? assemble(recommendation, server, pool, standingOf);
    known.set(key, found);
    return found;
  };
}

function assemble(
  { modelReference, modelName }: Recommendation,
  server: string,
  pool: ResourcePool,
  standingOf: StandingOf,
): Model {
  const device = resolve(modelReference, server, pool);
  const read = readDevice(device, server);
  const base: Model = read.ok
    ? read.value
    : { name: modelName ?? 'Unnamed AI model', state: 'unknown' };
  const card = readModelCard(resolve(modelCardReference(device, server), server, pool));
  // A model is suspended also where its Device cannot be read.
  const ref = base.ref ?? parseReference(modelReference, server)?.ref;
  const { code, since, record } = standingOf({ ...base, ...(ref && { ref }) });
  return {
    ...base,
    state: code,
    ...(since !== undefined && { stateSince: since }),
    ...(record?.reason !== undefined && { stateReason: record.reason }),
    ...(record?.restriction !== undefined && { stateRestriction: record.restriction }),
    ...(card.ok && { card: card.value }),
  };
}

import { standingState } from '#src/domain/governance/model-state.ts';
import type { Model, Recommendation } from '#src/domain/recommendation.ts';
import { modelCardReference, readDevice } from '#src/fhir/device.fhir.ts';
import { readModelCard } from '#src/fhir/model-card.fhir.ts';
import { isAboutModel, readModelStates } from '#src/fhir/model-state.fhir.ts';
import { buildPool, type ResourcePool, resolve } from '#src/fhir/reference.ts';

/** What is known about a model, put together from Device, model card and lifecycle state. */
export function modelFacts(
  server: string,
  resources: readonly unknown[],
  now: number,
): (recommendation: Recommendation) => Model {
  const pool = buildPool(server, resources);
  const known = new Map<string, Model>();
  return (recommendation) => {
    const key = recommendation.modelReference ?? `name:${recommendation.modelName ?? ''}`;
    const found = known.get(key) ?? assemble(recommendation, server, resources, pool, now);
    known.set(key, found);
    return found;
  };
}

function assemble(
  recommendation: Recommendation,
  server: string,
  resources: readonly unknown[],
  pool: ResourcePool,
  now: number,
): Model {
  const { modelReference, modelName } = recommendation;
  const device = resolve(modelReference, server, pool);
  const read = readDevice(device, server);
  const base: Model = read.ok
    ? read.value
    : { name: modelName ?? 'Unnamed AI model', state: 'unknown' };
  const card = readModelCard(resolve(modelCardReference(device, server), server, pool));
  const records = readModelStates(resources, server).filter((one) => isAboutModel(one, base));
  const { code, since, record } = standingState(records, { units: [], clinicians: [] }, now);
  return {
    ...base,
    state: code,
    ...(since !== undefined && { stateSince: since }),
    ...(record?.reason !== undefined && { stateReason: record.reason }),
    ...(record?.restriction !== undefined && { stateRestriction: record.restriction }),
    ...(card.ok && { card: card.value }),
  };
}

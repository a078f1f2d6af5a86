import {
  isTrained,
  needsTraining,
  type TrainedModel,
} from '#src/domain/governance/feedback/training.ts';
import { referenceOn } from '#src/fhir/feedback/reference.fhir.ts';
import { readTrainingDone, trainedSearch } from '#src/fhir/governance/training.fhir.ts';
import type { Deps } from './deps.ts';
import { registryServer } from './registry.ts';

/**
 * Which models this clinician may not see advice of before their training. Asked with the registry and
 * as often; where nobody answers, nobody can tell, and the registry counts as not answering. Throws
 * `FhirError`.
 */
export async function untrainedIn(
  deps: Deps,
  signal: AbortSignal,
): Promise<(model: TrainedModel) => boolean> {
  const { config, session } = deps;
  const required = config.governance.trainingRequired;
  const gateway = registryServer(deps);
  // Who cannot be named has no record of a training, and can put none on record.
  if (session.performer === undefined) return (model) => needsTraining(required, model);
  const me = referenceOn(gateway.baseUrl, session.issuer, session.performer);
  const { matches } = await gateway.search(trainedSearch(me), { signal });
  const done = matches.flatMap((one) => readTrainingDone(one, gateway.baseUrl) ?? []);
  return (model) => needsTraining(required, model) && !isTrained(done, model);
}

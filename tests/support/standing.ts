import { type StandingState, standingState } from '#src/domain/governance/model-state.ts';
import { isAboutModel, readModelStates } from '#src/fhir/model-state.fhir.ts';

/** What a registry says of `Device/sepsis`, where nothing of the place is known. */
export function standingOf(
  resources: readonly unknown[],
  server: string,
  now: number,
): StandingState {
  const named = { ref: { server, type: 'Device', id: 'sepsis' } };
  const records = readModelStates(resources, server).filter((one) => isAboutModel(one, named));
  return standingState(records, { units: [], clinicians: [] }, now);
}

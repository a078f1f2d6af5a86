import { queryOptions } from '@tanstack/react-query';
import {
  type ModelStateRecord,
  type PlaceOfUse,
  type StandingState,
  standingState,
} from '#src/domain/governance/model-state.ts';
import { isAboutModel, type NamedModel, readModelStates } from '#src/fhir/model-state.fhir.ts';
import { registrySearch } from '#src/fhir/search.ts';
import type { Setting } from '#src/fhir/setting.fhir.ts';
import type { Deps } from './deps.ts';

/** What the registry said, all of it in one search. */
export interface RegistryAnswer {
  readonly records: readonly ModelStateRecord[];
  /** False: there is more than was read, or a record whose model cannot be told. */
  readonly complete: boolean;
  /** Epoch ms: it speaks of no later moment. */
  readonly askedAt: number;
  /** Whether the site wants a training that this clinician has not done; absent: it wants none. */
  readonly untrained?: (model: NamedModel) => boolean;
}

/** The registry of models as this screen knows it. */
export interface RegistryView {
  readonly answer: RegistryAnswer | undefined;
  /** Nobody knows yet what it says. */
  readonly pending: boolean;
  readonly failing: boolean;
  /** False: advice must not be shown by what it last said. */
  readonly reliable: boolean;
}

/** Where governance is: the hospital's store where this launch has one, else the EHR. */
export const registryServer = ({ store, gateway }: Deps) => store?.gateway ?? gateway;

const FAILING_MS = 10_000;

/** Asked for at launch beside the recommendations, and again and again while a screen is open. */
export const registryQuery = (deps: Deps, patientId: string) => {
  const every = deps.config.governance.recheckSeconds * 1_000;
  return queryOptions({
    queryKey: [deps.session.issuer, patientId, 'registry'] as const,
    queryFn: ({ signal }) => readRegistry(deps, signal),
    enabled: deps.config.governance.registry === 'required',
    // It is asked again soon anyway, and until it answers nothing is shown.
    retry: false,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.error ? Math.min(every, FAILING_MS) : every),
  });
};

async function readRegistry(deps: Deps, signal: AbortSignal): Promise<RegistryAnswer> {
  const askedAt = deps.clock.now();
  const gateway = registryServer(deps);
  const elsewhere = deps.issuer.recommendationSource === 'ehr' && deps.store !== undefined;
  const search = registrySearch({ withModels: elsewhere });
  const { matches, included, truncated } = await gateway.search(search, { signal });
  const records = readModelStates([...matches, ...included], gateway.baseUrl);
  const untrained =
    deps.config.governance.trainingRequired.length > 0 &&
    (await (await import('./training-required.ts')).untrainedIn(deps, signal));
  const nameless = elsewhere && records.some(({ model }) => model.identifiers.length === 0);
  const complete = !truncated && !nameless;
  return { records, complete, askedAt, ...(untrained && { untrained }) };
}

/** Where a site keeps no registry, it has said so: every model is one without a record. */
export const NO_REGISTRY: RegistryView = {
  answer: { records: [], complete: true, askedAt: 0 },
  pending: false,
  failing: false,
  reliable: true,
};

/** This launch's place by every name that a record may give it; relative ones are of the EHR. */
export function placeOf({ config, session }: Deps, setting: Setting | undefined): PlaceOfUse {
  const names = (references: readonly string[]): readonly string[] =>
    references.flatMap((one) => [one, `${session.issuer}/${one}`]);
  return {
    ...(config.siteName !== '' && { site: config.siteName }),
    units: names(setting?.units ?? []),
    clinicians: names(session.performer === undefined ? [] : [session.performer]),
  };
}

/** What holds for a model at this place; `unread` where the registry's word is missing. */
export function standings(
  { answer, reliable }: RegistryView,
  place: PlaceOfUse,
  now: number,
): (model: NamedModel) => StandingState {
  return (model) => {
    if (answer === undefined || !reliable) return { code: 'unread' };
    const records = answer.records.filter((one) => isAboutModel(one, model));
    if (records.length === 0 && !answer.complete) return { code: 'unread' };
    return standingState(records, place, now);
  };
}

/** Some record holds in named units only: then nothing can be said before the unit is known. */
export const namesUnits = ({ answer }: RegistryView): boolean =>
  answer?.records.some(({ units }) => units.length > 0) ?? false;

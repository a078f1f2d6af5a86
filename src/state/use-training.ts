import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { isTrained, type Training, trainingFor } from '#src/domain/governance/feedback/training.ts';
import type { Model } from '#src/domain/recommendation.ts';
import { referenceOn } from '#src/fhir/feedback/reference.fhir.ts';
import {
  readTraining,
  readTrainingDone,
  toTrainingTask,
  trainedSearch,
  trainingSearch,
} from '#src/fhir/governance/training.fhir.ts';
import { type Deps, useDeps } from './deps.ts';
import { putOnRecord } from './governance/put-on-record.ts';
import { registryQuery, registryServer } from './registry.ts';

/** What there is to learn about one model version, for this clinician. */
export interface ModelTraining {
  readonly status: 'reading' | 'failed' | 'read';
  /** Absent: there is none on the server. */
  readonly training?: Training;
  readonly done: boolean;
  /** An earlier version of the same model was learned. */
  readonly knowsEarlier: boolean;
}

const me = ({ session }: Deps, server: string): string | undefined =>
  session.performer && referenceOn(server, session.issuer, session.performer);

/** Where the token itself says that it may not, nobody is asked in vain. */
const mayAsk = ({ session, store }: Deps): boolean =>
  store !== undefined ||
  ['/Library.', '/Task.'].every((type) =>
    session.scopes.some((scope) => scope.includes(type) || scope.includes('/*.')),
  );

const keyOf = ({ session }: Deps) => [session.issuer, session.patientId, 'training'] as const;

/** Trainings are read once in a launch; records of the clinician only where there is something to learn. */
async function readTrainings(deps: Deps, signal: AbortSignal) {
  const gateway = registryServer(deps);
  const { matches } = await gateway.search(trainingSearch, { signal });
  const trainings = matches.flatMap((one) => readTraining(one) ?? []);
  const who = me(deps, gateway.baseUrl);
  if (trainings.length === 0 || who === undefined) return { trainings, done: [] };
  const tasks = await gateway.search(trainedSearch(who), { signal });
  const done = tasks.matches.flatMap((one) => readTrainingDone(one, gateway.baseUrl) ?? []);
  return { trainings, done };
}

export function useTraining(model: Model): ModelTraining {
  const deps = useDeps();
  const { data, error } = useQuery({
    queryKey: keyOf(deps),
    queryFn: ({ signal }) => readTrainings(deps, signal),
    enabled: mayAsk(deps),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!data) return { status: error ? 'failed' : 'reading', done: false, knowsEarlier: false };
  const training = trainingFor(data.trainings, model);
  const topic = (value: string | undefined, version: string | undefined) =>
    version !== undefined && value?.endsWith(version) ? value.slice(0, -version.length) : value;
  const own = topic(model.identifier?.value, model.version);
  return {
    status: 'read',
    ...(training && { training }),
    done: isTrained(data.done, model),
    knowsEarlier: data.done.some((one) => one.model && topic(one.model, one.version) === own),
  };
}

export interface CompletedTraining {
  /** `urn:uuid:`, made once. */
  readonly id: string;
  readonly at: string;
  readonly model: Model;
  readonly rightAtOnce: number;
}

/** Puts it on record that this clinician went through it; the advice may then be shown at once. */
export function useCompleteTraining() {
  const deps = useDeps();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, at, model, rightAtOnce }: CompletedTraining) => {
      const gateway = registryServer(deps);
      const by = me(deps, gateway.baseUrl);
      if (by === undefined) throw new Error('The sign-in does not say who you are.');
      const task = toTrainingTask({ id, at, by, model, rightAtOnce }, gateway.baseUrl);
      await putOnRecord(gateway, task, id);
    },
    onSuccess: async () => {
      const { patientId = '' } = deps.session;
      await client.invalidateQueries({ queryKey: registryQuery(deps, patientId).queryKey });
      await client.invalidateQueries({ queryKey: keyOf(deps) });
    },
  });
}

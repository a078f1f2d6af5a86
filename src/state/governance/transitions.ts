import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { derivedId } from '#src/domain/governance/derived-id.ts';
import {
  approvalProblem,
  decisionProblem,
  proposalProblems,
  type Transition,
  type TransitionProposal,
} from '#src/domain/governance/lifecycle/transition.ts';
import { may, rolesOf } from '#src/domain/governance/rights.ts';
import {
  decidedTask,
  readTransition,
  toTransitionTask,
} from '#src/fhir/governance/transition.fhir.ts';
import { tasksOf } from '#src/fhir/governance/work-searches.ts';
import { toModelState } from '#src/fhir/model-state-decision.fhir.ts';
import type { RequestOptions } from '#src/io/gateway.ts';
import { changeTask, readUnchanged, SomebodyWasFaster, type StoredTask } from './change-task.ts';
import { type GovernanceDeps, useGovernanceDeps } from './deps.ts';
import { attest, NotOnRecord, putOnRecord } from './put-on-record.ts';
import { readRegistry, registryKey, SEEN_ANEW } from './registry.ts';

type Acting = Pick<
  GovernanceDeps,
  'gateway' | 'issuer' | 'person' | 'roles' | 'clock' | 'timestamp'
>;

/** Every proposal and what came of it, the newest change first. Throws `FhirError`. */
export async function readTransitions(
  { gateway }: Pick<Acting, 'gateway'>,
  options: RequestOptions,
): Promise<readonly Transition[]> {
  const { matches } = await gateway.search(tasksOf('transition'), options);
  return matches.flatMap((one) => readTransition(one, gateway.baseUrl) ?? []);
}

/** Who acts, where the site’s roles allow it. Throws `NotOnRecord`. */
function actor({ person, roles }: Acting, act: 'propose' | 'approve'): string {
  if (person.reference === undefined)
    throw new NotOnRecord('The sign-in does not say who you are, so nothing can be put on record.');
  if (!may(rolesOf(roles, person.names), act))
    throw new NotOnRecord('Your roles at this site do not include this.');
  return person.reference;
}

/** Puts a proposal on record; sent again, it is the same one. Throws `FhirError`, `NotOnRecord`. */
export async function propose(deps: Acting, proposal: TransitionProposal): Promise<void> {
  const by = actor(deps, 'propose');
  const [problem] = proposalProblems(proposal, deps.clock.now());
  if (problem !== undefined) throw new NotOnRecord(problem);
  const stored = await putOnRecord(deps.gateway, toTransitionTask(proposal), proposal.id);
  await attest(deps.gateway, {
    targets: [`Task/${stored.id}`],
    ...{ by, role: 'author', at: proposal.proposedAt },
    activity: `Proposed: ${proposal.from} to ${proposal.to}`,
  });
}

export interface Decision {
  readonly transition: Transition;
  readonly verdict: 'approved' | 'declined' | 'withdrawn';
  readonly words: string;
}

/**
 * What another person decides. An approval is first written on the proposal, where of two only one can
 * win, and then put in force. Throws `FhirError`, `NotOnRecord`, `SomebodyWasFaster`.
 */
export async function decide(deps: Acting, decision: Decision): Promise<void> {
  const { transition, verdict, words } = decision;
  const { gateway, person } = deps;
  const by = actor(deps, verdict === 'withdrawn' ? 'propose' : 'approve');
  const problem =
    verdict === 'withdrawn'
      ? withdrawalProblem(transition, person.names)
      : decisionProblem(transition, person.names);
  if (problem !== undefined) throw new NotOnRecord(problem);
  if (verdict === 'approved') await refuseOutdated(deps, transition);
  const task = await readUnchanged(gateway, transition.task, transition.version);
  const at = deps.timestamp();
  const written = await changeTask(
    gateway,
    decidedTask(task, { status: verdict, by, at, ...(words !== '' && { words }) }),
  );
  await attest(gateway, {
    targets: [transition.task],
    ...{ by, role: 'verifier', at, activity: `${verdict}: ${transition.from} to ${transition.to}` },
  });
  if (verdict === 'approved') await putInForce(deps, written);
}

const withdrawalProblem = (
  { status, proposedBy }: Transition,
  names: readonly string[],
): string | undefined => {
  if (status !== 'requested') return 'It is decided already.';
  return names.includes(proposedBy) ? undefined : 'Only who proposed it can take it back.';
};

async function refuseOutdated(deps: Acting, transition: Transition): Promise<void> {
  const { versions } = await readRegistry(deps, {});
  const records = versions.find(({ device }) => device === transition.device)?.records;
  if (!records) throw new NotOnRecord('The model is not in the registry.');
  const outdated = approvalProblem(transition, records, deps.clock.now());
  if (outdated !== undefined) throw new NotOnRecord(outdated);
}

/**
 * Writes the state that an approved proposal leads to. Its identifier is made of the proposal’s: where
 * something failed in between, anybody may send it again, and it is on record once, in the name of who
 * approved. Throws `FhirError`, `NotOnRecord`.
 */
export async function putInForce({ gateway }: Acting, task: StoredTask): Promise<void> {
  const approved = readTransition(task, gateway.baseUrl);
  const { decidedBy: by, decidedAt: at, status } = approved ?? {};
  if (!approved || by === undefined || at === undefined || status !== 'approved')
    throw new SomebodyWasFaster();
  const { id, device, to, scope, reason, until, restriction, rollbackVersion } = approved;
  const stateId = derivedId(id, 'state');
  const state = await putOnRecord(
    gateway,
    toModelState({
      ...{ id: stateId, device, state: to, from: at, by, reason },
      ...{ units: scope.units, clinicians: scope.clinicians },
      ...(scope.site !== undefined && { site: scope.site }),
      ...(until !== undefined && { until }),
      ...(restriction !== undefined && { restriction }),
      ...(rollbackVersion !== undefined && { rollbackVersion }),
    }),
    stateId,
  );
  const reference = `Observation/${state.id}`;
  await attest(gateway, {
    targets: [reference],
    ...{ by, role: 'verifier', at, activity: `Put in force: ${to}` },
  });
  await changeTask(gateway, decidedTask(task, { status: 'in-force', by, at, state: reference }));
}

const keyOf = (server: string) => [server, 'transitions'] as const;

export function useTransitions() {
  const deps = useGovernanceDeps();
  return useQuery({
    queryKey: keyOf(deps.gateway.baseUrl),
    queryFn: ({ signal }) => readTransitions(deps, { signal }),
    staleTime: SEEN_ANEW,
    // One that is approved is about to be in force, by whoever approved it.
    refetchInterval: ({ state: { data } }) =>
      data?.some(({ status }) => status === 'approved') ? 3_000 : 60_000,
  });
}

/** After every act, also one that failed, what is on record is read again. */
function useAct<V>(
  act: (deps: GovernanceDeps, values: V) => Promise<void>,
  onLost: (words: string) => void = () => undefined,
) {
  const deps = useGovernanceDeps();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (values: V) => act(deps, values),
    // Here and not at the button: what is read again may take the button away first.
    onError: (error) => {
      if (error instanceof SomebodyWasFaster) onLost(error.message);
    },
    onSettled: () =>
      Promise.all(
        [keyOf(deps.gateway.baseUrl), registryKey(deps.gateway.baseUrl)].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

export const usePropose = () => useAct(propose);
/** @param onLost somebody else was faster: words to show where the proposal was. */
export const useDecide = (onLost?: (words: string) => void) => useAct(decide, onLost);
export const usePutInForce = () =>
  useAct(async (deps, { task, version }: Transition) =>
    putInForce(deps, await readUnchanged(deps.gateway, task, version)),
  );

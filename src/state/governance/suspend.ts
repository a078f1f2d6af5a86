import { useMutation, useQueryClient } from '@tanstack/react-query';
import { derivedId } from '#src/domain/governance/derived-id.ts';
import {
  EVERYWHERE,
  type TransitionProposal,
  type TransitionScope,
} from '#src/domain/governance/lifecycle/transition.ts';
import { may, rolesOf } from '#src/domain/governance/rights.ts';
import { decidedTask, toTransitionTask } from '#src/fhir/governance/transition.fhir.ts';
import { readModelStates } from '#src/fhir/model-state.fhir.ts';
import { toModelState } from '#src/fhir/model-state-decision.fhir.ts';
import { type GovernanceDeps, useGovernanceDeps } from './deps.ts';
import { attest, NotOnRecord, putOnRecord } from './put-on-record.ts';
import { registryKey } from './registry.ts';

/** What is decided at the button: from when, where, and why. */
export interface Suspension {
  /** `urn:uuid:`, made once for what is filled in. */
  readonly id: string;
  readonly device: string;
  readonly from: TransitionProposal['from'];
  readonly scope: TransitionScope;
  readonly reason: string;
  /** ISO 8601 with offset. */
  readonly at: string;
}

/** The state is on record, and something about it is not written yet; sending again completes it. */
export class RecordIncomplete extends Error {}

type Writing = Pick<GovernanceDeps, 'gateway' | 'person'>;

/** What one person may put in force alone: both keep advice from the screen. */
type Alone = 'suspended' | 'proposed';
const ACTIVITY = { suspended: 'Suspended', proposed: 'Entered as proposed' } as const;

/**
 * One person’s act, at once. Throws `NotOnRecord`, `FhirError`: nobody knows that it is stopped. Throws
 * `RecordIncomplete`: it is.
 */
export const suspend = (deps: Writing, act: Suspension): Promise<void> =>
  actAlone(deps, 'suspended', act);

/** A version that nobody had put on record begins its way; it is shown nowhere. Throws as `suspend` does. */
export async function enter(
  deps: Writing & Pick<GovernanceDeps, 'roles'>,
  act: Omit<Suspension, 'from' | 'scope'>,
): Promise<void> {
  if (!may(rolesOf(deps.roles, deps.person.names), 'propose'))
    throw new NotOnRecord('Your roles at this site do not include this.');
  await actAlone(deps, 'proposed', { ...act, from: 'unknown', scope: EVERYWHERE });
}

/** First the state that every screen reads, then the task and who did it. */
async function actAlone(
  { gateway, person: { reference } }: Writing,
  to: Alone,
  { id, device, from, scope, reason, at }: Suspension,
): Promise<void> {
  if (reference === undefined)
    throw new NotOnRecord('The sign-in does not say who you are, so nothing can be put on record.');
  const state = await putOnRecord(
    gateway,
    toModelState({
      ...{ id, device, state: to, from: at, by: reference, reason },
      units: scope.units,
      ...(scope.site !== undefined && { site: scope.site }),
    }),
    id,
  );
  const [kept] = readModelStates([state], gateway.baseUrl);
  const whole =
    kept?.state === to &&
    kept.site === scope.site &&
    scope.units.every((unit) => kept.units.includes(unit));
  if (!whole)
    throw new NotOnRecord(
      'The server does not give the state back as it was sent. Do not rely on it: call your informatics team.',
    );
  try {
    const taskId = derivedId(id, 'task');
    const proposal: TransitionProposal = {
      ...{ id: taskId, device, from, to, scope, reason },
      ...{ evidence: [], checklist: [], proposedAt: at, proposedBy: reference },
    };
    const task = decidedTask(toTransitionTask(proposal), {
      ...{ status: 'in-force', by: reference, at, state: `Observation/${state.id}` },
    });
    const stored = await putOnRecord(gateway, task, taskId);
    await attest(gateway, {
      targets: [`Observation/${state.id}`, `Task/${stored.id}`],
      ...{ by: reference, role: 'author', at, activity: ACTIVITY[to] },
    });
  } catch (cause) {
    throw new RecordIncomplete(
      `The model is ${to} on record. Its task or its attestation is missing.`,
      { cause },
    );
  }
}

/** Whatever came of it, what the registry now says is read again. */
function useAlone<V>(act: (deps: GovernanceDeps, values: V) => Promise<void>) {
  const deps = useGovernanceDeps();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (values: V) => act(deps, values),
    onSettled: () => client.invalidateQueries({ queryKey: registryKey(deps.gateway.baseUrl) }),
  });
}

export const useSuspend = () => useAlone(suspend);
export const useEnter = () => useAlone(enter);

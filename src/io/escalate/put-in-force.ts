import { derivedId } from '#src/domain/governance/derived-id.ts';
import { unitsToStop } from '#src/domain/governance/lifecycle/rollout-stop.ts';
import { EVERYWHERE, type TransitionScope } from '#src/domain/governance/lifecycle/transition.ts';
import type { Finding } from '#src/domain/governance/limits/escalation.ts';
import { type ActionPlan, planAction } from '#src/domain/governance/limits/escalation-action.ts';
import type { AutomaticAction } from '#src/domain/governance/limits/sla.ts';
import { standingState } from '#src/domain/governance/model-state.ts';
import { isoWithOffset } from '#src/domain/timestamp.ts';
import type { ActionTaken } from '#src/fhir/governance/escalation.fhir.ts';
import { fromRolloutLibrary, rolloutUrl } from '#src/fhir/governance/rollout.fhir.ts';
import { decidedTask, toTransitionTask } from '#src/fhir/governance/transition.fhir.ts';
import { readModelStates } from '#src/fhir/model-state.fhir.ts';
import { toModelState } from '#src/fhir/model-state-decision.fhir.ts';
import { get } from '#src/fhir/read.ts';
import type { FhirGateway } from '../gateway.ts';
import { attestOnce, known, NotGivenBack, once } from './on-record.ts';
import type { VersionOnRecord } from './read-registry.ts';

export interface Acting {
  readonly gateway: FhirGateway;
  /** Reference of the service. */
  readonly by: string;
  /** Epoch ms, taken before the registry was read: a stop that a person puts on record meanwhile is later. */
  readonly at: number;
}

/** One act at one place, with the identifier that makes it one. */
interface Act {
  readonly id: string;
  readonly version: VersionOnRecord;
  readonly action: AutomaticAction;
  readonly scope: TransitionScope;
  readonly reason: string;
  readonly restriction: string | undefined;
}

/**
 * What follows by itself from a finding: the agreed action on each version that it is about, and the stop
 * of a rollout plan. Done again, it finds what it did. Throws `FhirError`, `NotGivenBack`.
 * @param id `urn:uuid:` of the episode
 */
export async function putInForce(
  acting: Acting,
  id: string,
  finding: Finding,
  versions: readonly VersionOnRecord[],
): Promise<ActionTaken> {
  const { level, action, title, words, restriction } = finding;
  if (level !== 'breach') return { words: 'Nothing was to be done by itself.', states: [] };
  if (versions.length === 0)
    return { words: 'The registry has no such model: nothing was done by itself.', states: [] };
  const reason = `${title}. ${words}`;
  const scope = {
    ...EVERYWHERE,
    ...(finding.site !== undefined && { site: finding.site }),
    units: finding.unit === undefined ? [] : [finding.unit],
  };
  const taken: ActionTaken[] = [];
  for (const version of versions) {
    const one = { version, reason, restriction };
    const own = { id: derivedId(id, `state ${version.device}`), action, scope };
    taken.push(await act(acting, { ...one, ...own }));
    if (action === 'suspend') continue;
    const units = await planned(acting, finding.unit, version.device);
    const stop = { id: derivedId(id, `rollout ${version.device}`), action: 'suspend' } as const;
    if (units.length > 0)
      taken.push(
        await act(acting, {
          ...one,
          ...stop,
          scope: { ...scope, units },
          reason: `Stop of the rollout plan. ${reason}`,
        }),
      );
  }
  return {
    words: taken.map((one) => one.words).join('\n'),
    states: taken.flatMap((one) => one.states),
  };
}

/** The state that every screen reads comes first; then its task, and who did it. */
async function act(acting: Acting, one: Act): Promise<ActionTaken> {
  const { gateway, by } = acting;
  const { id, version, scope, reason } = one;
  const before = await known(gateway, 'Observation', id);
  const plan = planAction(one.action, version.records, scope, acting.at);
  if (!before && plan.state === undefined)
    return { words: `${version.name}: ${plan.why}`, states: [] };
  const state = before ?? (await stateOf(acting, one, plan));
  const to = readModelStates([state], gateway.baseUrl)[0]?.state;
  if (to !== 'suspended' && to !== 'restricted')
    throw new NotGivenBack('The server does not give the state back as it was sent.');
  const at = state.issued ?? isoWithOffset(acting.at, 0);
  const taskId = derivedId(id, 'task');
  const task = await once(gateway, 'Task', taskId, () =>
    decidedTask(
      toTransitionTask({
        ...{ id: taskId, device: version.device, from: standingBefore(acting, one), to },
        ...{ scope, reason, evidence: [], checklist: [], proposedAt: at, proposedBy: by },
      }),
      { status: 'in-force', by, at, state: `Observation/${state.id}` },
    ),
  );
  await attestOnce(gateway, {
    targets: [`Observation/${state.id}`, `Task/${task.id}`],
    ...{ by, role: 'author', at, activity: `By itself, as agreed: ${to}` },
  });
  const where = scope.units.length > 0 ? ` in ${scope.units.join(', ')}` : '';
  return { words: `${version.name}: ${to}${where}.`, states: [`Observation/${state.id}`] };
}

/** What held there, whether or not a run that broke off has changed it already. */
const standingBefore = ({ at }: Acting, { id, version, scope }: Act) =>
  standingState(
    version.records.filter((one) => one.id !== id),
    { ...scope, clinicians: [] },
    at,
  ).code;

const stateOf = (acting: Acting, one: Act, plan: ActionPlan) =>
  once(acting.gateway, 'Observation', one.id, () => {
    const { version, scope, reason, restriction } = one;
    const until = plan.state === 'restricted' ? plan.until : undefined;
    return toModelState({
      ...{ id: one.id, device: version.device, state: plan.state ?? 'suspended' },
      ...{ from: isoWithOffset(acting.at, 0), by: acting.by, reason, units: scope.units },
      ...(scope.site !== undefined && { site: scope.site }),
      ...(until !== undefined && { until }),
      ...(plan.state === 'restricted' && restriction !== undefined && { restriction }),
    });
  });

/** Units of the version's plan that stop. Throws where there is a plan that cannot be read. */
async function planned(
  { gateway, at }: Acting,
  unit: string | undefined,
  device: string,
): Promise<readonly string[]> {
  const url = rolloutUrl(device);
  const { matches } = await gateway.search({ type: 'Library', params: [['url', url]] });
  const library = matches.find((one) => get(one, 'url') === url);
  if (!library) return [];
  const plan = fromRolloutLibrary(library);
  if (!plan) throw new NotGivenBack('The rollout plan cannot be read.');
  return unitsToStop(plan, unit, new Date(at).toISOString().slice(0, 10));
}

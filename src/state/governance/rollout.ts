import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RolloutPlan } from '#src/domain/governance/lifecycle/rollout.ts';
import { may, rolesOf } from '#src/domain/governance/rights.ts';
import {
  fromRolloutLibrary,
  rolloutUrl,
  toRolloutLibrary,
} from '#src/fhir/governance/rollout.fhir.ts';
import type { FhirGateway, RequestOptions } from '#src/io/gateway.ts';
import { readLibrary, replaceLibrary } from './change-library.ts';
import { type GovernanceDeps, useGovernanceDeps } from './deps.ts';
import { attest, NotOnRecord } from './put-on-record.ts';

export interface StoredPlan {
  readonly plan: RolloutPlan;
  readonly id: string;
  readonly version: string | undefined;
}

/** The plan of a version; null: there is none. Throws `FhirError`, and where it cannot be read whole. */
export async function readPlan(
  gateway: FhirGateway,
  device: string,
  options: RequestOptions,
): Promise<StoredPlan | null> {
  const stored = await readLibrary(gateway, rolloutUrl(device), options);
  if (stored === null) return null;
  const plan = fromRolloutLibrary(stored.library);
  if (!plan) throw new NotOnRecord('The plan on the server cannot be read.');
  return { plan, id: stored.id, version: stored.version };
}

export interface PlanChange {
  readonly plan: RolloutPlan;
  /** What was seen; null: there was none. */
  readonly before: StoredPlan | null;
}

/** Puts a plan in the place of the one that was seen. Throws `FhirError`, `NotOnRecord`, `SomebodyWasFaster`. */
export async function writePlan(
  deps: Pick<GovernanceDeps, 'gateway' | 'person' | 'roles' | 'timestamp'>,
  { plan, before }: PlanChange,
): Promise<void> {
  const { gateway, person, roles } = deps;
  if (person.reference === undefined || !may(rolesOf(roles, person.names), 'plan-rollout'))
    throw new NotOnRecord('Your roles at this site do not include this.');
  const [by, at] = [person.reference, deps.timestamp()];
  const library = { ...toRolloutLibrary(plan, at, by), url: rolloutUrl(plan.device) };
  await replaceLibrary(gateway, library, before);
  const stored = await readPlan(gateway, plan.device, {});
  if (JSON.stringify(stored?.plan.steps) !== JSON.stringify(plan.steps))
    throw new NotOnRecord('The server does not give the plan back as it was sent.');
  await attest(gateway, {
    targets: [`Library/${stored?.id}`],
    ...{ by, role: 'author', at, activity: 'Rollout plan' },
  });
}

const keyOf = (server: string, device: string) => [server, 'rollout', device] as const;

export function usePlan(device: string) {
  const { gateway } = useGovernanceDeps();
  return useQuery({
    queryKey: keyOf(gateway.baseUrl, device),
    queryFn: ({ signal }) => readPlan(gateway, device, { signal }),
  });
}

export function useWritePlan(device: string) {
  const deps = useGovernanceDeps();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: PlanChange) => writePlan(deps, change),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(deps.gateway.baseUrl, device) }),
  });
}

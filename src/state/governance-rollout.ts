import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { may, rolesOf } from '#src/domain/governance/rights.ts';
import type { RolloutPlan } from '#src/domain/governance/rollout.ts';
import {
  fromRolloutLibrary,
  rolloutUrl,
  toRolloutLibrary,
} from '#src/fhir/governance/rollout.fhir.ts';
import { get } from '#src/fhir/read.ts';
import type { FhirGateway, RequestOptions } from '#src/io/gateway.ts';
import { SomebodyWasFaster } from './change-task.ts';
import { type GovernanceDeps, useGovernanceDeps } from './governance-deps.ts';
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
  const url = rolloutUrl(device);
  const { matches } = await gateway.search({ type: 'Library', params: [['url', url]] }, options);
  const library = matches.find((one) => get(one, 'url') === url);
  if (library?.id === undefined) return null;
  const plan = fromRolloutLibrary(library);
  if (!plan) throw new NotOnRecord('The plan on the server cannot be read.');
  return { plan, id: library.id, version: library.meta?.versionId };
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
  const now = await readPlan(gateway, plan.device, {});
  if (now?.id !== before?.id || now?.version !== before?.version) throw new SomebodyWasFaster();
  const [by, at] = [person.reference, deps.timestamp()];
  const library = toRolloutLibrary(plan, at, by);
  const ifNoneExist = new URLSearchParams({ url: rolloutUrl(plan.device) }).toString();
  if (before === null) await gateway.create(library, { ifNoneExist });
  else
    await gateway.update(
      { ...library, id: before.id },
      before.version === undefined ? {} : { ifMatch: `W/"${before.version}"` },
    );
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

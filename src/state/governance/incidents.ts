import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  type IncidentStep,
  rightFor,
  stepProblem,
  stepWords,
} from '#src/domain/governance/incidents/incident-steps.ts';
import { may, rolesOf } from '#src/domain/governance/rights.ts';
import {
  type Incident,
  readIncident,
  toReply,
  withStep,
} from '#src/fhir/governance/incident-work.fhir.ts';
import { byIds } from '#src/fhir/governance/registry-searches.ts';
import { tasksOf } from '#src/fhir/governance/work-searches.ts';
import { get } from '#src/fhir/read.ts';
import type { RequestOptions } from '#src/io/gateway.ts';
import { changeTask, readUnchanged } from './change-task.ts';
import { type GovernanceDeps, useGovernanceDeps } from './deps.ts';
import { attest, NotOnRecord, putOnRecord } from './put-on-record.ts';
import { type RegisteredVersion, SEEN_ANEW } from './registry.ts';

type Acting = Pick<GovernanceDeps, 'gateway' | 'person' | 'roles' | 'timestamp'>;

/** Every safety report on the registry, the newest first. Throws `FhirError`. */
export async function readIncidents(
  { gateway }: Pick<Acting, 'gateway'>,
  options: RequestOptions,
): Promise<readonly Incident[]> {
  const { matches } = await gateway.search(tasksOf('incident'), options);
  const named = matches.flatMap((one) => {
    const reference = get(get(one, 'focus'), 'reference');
    return typeof reference === 'string' ? [reference] : [];
  });
  const search = byIds('AdverseEvent', named);
  const events = search ? (await gateway.search(search, options)).matches : [];
  const byReference = new Map(events.map((one) => [`AdverseEvent/${one.id}`, one]));
  return matches
    .flatMap((one) => readIncident(one, byReference, gateway.baseUrl) ?? [])
    .toSorted((a, b) => Date.parse(b.reportedAt) - Date.parse(a.reportedAt));
}

export interface StepDraft {
  readonly incident: Incident;
  readonly step: IncidentStep;
  readonly words: string;
}

/** One attested step, over the version that was seen. Throws `FhirError`, `NotOnRecord`, `SomebodyWasFaster`. */
export async function attestStep(
  deps: Acting,
  { incident, step, words }: StepDraft,
): Promise<void> {
  const { gateway, person, roles } = deps;
  const problem = stepProblem(step, incident.steps, person.names);
  if (problem !== undefined) throw new NotOnRecord(problem);
  if (person.reference === undefined || !may(rolesOf(roles, person.names), rightFor(step)))
    throw new NotOnRecord('Your roles at this site do not include this.');
  const [by, at] = [person.reference, deps.timestamp()];
  const task = await readUnchanged(gateway, incident.task, incident.version);
  await changeTask(gateway, withStep(task, { step, by, at, words }));
  await attest(gateway, {
    targets: [incident.task],
    ...{ by, role: 'author', at, activity: `Incident: ${stepWords(step)}` },
  });
}

/** Whether a report is about this version: its Device, or across servers its identifier and version. */
export function isAbout(
  { device, modelIdentifier, modelVersion }: Incident,
  { device: own, model: { identifier, version } }: Pick<RegisteredVersion, 'device' | 'model'>,
): boolean {
  if (device !== undefined) return device === own;
  return modelIdentifier !== undefined && modelIdentifier === identifier?.value
    ? modelVersion === undefined || modelVersion === version
    : false;
}

export interface ReplyWords {
  /** `urn:uuid:`, made once. */
  readonly id: string;
  readonly incident: Incident;
  /** Reference of the reporter. */
  readonly to: string;
  readonly words: string;
  readonly at: string;
}

/** Words to the reporter, once however often they are sent. Throws `FhirError`, `NotOnRecord`. */
export async function reply(
  { gateway, person, roles }: Acting,
  { id, incident, to, words, at }: ReplyWords,
): Promise<void> {
  if (person.reference === undefined || !may(rolesOf(roles, person.names), 'reply-to-reporter'))
    throw new NotOnRecord('Your roles at this site do not include this.');
  const by = person.reference;
  const resource = toReply({ id, incident, to, by, at, words });
  const stored = await putOnRecord(gateway, resource, id);
  await attest(gateway, {
    targets: [`Communication/${stored.id}`],
    ...{ by, role: 'author', at, activity: 'Incident: reply to the reporter' },
  });
}

const keyOf = (server: string) => [server, 'incidents'] as const;

export function useIncidents() {
  const deps = useGovernanceDeps();
  return useQuery({
    queryKey: keyOf(deps.gateway.baseUrl),
    queryFn: ({ signal }) => readIncidents(deps, { signal }),
    staleTime: SEEN_ANEW,
    refetchInterval: 30_000,
  });
}

function useWork<V>(work: (deps: GovernanceDeps, values: V) => Promise<void>) {
  const deps = useGovernanceDeps();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (values: V) => work(deps, values),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf(deps.gateway.baseUrl) }),
  });
}

export const useAttestStep = () => useWork(attestStep);
export const useReply = () => useWork(reply);

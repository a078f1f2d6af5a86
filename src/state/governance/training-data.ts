import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  type DataRequest,
  decidingProblem,
  isManifestHash,
} from '#src/domain/governance/feedback/training-data.ts';
import { type Act, may, rolesOf } from '#src/domain/governance/rights.ts';
import {
  type DataRequestDraft,
  decidedRequest,
  exportedRequest,
  readDataRequest,
  toDataRequest,
} from '#src/fhir/governance/training-data.fhir.ts';
import { tasksOf } from '#src/fhir/governance/work-searches.ts';
import { changeTask, readUnchanged } from './change-task.ts';
import { type GovernanceDeps, useGovernanceDeps } from './deps.ts';
import { attest, NotOnRecord, putOnRecord } from './put-on-record.ts';

type Acting = Pick<GovernanceDeps, 'gateway' | 'person' | 'roles' | 'timestamp'>;

function requireBy({ person, roles }: Acting, act: Act): string {
  if (person.reference === undefined || !may(rolesOf(roles, person.names), act))
    throw new NotOnRecord('Your roles at this site do not include this.');
  return person.reference;
}

/** Asks, once however often it is sent. Throws `FhirError`, `NotOnRecord`. */
export async function askForData(deps: Acting, draft: Omit<DataRequestDraft, 'by'>): Promise<void> {
  const by = requireBy(deps, 'ask-for-data');
  await putOnRecord(deps.gateway, toDataRequest({ ...draft, by }), draft.id);
}

export interface DataDeciding {
  readonly request: DataRequest;
  readonly approved: boolean;
  readonly words: string;
}

/** Another person decides, over the version that they saw. Throws `FhirError`, `NotOnRecord`, `SomebodyWasFaster`. */
export async function decideData(
  deps: Acting,
  { request, approved, words }: DataDeciding,
): Promise<void> {
  const by = requireBy(deps, 'approve');
  const problem = decidingProblem(request, deps.person.names);
  if (problem !== undefined) throw new NotOnRecord(problem);
  const at = deps.timestamp();
  const task = await readUnchanged(deps.gateway, request.task, request.version);
  await changeTask(deps.gateway, decidedRequest(task, { approved, words, by, at }));
  const activity = `Labelled data ${request.quarter}: ${approved ? 'approved' : 'declined'}`;
  await attest(deps.gateway, {
    targets: [request.task],
    ...{ by, role: 'verifier', at, activity },
  });
}

export interface DataExported {
  readonly request: DataRequest;
  readonly manifest: string;
}

/** Names the export that answered an approved request. Throws as above. */
export async function nameExport(deps: Acting, { request, manifest }: DataExported): Promise<void> {
  const by = requireBy(deps, 'ask-for-data');
  if (request.status !== 'approved') throw new NotOnRecord('It is not approved.');
  if (!isManifestHash(manifest))
    throw new NotOnRecord('A SHA-256 has 64 characters of 0–9 and a–f.');
  const at = deps.timestamp();
  const task = await readUnchanged(deps.gateway, request.task, request.version);
  await changeTask(deps.gateway, exportedRequest(task, manifest, at));
  await attest(deps.gateway, {
    targets: [request.task],
    ...{ by, role: 'author', at, activity: `Labelled data ${request.quarter}: exported` },
  });
}

const keyOf = (server: string) => [server, 'data-requests'] as const;

export function useDataRequests() {
  const { gateway } = useGovernanceDeps();
  return useQuery({
    queryKey: keyOf(gateway.baseUrl),
    queryFn: async ({ signal }) => {
      const { matches } = await gateway.search(tasksOf('data-request'), { signal });
      return matches.flatMap((one) => readDataRequest(one, gateway.baseUrl) ?? []);
    },
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

export const useAskForData = () => useWork(askForData);
export const useDecideData = () => useWork(decideData);
export const useNameExport = () => useWork(nameExport);

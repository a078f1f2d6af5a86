import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { relativeReference } from '#src/domain/coding.ts';
import type { ModelChange } from '#src/domain/model-change.ts';
import type { ChangeRow } from '#src/domain/tables/changes.ts';
import { deriveTables } from '#src/domain/tables/derive/derive-tables.ts';
import { readDevice } from '#src/fhir/device.fhir.ts';
import { changeLog, devicesNamed } from '#src/fhir/feedback-searches.ts';
import { toModelChange } from '#src/fhir/model-change.fhir.ts';
import { get, token } from '#src/fhir/read.ts';
import { readTables } from '#src/fhir/tables/read-tables.ts';
import type { RequestOptions } from '#src/io/gateway.ts';
import { type DashboardDeps, useDashboardDeps } from './deps.ts';

type Reading = Pick<DashboardDeps, 'gateway' | 'issuer' | 'timeZone' | 'config'>;

/** The change log of the server, oldest first. */
export async function readChanges(
  { gateway, issuer, timeZone, config }: Reading,
  options: RequestOptions,
): Promise<readonly ChangeRow[]> {
  const { matches, included } = await gateway.search(changeLog, options);
  const { read } = readTables(matches, {
    server: gateway.baseUrl,
    issuer: issuer.iss,
    sink: issuer.store ? 'hospital-store' : 'fhir-observation',
    source: issuer,
    known: included,
  });
  const tables = deriveTables(read, { sites: [{ site: config.siteName, timeZone }] });
  return (tables.changes ?? [])
    .filter(({ status, changed_at }) => status === 'final' && changed_at !== null)
    .toSorted((a, b) => (a.changed_at ?? 0) - (b.changed_at ?? 0));
}

const keyOf = (server: string) => [server, 'changes'];

export function useChanges() {
  const deps = useDashboardDeps();
  return useQuery({
    queryKey: keyOf(deps.gateway.baseUrl),
    queryFn: ({ signal }) => readChanges(deps, { signal }),
    staleTime: 60_000,
  });
}

/** What a person fills in; the rest is known. */
export type ChangeDraft = Pick<ModelChange, 'kind' | 'changedAt' | 'from' | 'to' | 'words'> & {
  /** As the figures name it: the Device’s identifier. */
  readonly model: string;
  /** `urn:uuid:`, made once for what is filled in: however often it is sent, it is one entry. */
  readonly id: string;
};

/** Why an entry was not made, in words for who made it. */
export class ChangeNotWritten extends Error {}

/** Writes one entry and reads it back: only what the server has is in the log. Throws `ChangeNotWritten`. */
export async function writeChange(
  { gateway, performer }: Pick<DashboardDeps, 'gateway' | 'performer'>,
  { model, ...draft }: ChangeDraft,
): Promise<void> {
  if (performer === undefined)
    throw new ChangeNotWritten('The sign-in does not say who you are, so no entry can be signed.');
  const { matches } = await gateway.search(devicesNamed(model));
  const [device, ...others] = matches.flatMap((one) => {
    const found = readDevice(one, gateway.baseUrl);
    return found.ok && found.value.identifier?.value === model ? [found.value.ref] : [];
  });
  if (device === undefined)
    throw new ChangeNotWritten(`No Device on this server has the identifier “${model}”.`);
  const newest = others.at(-1) ?? device;
  const resource = toModelChange({ ...draft, device: relativeReference(newest), performer });
  const identifier = `identifier=urn:ietf:rfc:3986|${draft.id}`;
  const { reference } = await gateway.create(resource, { ifNoneExist: identifier });
  const id = reference?.split('/')[1];
  const back = id === undefined ? undefined : await gateway.read('Observation', id);
  const [component] = [get(back, 'component')];
  const kept = token(get(get(back, 'subject'), 'reference'), 2_048) === resource.subject?.reference;
  const whole = kept && (resource.component === undefined || component !== undefined);
  if (!whole)
    throw new ChangeNotWritten(
      'The server said that it has the entry, and does not give all of it back. Ask your informatics team to look.',
    );
}

export function useAddChange() {
  const deps = useDashboardDeps();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (draft: ChangeDraft) => writeChange(deps, draft),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf(deps.gateway.baseUrl) }),
  });
}

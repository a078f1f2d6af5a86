import { useQuery } from '@tanstack/react-query';
import type { FhirResource } from 'fhir/r4';
import { absoluteReference, relativeReference } from '#src/domain/coding.ts';
import type { ModelStateRecord } from '#src/domain/governance/model-state.ts';
import type { CardAttributes } from '#src/domain/governance/source-attributes.ts';
import type { Model } from '#src/domain/recommendation.ts';
import { modelCardReference, readDevice } from '#src/fhir/device.fhir.ts';
import {
  type ChaiEntry,
  cardAttributes,
  chaiView,
  riskTier,
} from '#src/fhir/governance/card-attributes.ts';
import { byIds, deviceSearches } from '#src/fhir/governance/registry-searches.ts';
import { readModelCard } from '#src/fhir/model-card.fhir.ts';
import { isAboutModel, readModelStates } from '#src/fhir/model-state.fhir.ts';
import { buildPool, type ResourcePool, resolve } from '#src/fhir/reference.ts';
import { registrySearch } from '#src/fhir/search.ts';
import type { FhirGateway, RequestOptions } from '#src/io/gateway.ts';
import { type GovernanceDeps, useGovernanceDeps } from './deps.ts';

/** One version of one model, with all that the registry knows of it. */
export interface RegisteredVersion {
  /** "Device/id" on the registry; absolute where the Device is in the EHR alone. */
  readonly device: string;
  readonly model: Model;
  readonly attributes: CardAttributes;
  /** CHAI's own view, where the card is in its format. */
  readonly chai: readonly ChaiEntry[] | undefined;
  readonly riskTier: string | undefined;
  /** Every state that was put on record, the newest first. */
  readonly records: readonly ModelStateRecord[];
}

export interface Registry {
  readonly versions: readonly RegisteredVersion[];
  /** Every state on record, also of models whose Device is elsewhere. */
  readonly records: readonly ModelStateRecord[];
  /** The server has more than was read: something may be missing. */
  readonly truncated: boolean;
}

type Reading = Pick<GovernanceDeps, 'gateway' | 'issuer'>;

/** Every model version on the server, by name and then version. Throws `FhirError`. */
export async function readRegistry(
  { gateway, issuer }: Reading,
  options: RequestOptions,
): Promise<Registry> {
  const server = gateway.baseUrl;
  const searches = [...deviceSearches(issuer.aiDevices), registrySearch()];
  const pages = await Promise.all(searches.map((one) => gateway.search(one, options)));
  const resources = pages.flatMap(({ matches, included }) => [...matches, ...included]);
  const devices = distinct(resources.filter((one) => one.resourceType === 'Device'));
  const cards = await cardsOf(gateway, devices, options);
  const records = readModelStates(resources, server);
  const pool = buildPool(server, cards);
  const versions = devices.flatMap((device) => {
    const one = versionOf(device, server, pool, records);
    return one?.model.ref === undefined
      ? []
      : [{ ...one, device: relativeReference(one.model.ref) }];
  });
  return {
    versions: versions.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b), 'en')),
    records,
    truncated: pages.some(({ truncated }) => truncated),
  };
}

/** A Device of this server with what is on record about it; undefined for one that cannot be read. */
export function versionOf(
  device: FhirResource,
  server: string,
  pool: ResourcePool,
  records: readonly ModelStateRecord[],
): RegisteredVersion | undefined {
  const found = readDevice(device, server);
  if (!found.ok || found.value.ref === undefined) return undefined;
  const card = readModelCard(resolve(modelCardReference(device, server), server, pool));
  const model: Model = { ...found.value, ...(card.ok && { card: card.value }) };
  return {
    device: absoluteReference(found.value.ref),
    model,
    attributes: cardAttributes(model),
    chai: chaiView(model),
    riskTier: riskTier(model),
    records: records.filter((one) => isAboutModel(one, model)).toSorted(newestFirst),
  };
}

const nameOf = ({ model }: RegisteredVersion): string => `${model.name} ${model.version ?? ''}`;

const newestFirst = (a: ModelStateRecord, b: ModelStateRecord): number =>
  (b.from ?? '').localeCompare(a.from ?? '') || (b.recordedAt ?? 0) - (a.recordedAt ?? 0);

const distinct = (resources: readonly FhirResource[]): readonly FhirResource[] => [
  ...new Map(resources.map((one) => [one.id, one])).values(),
];

async function cardsOf(
  gateway: FhirGateway,
  devices: readonly FhirResource[],
  options: RequestOptions,
): Promise<readonly FhirResource[]> {
  const links = devices.flatMap((one) => modelCardReference(one, gateway.baseUrl) ?? []);
  const search = byIds('DocumentReference', links);
  return search ? (await gateway.search(search, options)).matches : [];
}

/** ms for which what was read is not asked for again: whoever opens a screen sees what others did meanwhile. */
export const SEEN_ANEW = 0;

export const registryKey = (server: string) => [server, 'registry'] as const;

/** Read again every minute while somebody looks: another may have stopped a model. */
export function useRegistry() {
  const deps = useGovernanceDeps();
  return useQuery({
    queryKey: registryKey(deps.gateway.baseUrl),
    queryFn: ({ signal }) => readRegistry(deps, { signal }),
    staleTime: SEEN_ANEW,
    refetchInterval: 60_000,
  });
}

/** One version by its Device; undefined: not read yet, or not on the server. */
export function useVersion(device: string): RegisteredVersion | undefined {
  const { data } = useRegistry();
  return data?.versions.find((one) => one.device === device);
}

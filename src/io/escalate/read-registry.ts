import type { Task } from 'fhir/r4';
import { relativeReference } from '#src/domain/coding.ts';
import type { ServiceLevels } from '#src/domain/governance/limits/sla.ts';
import type { ModelStateRecord } from '#src/domain/governance/model-state.ts';
import { readDevice } from '#src/fhir/device.fhir.ts';
import { type Escalation, readEscalation } from '#src/fhir/governance/escalation.fhir.ts';
import { deviceSearches } from '#src/fhir/governance/registry-searches.ts';
import { fromServiceLevelsLibrary, SERVICE_LEVELS_LIBRARY } from '#src/fhir/governance/sla.fhir.ts';
import { tasksOf } from '#src/fhir/governance/work-searches.ts';
import { isAboutModel, readModelStates } from '#src/fhir/model-state.fhir.ts';
import { get } from '#src/fhir/read.ts';
import { registrySearch } from '#src/fhir/search.ts';
import type { FhirGateway, SearchQuery } from '../gateway.ts';

/** A model version of the registry with every state that was put on record. */
export interface VersionOnRecord {
  /** "Device/id" */
  readonly device: string;
  readonly name: string;
  readonly identifier: string | undefined;
  readonly version: string | undefined;
  readonly records: readonly ModelStateRecord[];
}

export interface TaskOnRecord {
  readonly escalation: Escalation;
  readonly resource: Task & { readonly id: string };
}

const MANY = 20_000;

/** All that a search finds: of a part nobody could tell what is on record. Throws `FhirError`, Error. */
async function whole(gateway: FhirGateway, search: SearchQuery) {
  const page = await gateway.search(search, { cap: MANY });
  if (page.truncated) throw new Error(`The registry holds more than ${MANY} ${search.type}s.`);
  return page;
}

/**
 * @param named models as the tables name them: a Device that does not say that it is an AI is found by
 * the name that recommendations have for it. Throws `FhirError`.
 */
export async function readVersions(
  gateway: FhirGateway,
  named: readonly string[],
): Promise<readonly VersionOnRecord[]> {
  const searches = [...deviceSearches(named), registrySearch()];
  const pages = await Promise.all(searches.map((one) => whole(gateway, one)));
  const resources = pages.flatMap(({ matches, included }) => [...matches, ...included]);
  const records = readModelStates(resources, gateway.baseUrl);
  const devices = new Map(
    resources.flatMap((one) => (one.resourceType === 'Device' ? [[one.id, one] as const] : [])),
  );
  return [...devices.values()].flatMap((device) => {
    const found = readDevice(device, gateway.baseUrl);
    if (!found.ok || found.value.ref === undefined) return [];
    const { ref, identifier, name, version } = found.value;
    const own = records.filter((one) => isAboutModel(one, found.value));
    const reference = relativeReference(ref);
    return [{ device: reference, name, identifier: identifier?.value, version, records: own }];
  });
}

/** Every escalation that was ever opened. Throws `FhirError`. */
export async function readEscalations(gateway: FhirGateway): Promise<readonly TaskOnRecord[]> {
  const { matches } = await whole(gateway, tasksOf('escalation'));
  return matches.flatMap((one) => {
    const escalation = readEscalation(one, gateway.baseUrl);
    if (one.resourceType !== 'Task' || one.id === undefined || !escalation) return [];
    return [{ escalation, resource: { ...one, id: one.id } }];
  });
}

/** What the site has agreed; undefined: nothing is on the registry. Throws `FhirError`, and where it cannot be used. */
export async function readServiceLevelsOf(
  gateway: FhirGateway,
): Promise<ServiceLevels | undefined> {
  const url = SERVICE_LEVELS_LIBRARY;
  const { matches } = await gateway.search({ type: 'Library', params: [['url', url]] });
  const library = matches.find((one) => get(one, 'url') === url);
  if (!library) return undefined;
  const found = fromServiceLevelsLibrary(library);
  if (!found.ok) throw new Error(found.problem.message);
  return found.value;
}

import { namesOneOf, type PatientOn } from '#src/domain/identity.ts';
import { sinksOf } from '#src/domain/sinks.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import type { Deps } from './deps.ts';

/** A server that this launch reads, with the launched patient as that server knows them. */
export interface ReadServer extends PatientOn {
  readonly gateway: FhirGateway;
}

/** The chart: banner, trends, watched results, encounter, people. */
export const ehrOf = (deps: Deps, patientId: string): ReadServer => ({
  server: deps.session.issuer,
  patientId,
  gateway: deps.gateway,
});

/** The hospital's own store, where this launch has opened one. */
export function storeOf({ store }: Deps): ReadServer | undefined {
  if (!store) return undefined;
  const { gateway, subject } = store;
  return { server: gateway.baseUrl, patientId: subject.slice('Patient/'.length), gateway };
}

/** Where recommendations, models, model cards and lifecycle states are. */
export function sourceOf(deps: Deps, patientId: string): ReadServer {
  if (deps.issuer.recommendationSource === 'ehr') return ehrOf(deps, patientId);
  const store = storeOf(deps);
  if (!store) throw new Error('The store of this issuer was not opened (app/open-session.ts).');
  return store;
}

/**
 * Where earlier answers are, the system of record first: the store when answers go there, else the
 * EHR. The EHR as well where every answer must be there too: an answer that reached it and not yet the
 * store would else look as if it had not been given. Copies are counted once, by identifier.
 */
export function answerServers(deps: Deps, patientId: string): readonly ReadServer[] {
  const ehr = ehrOf(deps, patientId);
  const sinks = sinksOf(deps.issuer);
  const store = sinks.some(({ id }) => id === 'hospital-store') ? storeOf(deps) : undefined;
  if (!store) return [ehr];
  const both = sinks.some(({ id, required }) => id === 'fhir-observation' && required);
  return both ? [store, ehr] : [store];
}

/** Every server of this launch, each once. */
export const allServers = (deps: Deps, patientId: string): readonly ReadServer[] => [
  ehrOf(deps, patientId),
  ...[storeOf(deps)].filter((one) => one !== undefined),
];

/** Whether a reference, in the form that is relative to the issuer, names the launched patient. */
export const isLaunchedPatient = (deps: Deps, patientId: string, reference: string): boolean =>
  namesOneOf(allServers(deps, patientId), reference, deps.session.issuer);

/** What a person calls a server; `The EHR` at the beginning of a sentence. */
export const serverName = (deps: Deps, server: string): string =>
  server === storeOf(deps)?.server ? (deps.store?.config.label ?? 'the store') : 'the EHR';

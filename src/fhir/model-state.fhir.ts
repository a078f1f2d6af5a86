import type { Identifier, ResourceRef } from '#src/domain/coding.ts';
import { absoluteReference, sameResource } from '#src/domain/coding.ts';
import type { ModelStateRecord } from '#src/domain/governance/model-state.ts';
import { instantRange } from '#src/domain/instant.ts';
import { MODEL_STATES } from '#src/domain/recommendation.ts';
import { EXTENSION, SYSTEM } from './codes.ts';
import { annotations, extensions, hasCode, identifiers, period } from './datatypes.ts';
import { deviceVersion } from './device.fhir.ts';
import { codeIn } from './feedback/concept.fhir.ts';
import { defined, get, isObject, type Json, line, objects, token } from './read.ts';
import { buildPool, literal, parseReference, type ResourcePool, refOf } from './reference.ts';
import { GOVERNANCE_ITEM, STATE_COMPONENT } from './tables/governance-codes.ts';

const INVALID: readonly unknown[] = ['entered-in-error', 'cancelled', 'registered', 'preliminary'];

type StateComponent = (typeof STATE_COMPONENT)[keyof typeof STATE_COMPONENT];

/**
 * The `model-state` Observations among what the registry sent, each with the names of its model; the
 * Devices among them (`_include=Observation:subject`) add business identifiers and versions, by which a
 * model is known on another server. A code that is none of ours is a record too: `unknown`.
 * @param server FHIR base of the registry
 */
export function readModelStates(
  resources: readonly unknown[],
  server: string,
): readonly ModelStateRecord[] {
  const pool = buildPool(server, resources);
  return resources.filter(isObject).flatMap((one) => readModelState(one, server, pool) ?? []);
}

function readModelState(
  resource: Json,
  server: string,
  pool: ResourcePool,
): ModelStateRecord | undefined {
  if (get(resource, 'resourceType') !== 'Observation' || INVALID.includes(get(resource, 'status')))
    return undefined;
  if (!hasCode(get(resource, 'code'), SYSTEM.feedbackItem, GOVERNANCE_ITEM.state)) return undefined;
  const ref = refOf(resource, server) ?? { server, type: 'Observation', id: '' };
  const { start, end } = period(get(resource, 'effectivePeriod'));
  const code = codeIn(get(resource, 'valueCodeableConcept'), SYSTEM.modelState);
  const [performer] = objects(get(resource, 'performer'));
  const [own] = identifiers(get(resource, 'identifier')).filter((one) => one.system === SYSTEM.uri);
  const said = (component: StateComponent) => saidIn(resource, component);
  return defined<ModelStateRecord>({
    id: own?.value ?? absoluteReference(ref),
    model: namesOf(get(resource, 'subject'), server, pool),
    state: MODEL_STATES.find((one) => one === code) ?? 'unknown',
    from: start,
    until: end,
    unreadableEnd:
      end === undefined && get(get(resource, 'effectivePeriod'), 'end') !== undefined
        ? true
        : undefined,
    recordedAt: instant(get(resource, 'issued')) ?? storedAt(resource),
    storedAt: storedAt(resource),
    by: performer && literal(performer, ref),
    byName: line(get(performer, 'display')),
    reason: annotations(get(resource, 'note')),
    site: said(STATE_COMPONENT.site)[0],
    units: [...unitsIn(resource, ref), ...said(STATE_COMPONENT.unit)],
    clinicians: said(STATE_COMPONENT.clinician),
    restriction: said(STATE_COMPONENT.restriction)[0],
    rollbackVersion: said(STATE_COMPONENT.rollback)[0],
  });
}

function namesOf(subject: unknown, server: string, pool: ResourcePool): ModelStateRecord['model'] {
  const ref = parseReference(get(subject, 'reference'), server)?.ref;
  const device = ref && pool.get(absoluteReference(ref));
  return defined<ModelStateRecord['model']>({
    ref: ref?.type === 'Device' ? ref : undefined,
    identifiers: [
      ...identifiers(get(subject, 'identifier')),
      ...identifiers(get(device, 'identifier')),
    ],
    version: device && deviceVersion(device),
  });
}

/** R4's own place for where something was so; the flat table reads it too. */
const unitsIn = (resource: Json, ref: ResourceRef): readonly string[] =>
  extensions(resource, EXTENSION.eventLocation).flatMap(
    (one) => literal(get(one, 'valueReference'), ref) ?? [],
  );

const saidIn = (resource: Json, component: StateComponent): readonly string[] =>
  objects(get(resource, 'component'))
    .filter((one) => hasCode(get(one, 'code'), SYSTEM.feedbackItem, component))
    .flatMap((one) => line(get(one, 'valueString'), 2_048) ?? []);

const instant = (value: unknown): number | undefined =>
  instantRange(token(value, 40) ?? '')?.earliest;

const storedAt = (resource: Json): number | undefined =>
  instant(get(get(resource, 'meta'), 'lastUpdated'));

/** A model as recommendations name it, on its own server. */
export interface NamedModel {
  readonly ref?: ResourceRef;
  readonly identifier?: Identifier;
  readonly version?: string;
}

/**
 * Whether a record is about this model: the same Device; across servers, the same business identifier
 * and, where both say one, the same version.
 */
export function isAboutModel({ model }: ModelStateRecord, named: NamedModel): boolean {
  if (model.ref && named.ref && sameResource(model.ref, named.ref)) return true;
  if (model.ref && named.ref && model.ref.server === named.ref.server) return false;
  const { identifier, version } = named;
  const sameName = model.identifiers.some(
    (one) =>
      one.value === identifier?.value &&
      (one.system === identifier.system ||
        one.system === undefined ||
        identifier.system === undefined),
  );
  return sameName && (version === undefined || (model.version ?? version) === version);
}

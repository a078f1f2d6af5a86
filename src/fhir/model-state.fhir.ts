import type { Observation } from 'fhir/r4';
import type { Identifier, ResourceRef } from '#src/domain/coding.ts';
import { absoluteReference, sameResource } from '#src/domain/coding.ts';
import type { ModelStateRecord } from '#src/domain/governance/model-state.ts';
import { instantRange } from '#src/domain/instant.ts';
import { MODEL_STATES, type ModelState } from '#src/domain/recommendation.ts';
import { EXTENSION, GOVERNANCE_CATEGORY, SYSTEM } from './codes.ts';
import { annotations, extensions, hasCode, identifiers, period } from './datatypes.ts';
import { deviceVersion } from './device.fhir.ts';
import { codeIn } from './feedback/concept.fhir.ts';
import { MODEL_STATE_DISPLAY, STATE_COMPONENT_DISPLAY } from './governance-terms.ts';
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

/** What somebody decided, as it is to be put on record. */
export interface ModelStateDecision {
  /** `urn:uuid:`: the idempotency key. */
  readonly id: string;
  /** "Device/…" on the registry. */
  readonly device: string;
  readonly state: Exclude<ModelState, 'unknown'>;
  /** ISO 8601 with offset. */
  readonly from: string;
  readonly until?: string;
  /** ISO 8601 with offset: when it was decided; absent: `from`. */
  readonly recordedAt?: string;
  /** Reference of who puts it in force, on the registry or absolute. */
  readonly by: string;
  readonly byName?: string;
  readonly reason?: string;
  readonly site?: string;
  readonly units?: readonly string[];
  readonly clinicians?: readonly string[];
  readonly restriction?: string;
  readonly rollbackVersion?: string;
}

const component = (code: StateComponent, value: string) => ({
  code: {
    coding: [{ system: SYSTEM.feedbackItem, code, display: STATE_COMPONENT_DISPLAY[code] }],
  },
  valueString: value,
});

/** A lifecycle state as it is written: about the Device, never about a patient, and never edited. */
export function toModelState(decision: ModelStateDecision): Observation {
  const { state, from, until, by, byName, reason, units = [], clinicians = [] } = decision;
  const { site, restriction, rollbackVersion } = decision;
  const some = (code: StateComponent, value: string | undefined) =>
    value === undefined ? [] : [component(code, value)];
  const parts = [
    ...some(STATE_COMPONENT.site, site),
    ...units.map((one) => component(STATE_COMPONENT.unit, one)),
    ...clinicians.map((one) => component(STATE_COMPONENT.clinician, one)),
    ...some(STATE_COMPONENT.restriction, restriction),
    ...some(STATE_COMPONENT.rollback, rollbackVersion),
  ];
  return {
    resourceType: 'Observation',
    identifier: [{ system: SYSTEM.uri, value: decision.id }],
    status: 'final',
    category: [{ coding: [{ system: SYSTEM.feedbackCategory, code: GOVERNANCE_CATEGORY }] }],
    code: {
      coding: [
        {
          system: SYSTEM.feedbackItem,
          code: GOVERNANCE_ITEM.state,
          display: 'Lifecycle state of the AI model',
        },
      ],
    },
    subject: { reference: decision.device },
    effectivePeriod: { start: from, ...(until !== undefined && { end: until }) },
    issued: decision.recordedAt ?? from,
    performer: [{ reference: by, ...(byName !== undefined && { display: byName }) }],
    valueCodeableConcept: {
      coding: [{ system: SYSTEM.modelState, code: state, display: MODEL_STATE_DISPLAY[state] }],
    },
    ...(parts.length > 0 && { component: parts }),
    ...(reason !== undefined && { note: [{ text: reason }] }),
  };
}

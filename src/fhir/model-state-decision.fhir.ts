import type { Observation } from 'fhir/r4';
import type { ModelState } from '#src/domain/recommendation.ts';
import { GOVERNANCE_CATEGORY, SYSTEM } from './codes.ts';
import { MODEL_STATE_DISPLAY, STATE_COMPONENT_DISPLAY } from './governance-terms.ts';
import { GOVERNANCE_ITEM, STATE_COMPONENT } from './tables/governance-codes.ts';

type StateComponent = (typeof STATE_COMPONENT)[keyof typeof STATE_COMPONENT];

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

import type { Provenance } from 'fhir/r4';
import type { SafetyReport } from '#src/domain/governance/incidents/incident.ts';
import { SYSTEM } from '../codes.ts';
import { toPerformer } from '../feedback/observation-base.ts';
import { get, objects } from '../read.ts';
import { literal, refOf } from '../reference.ts';
import type { FhirSearch } from '../search.ts';
import type { IncidentOptions } from './incident.fhir.ts';
import { INCIDENT_SYSTEM } from './incident-terms.ts';

/** For whom a policy gives restricted resources to. */
export const RESTRICTED = { system: INCIDENT_SYSTEM.confidentiality, code: 'R' } as const;

/**
 * Who reported, where the name is withheld: the only resource that says it, labelled restricted, so
 * that a policy can give it to the safety officer and to nobody else. `event`: "AdverseEvent/9".
 */
export function toReporter(
  { issuer, performer, reportedAt }: SafetyReport,
  event: string,
  { server = issuer }: IncidentOptions,
): Provenance {
  return {
    resourceType: 'Provenance',
    meta: { security: [RESTRICTED] },
    target: [{ reference: event }],
    recorded: reportedAt,
    agent: [
      {
        type: { coding: [{ system: SYSTEM.provenanceParticipantType, code: 'author' }] },
        who: toPerformer(performer, issuer, server),
      },
    ],
  };
}

/** @param event "AdverseEvent/9" */
export const reporterSearch = (event: string): FhirSearch => ({
  type: 'Provenance',
  params: [['target', event]],
});

/** The reporter whom a restricted Provenance of this event names. */
export function reporterIn(
  resources: readonly unknown[],
  event: string,
  server: string,
): string | undefined {
  const [found] = resources.flatMap((one) => {
    const ref = refOf(one, server);
    if (ref?.type !== 'Provenance' || !isRestricted(one)) return [];
    const about = objects(get(one, 'target')).some((target) => literal(target, ref) === event);
    const [agent] = objects(get(one, 'agent'));
    return about ? (literal(get(agent, 'who'), ref) ?? []) : [];
  });
  return found;
}

const isRestricted = (resource: unknown): boolean =>
  objects(get(get(resource, 'meta'), 'security')).some(
    (one) => get(one, 'system') === RESTRICTED.system && get(one, 'code') === RESTRICTED.code,
  );

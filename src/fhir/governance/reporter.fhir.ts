import type { Provenance } from 'fhir/r4';
import type { SafetyReport } from '#src/domain/governance/incident.ts';
import { SYSTEM } from '../codes.ts';
import { toPerformer } from '../feedback/observation-base.ts';
import type { IncidentOptions } from './incident.fhir.ts';
import { INCIDENT_SYSTEM } from './incident-terms.ts';

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
    meta: { security: [{ system: INCIDENT_SYSTEM.confidentiality, code: 'R' }] },
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

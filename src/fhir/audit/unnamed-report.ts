import { SYSTEM } from '../codes.ts';
import { hasCode } from '../datatypes.ts';
import { INCIDENT_ITEM, INCIDENT_SYSTEM } from '../governance/incident-terms.ts';
import { GOVERNANCE_TASK } from '../governance-terms.ts';
import { get, objects } from '../read.ts';

/**
 * Part of a safety report whose reporter does not want to be named. An audit record of its writing would
 * name them, and so does the chain that it stands in: such a part comes into no trail. What others do
 * about it later does.
 */
export function isOfUnnamedReport(resource: unknown): boolean {
  const lacks = (name: string) => get(resource, name) === undefined;
  switch (get(resource, 'resourceType')) {
    case 'AdverseEvent':
      return lacks('recorder');
    case 'DocumentReference': {
      const isEvidence = hasCode(
        get(resource, 'type'),
        SYSTEM.feedbackItem,
        INCIDENT_ITEM.evidence,
      );
      return isEvidence && lacks('author');
    }
    case 'Task': {
      const isIncident = hasCode(get(resource, 'code'), GOVERNANCE_TASK.system, 'incident');
      return isIncident && lacks('requester') && get(resource, 'status') === 'requested';
    }
    case 'Provenance':
      return objects(get(get(resource, 'meta'), 'security')).some(
        (one) => get(one, 'system') === INCIDENT_SYSTEM.confidentiality && get(one, 'code') === 'R',
      );
    default:
      return false;
  }
}

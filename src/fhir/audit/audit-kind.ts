import type { AuditKind } from '#src/domain/audit/chain.ts';
import { AUDIT } from '../audit-event-terms.ts';
import { ITEM, SYSTEM } from '../codes.ts';
import { hasCode } from '../datatypes.ts';
import { GOVERNANCE_TASK } from '../governance-terms.ts';
import { get } from '../read.ts';
import { GOVERNANCE_ITEM } from '../tables/governance-codes.ts';

/** What happened, by what was written. */
export function auditKindOf(resource: unknown): AuditKind {
  const code = get(resource, 'code');
  const item = (one: string) => hasCode(code, SYSTEM.feedbackItem, one);
  const task = (one: string) => hasCode(code, GOVERNANCE_TASK.system, one);
  switch (get(resource, 'resourceType')) {
    case 'Observation':
      if (item(ITEM.displayed)) return 'shown';
      if (item(GOVERNANCE_ITEM.state)) return 'model-state';
      if (!item(ITEM.response)) return 'other';
      return get(resource, 'status') === 'entered-in-error' ? 'withdrawn' : 'answered';
    case 'AdverseEvent':
      return 'incident';
    case 'Task':
      if (task('transition')) return 'approval';
      return task('incident') ? 'incident' : 'other';
    case 'AuditEvent':
      return get(get(resource, 'type'), 'code') === AUDIT.export.code ? 'export' : 'other';
    default:
      return 'other';
  }
}

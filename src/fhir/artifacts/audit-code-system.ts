import type { CodeSystem } from 'fhir/r4';
import { AUDIT_SUBTYPE } from '../audit-event-terms.ts';
import { codeSystem } from './code-systems.ts';

export const auditCodeSystem = (): CodeSystem =>
  codeSystem(
    'AuditEvent',
    'Audit records of the feedback app',
    AUDIT_SUBTYPE.system,
    'That an AuditEvent is a record of a hashed chain, and what happened to what it lists.',
    Object.entries(AUDIT_SUBTYPE.display).map(([code, display]) => ({
      code,
      display,
      definition: `${display}; for AuditEvent.subtype.`,
    })),
  );

import type { SafetyReport } from '#src/domain/governance/incidents/incident.ts';
import { ADA, ISSUER } from './queued-answers.ts';

/** A report as the card makes it, with the smallest evidence there can be. */
export const aReport = (id: string, changes: Partial<SafetyReport> = {}): SafetyReport => ({
  id,
  taskId: `${id}-task`,
  evidence: {
    id: `${id}-evidence`,
    json: '{"resourceType":"Bundle","type":"collection"}',
    sha1: 'GjbOpIzQTFqRHaeTGJO3BLJfs8E=',
  },
  issuer: ISSUER,
  patient: 'Patient/p1',
  recommendation: {
    ref: { server: ISSUER, type: 'RiskAssessment', id: 'risk-p1' },
    version: '1',
  },
  model: { name: 'Sepsis model', version: '3.1.0', state: 'active' },
  performer: { reference: ADA },
  reportedAt: '2026-11-22T16:00:00+01:00',
  what: 'near-miss',
  confidential: false,
  context: { appVersion: '0', shownTitle: 'Start the sepsis bundle', shownPatient: 'P One' },
  ...changes,
});

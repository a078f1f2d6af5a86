import { describe, expect, it } from 'vitest';
import { isOfUnnamedReport } from '#src/fhir/audit/unnamed-report.ts';
import { toAdverseEvent, toEvidence, toIncidentTask } from '#src/fhir/governance/incident.fhir.ts';
import { toReporter } from '#src/fhir/governance/reporter.fhir.ts';
import { aReport } from '#tests/support/safety-reports.ts';
import { auditEvents, openPage, startAudited } from './audited.ts';

const HERE = { hideFromPatient: false };
const parts = (confidential: boolean) => {
  const report = aReport('urn:uuid:00000000-0000-4000-8000-000000000001', { confidential });
  return [
    toEvidence(report, HERE),
    toAdverseEvent(report, 'DocumentReference/9', HERE),
    toIncidentTask(report, 'AdverseEvent/8', 'DocumentReference/9', HERE),
    ...(confidential ? [toReporter(report, 'AdverseEvent/8', HERE)] : []),
  ];
};

describe('a safety report without a name', () => {
  it('comes into no trail, since who wrote it stands there', async () => {
    expect(parts(true).map(isOfUnnamedReport)).toEqual([true, true, true, true]);
    const delivery = await startAudited();
    const { recorder } = openPage(delivery);
    for (const resource of parts(true)) recorder.note({ resource, reference: 'AdverseEvent/8' });
    await recorder.flush();
    expect(auditEvents(delivery)).toEqual([]);
  });

  it('does once somebody works on it, as every report with a name does from the first', () => {
    expect(parts(false).map(isOfUnnamedReport)).toEqual([false, false, false]);
    const [, , task] = parts(true);
    expect(isOfUnnamedReport({ ...task, status: 'in-progress' })).toBe(false);
  });
});

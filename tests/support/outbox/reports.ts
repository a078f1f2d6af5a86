import type { SafetyReport } from '#src/domain/governance/incidents/incident.ts';
import { aReport } from '#tests/support/safety-reports.ts';
import type { TestTab } from './test-tab.ts';
import type { World } from './world.ts';

/** A safety report, and whether the record must hold it: `either` where nobody lived to see. */
export interface Reported {
  readonly report: SafetyReport;
  expected: 'there' | 'not-there' | 'either';
}

/** Reports from this tab; sometimes thinks better of it within the ten seconds. */
export async function reportConcern(world: World, tab: TestTab, content: number): Promise<void> {
  const server = world.sandbox.fhirBase;
  const made = aReport(world.uuid(), {
    taskId: world.uuid(),
    evidence: { ...aReport('').evidence, id: world.uuid() },
    issuer: server,
    patient: `Patient/${tab.who.patient}`,
    recommendation: { ref: { server, type: 'RiskAssessment', id: `s${world.reports.length}` } },
    performer: { reference: `Practitioner/${tab.who.user}` },
    confidential: content % 4 === 0,
  });
  const reported: Reported = { report: made, expected: 'not-there' };
  world.reports.push(reported);
  const outcome = await tab.outcome(tab.outbox.submitReport(made));
  if (outcome === 'refused') return;
  reported.expected = outcome === 'killed' ? 'either' : 'there';
  if (content % 3 !== 0 || outcome === 'killed') return;
  const undone = await tab.outcome(tab.outbox.undo(made.id));
  if (undone === true) reported.expected = 'not-there';
  if (undone === 'killed') reported.expected = 'either';
}

/** Counted on the server that keeps them, by none of the app's own readers. */
export function judgeReports(world: World): readonly string[] {
  const record = world.record;
  const findings: string[] = [];
  const events = record.list('AdverseEvent');
  const tasks = record.list('Task');
  const documents = record.list('DocumentReference');
  for (const { report, expected } of world.reports) {
    const event = events.filter(({ identifier }) => identifier?.value === report.id);
    const task = tasks.filter(({ identifier }) => identifier?.[0]?.value === report.taskId);
    const document = documents.filter(
      ({ identifier }) => identifier?.[0]?.value === report.evidence.id,
    );
    const counts = [event, task, document].map(({ length }) => length);
    const text = `report ${report.id} (${expected}): ${counts.join(' ')}`;
    const none = counts.every((count) => count === 0);
    const whole = counts.every((count) => (world.conditionalCreate ? count === 1 : count > 0));
    const right = expected === 'there' ? whole : expected === 'not-there' ? none : none || whole;
    if (!right) findings.push(`${counts.some((count) => count > 1) ? 'doubled' : 'lost'}: ${text}`);
    for (const { subject } of [...event, ...document])
      if (subject?.reference !== report.patient) findings.push(`wrong patient: ${text}`);
    for (const { focus } of task)
      if (!event.some(({ id }) => focus?.reference === `AdverseEvent/${id}`))
        findings.push(`wrong content: ${text}, its Task is about ${focus?.reference}`);
    const names = JSON.stringify([event, task, document]).includes(report.performer.reference);
    if (names === report.confidential && !none)
      findings.push(`wrong content: ${text} names its reporter: ${names}`);
  }
  return findings;
}

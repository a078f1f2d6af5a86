import type { DetectedIssue, Reference } from 'fhir/r4';
import { aiMeta, coding } from '../build.ts';
import { add, type Chart } from '../chart.ts';
import { deviceReference } from '../models/catalogue.ts';
import {
  basisOf,
  confidenceExtension,
  identifierOf,
  resourceId,
  type Said,
  saidAt,
  topicConcept,
} from './said.ts';

interface Issue extends Said {
  /** What to do, in a line. */
  readonly title: string;
  readonly severity: 'high' | 'moderate' | 'low';
  readonly implicated: readonly Reference[];
  readonly detail: string;
  readonly reference?: string;
}

export function detectedIssue(chart: Chart, issue: Issue): DetectedIssue {
  const code = topicConcept(issue, issue.title);
  const evidence = basisOf(chart, issue);
  return add(chart, {
    resourceType: 'DetectedIssue',
    id: resourceId(chart, issue),
    meta: aiMeta(),
    ...confidenceExtension(issue.confidence),
    identifier: [identifierOf(chart, issue)],
    status: 'final',
    code: {
      ...code,
      coding: [
        ...(code.coding ?? []),
        coding('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'DRG', 'Drug Interaction Alert'),
      ],
    },
    severity: issue.severity,
    patient: chart.subject,
    identifiedDateTime: saidAt(chart, issue),
    author: deviceReference(issue.model),
    implicated: [...issue.implicated],
    ...(evidence.length > 0 ? { evidence: [{ detail: evidence }] } : {}),
    detail: issue.detail,
    ...(issue.reference ? { reference: issue.reference } : {}),
  });
}

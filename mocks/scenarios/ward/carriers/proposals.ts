import type { CodeableConcept, MedicationRequest, Reference, ServiceRequest } from 'fhir/r4';
import { aiMeta } from '../build.ts';
import { add, type Chart } from '../chart.ts';
import { type DrugId, drug } from '../drugs.ts';
import { type Dose, dosage } from '../medications.ts';
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

interface Proposal extends Said {
  readonly priority: 'routine' | 'urgent' | 'asap' | 'stat';
  /** The recommendation that this carries out; absent where the proposal stands alone. */
  readonly cites?: Reference;
  readonly why?: string;
}

const common = (chart: Chart, said: Proposal) => ({
  id: resourceId(chart, said),
  meta: aiMeta(),
  ...confidenceExtension(said.confidence),
  identifier: [identifierOf(chart, said)],
  status: 'active' as const,
  intent: 'proposal' as const,
  priority: said.priority,
  subject: chart.subject,
  encounter: chart.encounter,
  authoredOn: saidAt(chart, said),
  requester: deviceReference(said.model),
  ...(said.why ? { note: [{ time: saidAt(chart, said), text: said.why }] } : {}),
});

const support = (chart: Chart, said: Proposal): Reference[] => [
  ...(said.cites ? [said.cites] : []),
  ...basisOf(chart, said),
];

export function serviceProposal(
  chart: Chart,
  said: Proposal & {
    readonly title: string;
    readonly code?: CodeableConcept;
    readonly replaces?: Reference;
  },
): ServiceRequest {
  const supportingInfo = support(chart, said);
  const { coding = [] } = topicConcept(said);
  return add(chart, {
    resourceType: 'ServiceRequest',
    ...common(chart, said),
    ...(said.replaces ? { replaces: [said.replaces] } : {}),
    code: { coding: [...coding, ...(said.code?.coding ?? [])], text: said.title },
    ...(supportingInfo.length > 0 ? { supportingInfo } : {}),
  });
}

export function medicationProposal(
  chart: Chart,
  said: Proposal & { readonly drug: DrugId; readonly dose: Dose; readonly title: string },
): MedicationRequest {
  const supportingInformation = support(chart, said);
  return add(chart, {
    resourceType: 'MedicationRequest',
    ...common(chart, said),
    medicationCodeableConcept: { ...drug(said.drug), text: said.title },
    reasonCode: [topicConcept(said)],
    dosageInstruction: [dosage(said.dose)],
    ...(supportingInformation.length > 0 ? { supportingInformation } : {}),
  });
}

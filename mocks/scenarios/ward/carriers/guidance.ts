import type { GuidanceResponse, MedicationRequest, RequestGroup, ServiceRequest } from 'fhir/r4';
import { aiMeta } from '../build.ts';
import { add, type Chart } from '../chart.ts';
import { type DrugId, drug } from '../drugs.ts';
import { type Dose, dosage } from '../medications.ts';
import { deviceReference, model } from '../models/catalogue.ts';
import { stream } from '../ward.ts';
import {
  basisOf,
  confidenceExtension,
  identifierOf,
  resourceId,
  type Said,
  saidAt,
  topicConcept,
} from './said.ts';

interface Guidance extends Said {
  readonly title: string;
  readonly description: string;
  readonly priority: 'routine' | 'urgent' | 'asap' | 'stat';
  /** Each can be chosen by itself; its uuid is the CDS Hooks suggestion's. */
  readonly suggestions: readonly Suggestion[];
}

interface Suggestion {
  readonly title: string;
  readonly description?: string;
  /** What it would order, where that is a drug. */
  readonly medication?: { readonly drug: DrugId; readonly dose: Dose };
}

/** R4 wants a resource behind each action; contained, since it is nothing outside its suggestion. */
function draft(chart: Chart, { title, medication }: Suggestion, n: number) {
  const common = {
    id: `draft-${n + 1}`,
    status: 'draft',
    intent: 'proposal',
    subject: chart.subject,
  } as const;
  const request: MedicationRequest | ServiceRequest = medication
    ? {
        resourceType: 'MedicationRequest',
        ...common,
        medicationCodeableConcept: drug(medication.drug),
        dosageInstruction: [dosage(medication.dose)],
      }
    : { resourceType: 'ServiceRequest', ...common, code: { text: title } };
  return request;
}

/** A CDS Hooks card as HL7 maps it: the response, its group, and an action per suggestion. */
export function guidance(chart: Chart, said: Guidance): GuidanceResponse {
  const at = saidAt(chart, said);
  const reasons = basisOf(chart, said).map((reference) => ({ ...reference }));
  const uuid = stream(chart.ward, `suggestions/${chart.id}/${said.id}`);
  const identifier = identifierOf(chart, said);
  const group: RequestGroup = add(chart, {
    resourceType: 'RequestGroup',
    id: `${resourceId(chart, said)}-group`,
    meta: aiMeta(),
    contained: said.suggestions.map((suggestion, n) => draft(chart, suggestion, n)),
    identifier: [identifier],
    status: 'active',
    intent: 'proposal',
    priority: said.priority,
    code: topicConcept(said),
    subject: chart.subject,
    encounter: chart.encounter,
    authoredOn: at,
    author: deviceReference(said.model),
    action: [
      {
        title: said.title,
        description: said.description,
        priority: said.priority,
        selectionBehavior: 'any',
        action: said.suggestions.map(({ title, description }, n) => ({
          id: uuid.uuid(),
          title,
          ...(description ? { description } : {}),
          resource: { reference: `#draft-${n + 1}` },
        })),
      },
    ],
  });
  return add(chart, {
    resourceType: 'GuidanceResponse',
    id: resourceId(chart, said),
    meta: aiMeta(),
    ...confidenceExtension(said.confidence),
    requestIdentifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${uuid.uuid()}` },
    identifier: [identifier],
    moduleUri: `${model(said.model).host}/cds-services/${said.topic[0]}`,
    status: 'success',
    subject: chart.subject,
    encounter: chart.encounter,
    occurrenceDateTime: at,
    performer: deviceReference(said.model),
    reasonCode: [topicConcept(said)],
    ...(reasons.length > 0 ? { reasonReference: reasons } : {}),
    result: { reference: `RequestGroup/${group.id}` },
  });
}

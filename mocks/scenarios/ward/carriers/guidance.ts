import type { GuidanceResponse, RequestGroup } from 'fhir/r4';
import { aiMeta } from '../build.ts';
import { add, type Chart } from '../chart.ts';
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

export interface Guidance extends Said {
  readonly title: string;
  readonly description: string;
  readonly priority: 'routine' | 'urgent' | 'asap' | 'stat';
  /** Each can be chosen by itself; its uuid is the CDS Hooks suggestion's. */
  readonly suggestions: readonly { readonly title: string; readonly description?: string }[];
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
        action: said.suggestions.map((suggestion) => ({ id: uuid.uuid(), ...suggestion })),
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

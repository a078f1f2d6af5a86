import type { CapabilityStatementRestResource } from 'fhir/r4';
import { PROFILE } from '../codes.ts';
import { INCIDENT_PROFILE } from '../governance/incident-terms.ts';

export type Need = 'SHALL' | 'SHOULD' | 'MAY';
export type Interaction = 'read' | 'search-type' | 'create' | 'update';

export type Param = readonly [name: string, need: Need];

/** One resource type that the app uses, and what it loses without it. */
export interface Wanted {
  readonly type: string;
  readonly why: string;
  readonly interactions: ReadonlyArray<readonly [Interaction, Need]>;
  readonly params?: readonly Param[];
  readonly dates?: readonly Param[];
  readonly includes?: readonly string[];
  readonly more?: Partial<CapabilityStatementRestResource>;
}

const READ: Wanted['interactions'] = [['read', 'SHALL']];
const carrier = (
  type: string,
  need: Need,
  date: string,
  include?: string,
  extra: readonly Param[] = [],
): Wanted => ({
  type,
  why: 'A carrier of AI recommendations; a site enables those that its producers write.',
  interactions: [
    ['read', need],
    ['search-type', need],
  ],
  params: [['patient', need], ['_id', 'SHOULD'], ['identifier', 'SHOULD'], ...extra],
  dates: [[date, 'SHOULD']],
  ...(include && { includes: [`${type}:${include}`] }),
});

export const WANTED: readonly Wanted[] = [
  {
    type: 'Patient',
    why: 'The banner, and the check that this is the right patient.',
    interactions: READ,
  },
  {
    type: 'Practitioner',
    why: 'Names of those who answered.',
    interactions: [
      ['read', 'SHOULD'],
      ['search-type', 'MAY'],
    ],
    params: [['_id', 'MAY']],
  },
  {
    type: 'PractitionerRole',
    why: 'Names of those who answered.',
    interactions: [['read', 'MAY']],
  },
  carrier('RiskAssessment', 'SHALL', 'date', 'performer'),
  carrier('DetectedIssue', 'SHOULD', 'identified', 'author'),
  carrier('ServiceRequest', 'SHOULD', 'authored', 'requester', [['intent', 'SHOULD']]),
  carrier('MedicationRequest', 'SHOULD', 'authoredon', 'requester', [['intent', 'SHOULD']]),
  {
    type: 'GuidanceResponse',
    why: 'Carrier of CDS Hooks; not in the Patient compartment.',
    interactions: [
      ['read', 'SHOULD'],
      ['search-type', 'SHOULD'],
    ],
    params: [
      ['patient', 'SHOULD'],
      ['identifier', 'SHOULD'],
      ['_id', 'SHOULD'],
    ],
  },
  {
    type: 'RequestGroup',
    why: 'The content of a GuidanceResponse.',
    interactions: [
      ['read', 'SHOULD'],
      ['search-type', 'SHOULD'],
    ],
    params: [
      ['patient', 'SHOULD'],
      ['_id', 'SHOULD'],
    ],
  },
  {
    type: 'Observation',
    why: 'The evidence, AI output that is an Observation, and the feedback itself: created once by identifier, read back, retracted by If-Match update. Searches by identifier are sent by POST _search.',
    interactions: [
      ['read', 'SHALL'],
      ['search-type', 'SHALL'],
      ['create', 'SHALL'],
      ['update', 'SHOULD'],
    ],
    params: [
      ['patient', 'SHALL'],
      ['code', 'SHALL'],
      ['identifier', 'SHALL'],
      ['_id', 'SHALL'],
      ['subject', 'SHOULD'],
      ['_security', 'SHOULD'],
    ],
    dates: [['date', 'SHALL']],
    includes: ['Observation:device'],
    more: {
      supportedProfile: [
        PROFILE.recommendationResponse,
        PROFILE.recommendationDisplayed,
        PROFILE.undeliveredReport,
      ],
      conditionalCreate: true,
      versioning: 'versioned-update',
      updateCreate: false,
    },
  },
  {
    type: 'Provenance',
    why: 'Which resources are AI output; who verified a recommendation. In a hospital store only.',
    interactions: [
      ['search-type', 'SHOULD'],
      ['create', 'SHOULD'],
    ],
    params: [['target', 'SHOULD']],
    more: { conditionalCreate: true },
  },
  {
    type: 'Device',
    why: 'Facts about the AI model.',
    interactions: [
      ['read', 'SHALL'],
      ['search-type', 'SHOULD'],
    ],
    params: [['_id', 'SHOULD']],
  },
  {
    type: 'DocumentReference',
    why: 'Model cards; in a hospital store the frozen evidence of safety reports.',
    interactions: [
      ['read', 'SHOULD'],
      ['search-type', 'SHOULD'],
      ['create', 'MAY'],
    ],
    params: [
      ['subject', 'SHOULD'],
      ['type', 'SHOULD'],
      ['_id', 'SHOULD'],
      ['identifier', 'MAY'],
    ],
    more: { supportedProfile: [INCIDENT_PROFILE.evidence], conditionalCreate: true },
  },
  {
    type: 'AdverseEvent',
    why: 'Safety reports. R4 has no search by identifier here, so they are found by `_tag`. In a hospital store only.',
    interactions: [
      ['read', 'MAY'],
      ['search-type', 'MAY'],
      ['create', 'MAY'],
    ],
    params: [
      ['_tag', 'MAY'],
      ['subject', 'MAY'],
    ],
    more: { supportedProfile: [INCIDENT_PROFILE.event], conditionalCreate: true },
  },
  {
    type: 'Task',
    why: 'The work on safety reports. In a hospital store only.',
    interactions: [
      ['read', 'MAY'],
      ['search-type', 'MAY'],
      ['create', 'MAY'],
    ],
    params: [
      ['identifier', 'MAY'],
      ['patient', 'MAY'],
      ['code', 'MAY'],
    ],
    more: { supportedProfile: [INCIDENT_PROFILE.task], conditionalCreate: true },
  },
  {
    type: 'Communication',
    why: 'Answers to those who reported. In a hospital store only.',
    interactions: [['search-type', 'MAY']],
    params: [['recipient', 'MAY']],
  },
  {
    type: 'MedicationAdministration',
    why: 'What is new in the chart since the recommendation was produced.',
    interactions: [['search-type', 'SHOULD']],
    params: [
      ['patient', 'SHOULD'],
      ['_id', 'MAY'],
    ],
    dates: [['effective-time', 'SHOULD']],
    includes: ['MedicationAdministration:medication'],
  },
  {
    type: 'Procedure',
    why: 'What is new in the chart since the recommendation was produced.',
    interactions: [['search-type', 'SHOULD']],
    params: [
      ['patient', 'SHOULD'],
      ['_id', 'MAY'],
    ],
    dates: [['date', 'SHOULD']],
  },
  {
    type: 'MeasureReport',
    why: 'Published counts, which the dashboard opens with; written by `clinician-feedback metrics --publish`. In a hospital store only.',
    interactions: [
      ['search-type', 'SHOULD'],
      ['create', 'MAY'],
      ['update', 'MAY'],
    ],
    params: [
      ['identifier', 'SHOULD'],
      ['measure', 'MAY'],
    ],
  },
  {
    type: 'Measure',
    why: 'What the published counts are counts of.',
    interactions: [
      ['search-type', 'MAY'],
      ['create', 'MAY'],
    ],
    params: [['identifier', 'MAY']],
  },
];

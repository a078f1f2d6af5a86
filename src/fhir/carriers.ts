import type { ResourceRef } from '#src/domain/coding.ts';
import type { Carrier } from '#src/domain/recommendation.ts';
import { isOwnObservation, observationAuthor, readAiObservation } from './ai-observation.fhir.ts';
import { readDetectedIssue } from './detected-issue.fhir.ts';
import { readGuidanceResponse } from './guidance-response.fhir.ts';
import { get, type Json } from './read.ts';
import type { CarrierContent, CarrierInput } from './read-context.ts';
import {
  isProposal,
  readMedicationRequestProposal,
  readServiceRequestProposal,
} from './request-proposal.fhir.ts';
import { readRiskAssessment } from './risk-assessment.fhir.ts';
import type { Draft } from './supersession.ts';

/** How one resource type carries an AI recommendation; the table is the contract's. */
export interface CarrierReader {
  readonly carrier: Carrier;
  /** What it is called in a sentence about it. */
  readonly label: string;
  readonly isProposal: boolean;
  /** False for resources of this type that cannot be a recommendation whoever wrote them. */
  accepts(resource: Json): boolean;
  /** The element that may name the AI Device. */
  author(resource: Json): unknown;
  subject(resource: Json): unknown;
  read(input: CarrierInput): CarrierContent;
}

/** A read recommendation with what decides its place among the others. */
export interface Candidate extends Draft {
  readonly isProposal: boolean;
  readonly cites: readonly ResourceRef[];
}

const any = () => true;
const of = (key: string) => (resource: Json) => get(resource, key);

const TABLE: readonly CarrierReader[] = [
  {
    carrier: 'RiskAssessment',
    label: 'risk assessment',
    isProposal: false,
    accepts: any,
    author: of('performer'),
    subject: of('subject'),
    read: readRiskAssessment,
  },
  {
    carrier: 'GuidanceResponse',
    label: 'guidance response',
    isProposal: false,
    accepts: any,
    author: of('performer'),
    subject: of('subject'),
    read: readGuidanceResponse,
  },
  {
    carrier: 'DetectedIssue',
    label: 'alert',
    isProposal: false,
    accepts: any,
    author: of('author'),
    subject: (resource) => get(resource, 'patient') ?? get(resource, 'subject'),
    read: readDetectedIssue,
  },
  {
    carrier: 'ServiceRequest',
    label: 'service proposal',
    isProposal: true,
    accepts: isProposal,
    author: of('requester'),
    subject: of('subject'),
    read: readServiceRequestProposal,
  },
  {
    carrier: 'MedicationRequest',
    label: 'medication proposal',
    isProposal: true,
    accepts: isProposal,
    author: of('requester'),
    subject: of('subject'),
    read: readMedicationRequestProposal,
  },
  {
    carrier: 'Observation',
    label: 'observation',
    isProposal: false,
    accepts: (resource) => !isOwnObservation(resource),
    author: observationAuthor,
    subject: of('subject'),
    read: readAiObservation,
  },
];

export const CARRIERS: ReadonlyMap<string, CarrierReader> = new Map(
  TABLE.map((reader) => [reader.carrier, reader]),
);

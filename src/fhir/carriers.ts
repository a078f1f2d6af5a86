import type { ResourceRef } from '#src/domain/coding.ts';
import type { Carrier } from '#src/domain/recommendation.ts';
import { get, type Json } from './read.ts';
import type { CarrierContent, CarrierInput } from './read-context.ts';
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

export const CARRIERS: ReadonlyMap<string, CarrierReader> = new Map<string, CarrierReader>([
  [
    'RiskAssessment',
    {
      carrier: 'RiskAssessment',
      label: 'risk assessment',
      isProposal: false,
      accepts: any,
      author: (resource) => get(resource, 'performer'),
      subject: (resource) => get(resource, 'subject'),
      read: readRiskAssessment,
    },
  ],
]);

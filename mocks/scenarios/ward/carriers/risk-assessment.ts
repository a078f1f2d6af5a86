import type { RiskAssessment, RiskAssessmentPrediction } from 'fhir/r4';
import { SYSTEM } from '#src/fhir/codes.ts';
import { aiMeta, coding, ucum } from '../build.ts';
import { add, type Chart } from '../chart.ts';
import { deviceReference } from '../models/catalogue.ts';
import { minutesAgo } from '../ward.ts';
import {
  basisOf,
  confidenceExtension,
  identifierOf,
  resourceId,
  type Said,
  saidAt,
  topicConcept,
} from './said.ts';

type Band = 'negligible' | 'low' | 'moderate' | 'high';

export interface Risk extends Said {
  /** The recommendation in a line. */
  readonly title: string;
  /** What to do about it, step by step, in the producer's words. */
  readonly mitigation: string;
  readonly outcome: RiskAssessmentPrediction['outcome'];
  /** As the producer sends it: most send percent, the readmission model sends 0–1. */
  readonly probability?: number;
  readonly band?: Band;
  readonly rationale?: string;
  /** "Within so many hours" as a range, or "until so many days from now" as a period. */
  readonly horizon?: { readonly hours: number } | { readonly days: number };
  readonly note?: string;
  readonly status?: RiskAssessment['status'];
  /** A source that the hospital never registered: it gives a name and no Device. */
  readonly unregistered?: string;
}

const BANDS: Readonly<Record<Band, string>> = {
  negligible: 'Negligible likelihood',
  low: 'Low likelihood',
  moderate: 'Moderate likelihood',
  high: 'High likelihood',
};

function prediction(chart: Chart, risk: Risk): RiskAssessmentPrediction {
  const { horizon } = risk;
  return {
    ...(risk.outcome ? { outcome: risk.outcome } : {}),
    ...(risk.probability === undefined ? {} : { probabilityDecimal: risk.probability }),
    ...(risk.band
      ? {
          qualitativeRisk: {
            coding: [coding(SYSTEM.riskProbability, risk.band, BANDS[risk.band])],
            text: BANDS[risk.band],
          },
        }
      : {}),
    ...(horizon && 'hours' in horizon
      ? { whenRange: { low: ucum(0, 'h'), high: ucum(horizon.hours, 'h') } }
      : {}),
    ...(horizon && 'days' in horizon
      ? {
          whenPeriod: {
            start: saidAt(chart, risk),
            end: minutesAgo(chart.ward, risk.minutesAgo - horizon.days * 1440),
          },
        }
      : {}),
    ...(risk.rationale ? { rationale: risk.rationale } : {}),
  };
}

export function riskAssessment(chart: Chart, risk: Risk): RiskAssessment {
  const basis = basisOf(chart, risk);
  return add(chart, {
    resourceType: 'RiskAssessment',
    id: resourceId(chart, risk),
    meta: aiMeta(),
    ...confidenceExtension(risk.confidence),
    identifier: [identifierOf(chart, risk)],
    status: risk.status ?? 'final',
    code: topicConcept(risk, risk.title),
    subject: chart.subject,
    encounter: chart.encounter,
    occurrenceDateTime: saidAt(chart, risk),
    performer: risk.unregistered ? { display: risk.unregistered } : deviceReference(risk.model),
    ...(basis.length > 0 ? { basis } : {}),
    prediction: [prediction(chart, risk)],
    mitigation: risk.mitigation,
    ...(risk.note ? { note: [{ time: saidAt(chart, risk), text: risk.note }] } : {}),
  });
}

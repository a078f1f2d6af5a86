import type { CodeableConcept, Extension, Identifier, Reference } from 'fhir/r4';
import { AI_TRANSPARENCY, CANONICAL_BASE } from '#src/fhir/codes.ts';
import { type AnalyteId, analyte } from '../analytes.ts';
import { coding, named } from '../build.ts';
import { type Chart, newest } from '../chart.ts';
import { type ModelId, model } from '../models/catalogue.ts';
import { minutesAgo, stream } from '../ward.ts';

type Kind = 'sepsis' | 'chest-xray' | 'drug-interaction' | 'readmission';

const KIND_SYSTEM = `${CANONICAL_BASE}/CodeSystem/recommendation-kind`;

/** What every recommendation has, whatever resource carries it. */
export interface Said {
  /** Tail of the resource id, after the patient's. */
  readonly id: string;
  readonly model: ModelId;
  readonly minutesAgo: number;
  /** Absent: only the vendor's own topic is sent, which no site configuration knows. */
  readonly kind?: Kind;
  /** The vendor's topic code and what it is called. */
  readonly topic: readonly [code: string, display: string];
  /** Results that the model used: the newest of each when it ran. */
  readonly basis?: readonly AnalyteId[];
  /** Other resources that it used. */
  readonly alsoBasedOn?: readonly Reference[];
  readonly confidence?: Confidence;
  /** A later version of the same recommendation carries the same one. */
  readonly identifier?: string;
}

type Confidence = Pick<
  Extension,
  'valueDecimal' | 'valueQuantity' | 'valueRange' | 'valueCodeableConcept' | 'valueString'
>;

export const saidAt = (chart: Chart, said: Said) => minutesAgo(chart.ward, said.minutesAgo);

export const resourceId = (chart: Chart, said: Said) => `${chart.id}-${said.id}`;

export function identifierOf(chart: Chart, said: Said): Identifier {
  const key = said.identifier ?? said.id;
  return {
    system: `${model(said.model).host}/recommendations`,
    value: stream(chart.ward, `recommendation/${chart.id}/${key}`).uuid(),
  };
}

/** Kind and vendor topic side by side, as a site would map them; `text` in the vendor's words. */
export function topicConcept(said: Said, text: string = said.topic[1]): CodeableConcept {
  const topic = coding(`${model(said.model).host}/topics`, ...said.topic);
  return {
    coding: said.kind ? [coding(KIND_SYSTEM, said.kind), topic] : [topic],
    text,
  };
}

export function basisOf(chart: Chart, said: Said): Reference[] {
  const at = saidAt(chart, said);
  const results = (said.basis ?? []).map((id) => {
    const observation = newest(chart, analyte(id).loinc, at);
    if (!observation) throw new Error(`${chart.id}: no ${id} before ${at}`);
    return named(`Observation/${observation.id}`, analyte(id).display);
  });
  return [...results, ...(said.alsoBasedOn ?? [])];
}

export const confidenceExtension = (confidence: Confidence | undefined) =>
  confidence ? { extension: [{ url: AI_TRANSPARENCY.confidence, ...confidence }] } : {};

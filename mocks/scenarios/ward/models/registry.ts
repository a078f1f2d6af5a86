import { MODEL_IDS, model } from './catalogue.ts';

/** What the site configuration of this ward lists as `aiDevices`: the business identifiers. */
export const AI_DEVICES: readonly string[] = MODEL_IDS.map((id) => model(id).identifier);

/** How each source's probabilities are to be read; the readmission model sends 0–1. */
export const PROBABILITY_SCALES: readonly {
  readonly source: string;
  readonly scale: 'percent' | 'fraction';
}[] = MODEL_IDS.map((id) => ({
  source: model(id).identifier,
  scale: id.startsWith('readmission') ? 'fraction' : 'percent',
}));

import type { RiskAssessment } from 'fhir/r4';
import { CANONICAL_BASE, SYSTEM } from '#src/fhir/codes.ts';
import { ucum } from '../ward/build.ts';
import { deviceReference, MODEL_IDS, model } from '../ward/models/catalogue.ts';
import { aiMetaAt, idOf, instant } from './fields.ts';
import { type Row, sentProbability } from './past.ts';
import { OUTCOME_SYSTEM } from './settings.ts';

const KIND_SYSTEM = `${CANONICAL_BASE}/CodeSystem/recommendation-kind`;

/** By the identifier of the model: the kind that the site maps it to, and what the vendor writes. */
const SAYS: Readonly<Record<string, { kind: string; title: string }>> = {
  'sepsis-early-warning-3.1.0': {
    kind: 'sepsis',
    title: 'Review for sepsis: repeat vital signs and lactate',
  },
  'chest-xray-triage-1.8.2': {
    kind: 'chest-xray',
    title: 'Read this chest film first: likely urgent finding',
  },
  'interaction-check-5.0.3': {
    kind: 'drug-interaction',
    title: 'Interaction of two ordered drugs: change one or monitor',
  },
  'readmission-30d-2.1.0': {
    kind: 'readmission',
    title: 'High risk of readmission: arrange follow-up before discharge',
  },
};

const DEVICES = new Map(MODEL_IDS.map((id) => [model(id).identifier, model(id)]));

const BANDS = {
  low: 'Low likelihood',
  moderate: 'Moderate likelihood',
  high: 'High likelihood',
} as const;
const isBand = (band: string | null): band is keyof typeof BANDS =>
  band !== null && Object.hasOwn(BANDS, band);

/** One run of a model, whether it fired or not: this vendor stores every one. */
export function pastInference(row: Row<'scores'>): RiskAssessment {
  const facts = DEVICES.get(row.model_id ?? '');
  const says = SAYS[row.model_id ?? ''];
  if (!facts || !says) throw new Error(`${row.model_id} is no model of this hospital.`);
  const { risk_band, horizon_h } = row;
  return {
    resourceType: 'RiskAssessment',
    id: idOf(row.score_id),
    meta: aiMetaAt(row.recorded_at),
    identifier: [{ system: `${facts.host}/recommendations`, value: idOf(row.score_id) }],
    status: 'final',
    code: { coding: [{ system: KIND_SYSTEM, code: says.kind }], text: says.title },
    subject: { reference: row.patient_id ?? '' },
    encounter: { reference: row.encounter_id ?? '' },
    occurrenceDateTime: instant(row.scored_at),
    performer: deviceReference(facts.id),
    prediction: [
      {
        outcome: {
          coding: [{ system: OUTCOME_SYSTEM, code: row.outcome_code ?? '' }],
          text: says.title,
        },
        probabilityDecimal: sentProbability(row),
        ...(isBand(risk_band) && {
          qualitativeRisk: {
            coding: [
              { system: SYSTEM.riskProbability, code: risk_band, display: BANDS[risk_band] },
            ],
            text: BANDS[risk_band],
          },
        }),
        ...(horizon_h !== null && {
          whenRange: { low: ucum(0, 'h'), high: ucum(horizon_h, 'h') },
        }),
      },
    ],
  };
}

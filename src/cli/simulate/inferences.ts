import type { Device, RiskAssessment } from 'fhir/r4';
import { MODEL_FACTS, MODEL_KEYS, type ModelFacts } from '#src/domain/simulate/model-facts.ts';
import { ACTION_SYSTEM } from '#src/domain/simulate/systems.ts';
import type { TableRow } from '#src/domain/tables/schema.ts';
import { AI_TRANSPARENCY, LABEL, SYSTEM } from '#src/fhir/codes.ts';
import { HOSPITAL_BASE, idOf, isoTime, simulatedMeta } from './mark.ts';

export const KIND_SYSTEM = `${HOSPITAL_BASE}/kinds`;

const FACTS: ReadonlyMap<string, ModelFacts> = new Map(
  MODEL_KEYS.map((key) => [MODEL_FACTS[key].outcome, MODEL_FACTS[key]]),
);

export const toDevice = (row: TableRow<'models'>, at: number): Device => ({
  resourceType: 'Device',
  id: idOf(row.device_id ?? ''),
  meta: simulatedMeta(at),
  identifier: [{ system: `${HOSPITAL_BASE}/ai-models`, value: row.model_id }],
  status: 'active',
  ...(row.manufacturer && { manufacturer: row.manufacturer }),
  deviceName: [{ name: row.name, type: 'user-friendly-name' }],
  type: {
    coding: [{ system: AI_TRANSPARENCY.deviceType, code: 'Artificial-Intelligence' }],
    text: 'Artificial intelligence',
  },
  version: [{ value: row.model_version }],
});

/** Every inference, fired or not: which it was, the threshold in the site's settings tells. */
export function toRiskAssessment(row: TableRow<'scores'>, device: string): RiskAssessment {
  const facts = FACTS.get(row.outcome_code ?? '');
  const id = idOf(row.score_id);
  return {
    resourceType: 'RiskAssessment',
    id,
    meta: simulatedMeta(row.recorded_at, {
      security: [{ system: SYSTEM.observationValue, code: LABEL.ai }],
    }),
    identifier: [{ system: `${HOSPITAL_BASE}/inferences`, value: id }],
    status: 'final',
    ...(facts && {
      code: { coding: [{ system: KIND_SYSTEM, code: facts.kind }], text: facts.title },
    }),
    subject: { reference: row.patient_id ?? '' },
    encounter: { reference: row.encounter_id ?? '' },
    ...(row.scored_at !== null && { occurrenceDateTime: isoTime(row.scored_at) }),
    performer: { reference: device },
    prediction: [
      {
        outcome: { coding: [{ system: ACTION_SYSTEM, code: row.outcome_code ?? '' }] },
        // Percent, as R4 has it (invariant ras-2); scores are whole hundredths of one.
        probabilityDecimal: Math.round((row.score ?? 0) * 10_000) / 100,
        qualitativeRisk: {
          coding: [{ system: SYSTEM.riskProbability, code: row.risk_band ?? 'low' }],
        },
        whenRange: {
          high: { value: row.horizon_h ?? 0, unit: 'h', system: SYSTEM.ucum, code: 'h' },
        },
      },
    ],
  };
}

import { z } from 'zod';

/**
 * The authority on what a site's settings for its tables may say (`--settings`): what no resource and
 * no `config.json` says. The command line reads it, and the export page once a file was chosen: no
 * launch does, so zod may be here.
 */
// A page's policy lets no text be code, and zod would try.
z.config({ jitless: true });

const text = (max = 200) => z.string().min(1).max(max);

const coding = z.strictObject({ system: text(500), code: text(), display: text().optional() });

const site = z.strictObject({
  site: text(),
  // Whether the engine knows it, `load-settings.ts` asks.
  timeZone: text(60),
  units: z.array(text(2_048)).max(5_000).optional(),
});

const model = z.strictObject({
  model_id: text(),
  model_version: text().optional(),
  threshold: z.number().optional(),
  score_scale: z.enum(['probability', 'points']).optional(),
  horizon_h: z.number().min(0).optional(),
  outcome_code: text().optional(),
  high_risk: z.boolean().optional(),
  actions: z.array(text()).max(100).optional(),
});

const negative = z.strictObject({ rule: text(), outcome_code: text() });

const outcome = z.strictObject({
  id: text(),
  kind: z.enum(['label', 'action']),
  outcome: text(),
  type: z.enum([
    'Condition',
    'Observation',
    'Procedure',
    'MedicationAdministration',
    'MedicationRequest',
    'ServiceRequest',
  ]),
  codes: z.array(coding).min(1).max(500),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  unit: text(50).optional(),
  critical: z.boolean().optional(),
});

const share = z.number().min(0).max(1);
const target = z.strictObject({ acceptable: share, unacceptable: share });

const modelTargets = z.strictObject({
  model_id: text(),
  sensitivity: target.optional(),
  predictiveValue: target.optional(),
  missedCritical: target.optional(),
});

const tableSettingsSchema = z.strictObject({
  $schema: z.string().max(300).optional(),
  sites: z.array(site).min(1).max(500),
  models: z.array(model).max(500).default([]),
  negatives: z.array(negative).max(500).default([]),
  outcomes: z.array(outcome).max(500).default([]),
  targets: z.array(modelTargets).max(500).default([]),
});

/** What `check.ts` reads, so that mistakes here are told in the words that `config.json` has for them. */
export const tableSettingsJsonSchema = (): Record<string, unknown> =>
  z.toJSONSchema(tableSettingsSchema, { io: 'input' });

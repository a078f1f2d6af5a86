import { z } from 'zod';
import { ROLES, type Role } from '#src/domain/governance/rights.ts';
import { RISK_TIERS } from '#src/domain/governance/risk-tier.ts';
import { CARRIERS } from '#src/domain/recommendation.ts';

/**
 * The authority on what `public/config.json` may say. The browser does not load zod for it: the
 * JSON Schema generated from here (`npm run schema`) is checked by `check.ts`, and a test keeps the
 * three in agreement.
 */
const text = (max = 200) => z.string().min(1).max(max);

const httpUrl = z
  .string()
  .max(2000)
  // No credentials, query or fragment; https, or http on loopback for sandboxes.
  .regex(
    /^(https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?|http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?)(\/[^\s?#]*)?$/,
  )
  // The description travels into the JSON Schema and is what a person reads when it does not match.
  .describe('must be an https URL without query (http only for localhost)');

const origin = z
  .string()
  .max(300)
  .regex(
    /^(https:\/\/(\*\.)?[A-Za-z0-9.-]+(:\d{1,5})?|http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?)$/,
  )
  .describe('must be an origin such as https://ehr.example.org, without a path');

const coding = z.strictObject({
  system: text(500),
  code: text(),
  display: text().optional(),
});

const reason = z.strictObject({
  label: text(60),
  coding,
  tone: z.literal('danger').optional(),
});

const watch = z.strictObject({
  label: text(80),
  resource: z.enum(['Observation', 'MedicationAdministration', 'MedicationRequest', 'Procedure']),
  codes: z.array(coding).max(60),
});

const kind = z.strictObject({
  id: text(60),
  label: text(80),
  codes: z.array(coding).max(40),
  reasons: z.array(reason).max(8),
  reasonRequired: z.boolean().default(false),
  riskTier: z.enum(RISK_TIERS).optional(),
  staleAfterMinutes: z.int().min(1).max(525_600),
  series: z.array(coding).max(40),
  seriesHours: z.int().min(1).max(8760).default(72),
  watch: z.array(watch).max(20),
  nextStep: text(120).optional(),
  deferMinutes: z.array(z.int().min(5).max(10_080)).min(1).max(6),
});

const store = z.strictObject({
  baseUrl: httpUrl,
  label: text(80),
  auth: z.enum(['ehr-token', 'smart']),
  clientId: text().optional(),
  scopes: text(2000).optional(),
  authorizationOrigins: z.array(origin).max(10).default([]),
  patientIdentifierSystem: text(500),
  canRetract: z.boolean().default(true),
  conditionalCreate: z.boolean().default(false),
});

const sink = z.strictObject({
  kind: z.enum(['fhir-observation', 'epic-flowsheet', 'document-note', 'cds-feedback-relay']),
  to: z.enum(['ehr', 'store']).default('ehr'),
  required: z.boolean().default(true),
  flowsheet: z
    .strictObject({
      system: text(500),
      decision: text(),
      recommendation: text(),
      reason: text().optional(),
      comment: text().optional(),
    })
    .optional(),
  note: z
    .strictObject({ type: coding, afterMinutes: z.int().min(1).max(240).default(10) })
    .optional(),
  relay: z
    .strictObject({
      url: httpUrl,
      cardIdentifierSystem: text(500),
      auth: z.enum(['ehr-token', 'none']).default('none'),
    })
    .optional(),
});

const issuer = z.strictObject({
  iss: httpUrl,
  label: text(80),
  vendor: z.enum(['epic', 'oracle-health', 'smart-health-it', 'medplum', 'other']),
  clientId: text(),
  redirectUri: httpUrl.optional(),
  scopes: text(2000),
  pkce: z.enum(['required', 'ifSupported']).default('required'),
  refreshTokenWithClientId: z.boolean().default(true),
  discoveryHeaders: z.record(z.string(), z.string()).default({}),
  authorizationOrigins: z.array(origin).max(10).default([]),
  aiDevices: z.array(text()).max(200).default([]),
  probabilityScales: z
    .array(z.strictObject({ source: text(), scale: z.enum(['percent', 'fraction']) }))
    .max(200)
    .default([]),
  carriers: z
    .array(z.enum(CARRIERS))
    .min(1)
    .max(CARRIERS.length)
    .default([...CARRIERS]),
  canRetract: z.boolean().default(true),
  hospitalStore: z.boolean().default(false),
  conditionalCreate: z.boolean().default(false),
  hideFromPatient: z.boolean().default(false),
  readBack: z.boolean().default(true),
  store: store.optional(),
  recommendationSource: z.enum(['ehr', 'store']).default('ehr'),
  sinks: z.array(sink).min(1).max(5).optional(),
});

const base64url = (min: number, max: number, what: string) =>
  z
    .string()
    .min(min)
    .max(max)
    .regex(/^[A-Za-z0-9_-]+$/)
    .describe(what);

/** A public key only: `d` and its like are unknown fields, and refused. */
const helpDeskKey = z.strictObject({
  kty: z.literal('RSA'),
  n: base64url(342, 1400, 'must be the modulus of an RSA key of 2048 bits or more, base64url'),
  e: base64url(2, 12, 'must be the exponent of an RSA key, base64url'),
  kid: text(100).optional(),
});

const people = z.array(text(500)).max(2_000);

const roles = z.strictObject(
  Object.fromEntries(ROLES.map((role) => [role, people.optional()])) as Record<
    Role,
    z.ZodOptional<typeof people>
  >,
);

const governance = z.strictObject({
  registry: z.enum(['required', 'none']).default('required'),
  recheckSeconds: z.int().min(10).max(3_600).default(60),
  graceMinutes: z.number().min(0).max(1_440).default(10),
  unregistered: z.enum(['show', 'hide']).default('show'),
  confidentialReports: z.boolean().default(false),
  safetyContact: text(300).optional(),
  auditDays: z.int().min(1).max(36_500).optional(),
  legalHolds: z.array(text(300)).max(50).default([]),
  roles: roles.optional(),
  trainingRequired: z.array(text()).max(200).default([]),
});

export const siteConfigSchema = z.strictObject({
  $schema: z.string().max(300).optional(),
  version: z.literal(1),
  siteName: z.string().max(120).default(''),
  synthetic: z.boolean().default(false),
  issuers: z.array(issuer).max(50),
  kinds: z.array(kind).min(1).max(100),
  frameAncestors: z.array(origin).max(20).default([]),
  lockAfterMinutes: z.number().min(0).max(720).default(15),
  deviceStorage: z.enum(['persistent', 'ephemeral', 'none']).default('persistent'),
  helpDeskKey: helpDeskKey.optional(),
  governance: governance.default(governance.parse({})),
});

/** JSON Schema (2020-12) of the file as a person writes it: what has a default may be left out. */
export function siteConfigJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(siteConfigSchema, { io: 'input' });
}

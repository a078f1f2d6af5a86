import type { Answer, Exposure } from '#src/domain/feedback.ts';
import { deriveTables } from '#src/domain/tables/derive/derive-tables.ts';
import type { TableSettings } from '#src/domain/tables/derive/settings.ts';
import type { Tables } from '#src/domain/tables/schema.ts';
import { toDisplayedObservation } from '#src/fhir/feedback/displayed.fhir.ts';
import { toObservation } from '#src/fhir/feedback/response.fhir.ts';
import { readTables } from '#src/fhir/tables/read-tables.ts';
import { isNeededFirst, type TableContext } from '#src/fhir/tables/table-context.ts';

export const SERVER = 'https://ehr.example.org/fhir';
export const id = (n: number): string =>
  `urn:uuid:00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const CONTEXT: TableContext = {
  server: SERVER,
  sink: 'fhir-observation',
  source: { aiDevices: [], probabilityScales: [{ source: '*', scale: 'percent' }] },
  known: [],
};

export const SETTINGS: TableSettings = { sites: [{ site: 'North', timeZone: 'UTC' }] };

const RECOMMENDATION = {
  ref: { server: SERVER, type: 'RiskAssessment', id: 'r1' },
  identifier: { system: 'urn:example:producer', value: 'rec-1' },
  version: '1',
} as const;

export const answer = (n: number, at: string, more: Partial<Answer> = {}): Answer => ({
  id: id(n),
  issuer: SERVER,
  patient: 'Patient/p1',
  encounter: 'Encounter/e1',
  recommendation: RECOMMENDATION,
  performer: { reference: 'Practitioner/a' },
  answeredAt: at,
  response: 'accepted',
  reasons: [],
  context: { appVersion: '0.1.0' },
  ...more,
});

export interface Stored {
  /** Default `o<n>`. */
  readonly place?: string;
  readonly version?: string;
  /** When the server stored it; default: never said. */
  readonly updated?: string;
  readonly status?: string;
}

const meta = ({ version, updated }: Stored, held: object | undefined) => ({
  ...held,
  ...(version && { versionId: version }),
  ...(updated && { lastUpdated: updated }),
});

/** The answer as a server holds it. */
export function given(one: Answer, stored: Stored = {}) {
  const written = toObservation(one, { hideFromPatient: false, hospitalStore: true });
  const n = Number(one.id.slice(-12));
  return {
    ...written,
    id: stored.place ?? `o${n}`,
    meta: meta(stored, written.meta),
    ...(stored.status && { status: stored.status }),
  };
}

export function shown(n: number, at: string, more: Partial<Exposure> = {}, stored: Stored = {}) {
  const written = toDisplayedObservation({
    id: id(n),
    issuer: SERVER,
    patient: 'Patient/p1',
    encounter: 'Encounter/e1',
    recommendation: RECOMMENDATION,
    performer: { reference: 'Practitioner/a' },
    displayedAt: at,
    appVersion: '0.1.0',
    ...more,
  });
  return { ...written, id: stored.place ?? `x${n}`, meta: meta(stored, written.meta) };
}

/** An AI’s RiskAssessment, produced at 09:00. */
export const risk = (more: object = {}) => ({
  resourceType: 'RiskAssessment',
  id: 'r1',
  meta: {
    versionId: '1',
    security: [
      { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'AIAST' },
    ],
  },
  identifier: [{ system: 'urn:example:producer', value: 'rec-1' }],
  status: 'final',
  code: { text: 'Sepsis' },
  subject: { reference: 'Patient/p1' },
  encounter: { reference: 'Encounter/e1' },
  occurrenceDateTime: '2026-10-02T09:00:00Z',
  prediction: [{ probabilityDecimal: 62 }],
  ...more,
});

export function tablesOf(
  resources: readonly unknown[],
  settings: Partial<TableSettings> = {},
  context: Partial<TableContext> = {},
): Required<Omit<Tables, 'shifts'>> {
  const known = resources.filter(isNeededFirst);
  const { read } = readTables(resources, { ...CONTEXT, known, ...context });
  const tables = deriveTables(read, { ...SETTINGS, ...settings });
  const { scores = [], recommendations = [], exposures = [], decisions = [] } = tables;
  const { outcomes = [], encounters = [], reviews = [], models = [] } = tables;
  const { changes = [], incidents = [] } = tables;
  return {
    scores,
    recommendations,
    exposures,
    decisions,
    outcomes,
    encounters,
    reviews,
    models,
    changes,
    incidents,
  };
}

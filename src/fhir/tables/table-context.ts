import type { FlowsheetMapping, KindConfig, NoteMapping } from '#src/domain/site-config.ts';
import type { DecisionRow } from '#src/domain/tables/decisions.ts';
import { type AiTargets, readProvenances } from '../ai-origin.ts';
import { get } from '../read.ts';
import type { SourceRules } from '../read-context.ts';
import { buildPool, type ResourcePool } from '../reference.ts';
import type { OutcomeRule } from './outcome-rule.ts';

/** What must be known about a server before one of its resources can become a row. */
export interface TableContext {
  /** FHIR base that was read, without a trailing slash. */
  readonly server: string;
  /**
   * FHIR base of the EHR: identifiers are relative to it, absolute elsewhere. Default: `server`. One
   * for all servers that are read together: else two hospitals’ `Patient/1` would be one patient.
   */
  readonly issuer?: string;
  /** What a feedback Observation read here is. */
  readonly sink: Extract<DecisionRow['sink'], 'hospital-store' | 'fhir-observation'>;
  readonly source: SourceRules;
  /** Devices, RequestGroups and AI Provenances: few, and needed to read the rest. */
  readonly known: readonly unknown[];
  readonly kinds?: readonly KindConfig[];
  readonly outcomes?: readonly OutcomeRule[];
  readonly flowsheet?: FlowsheetMapping;
  readonly note?: Pick<NoteMapping, 'type'>;
}

export interface PreparedContext extends TableContext {
  readonly issuer: string;
  readonly pool: ResourcePool;
  readonly aiTargets: AiTargets;
}

/** Once for a server; then every resource is read by itself. */
export function prepareContext(context: TableContext): PreparedContext {
  const { server, source, known } = context;
  const pool = buildPool(server, known);
  const provenances = known.filter((one) => get(one, 'resourceType') === 'Provenance');
  return {
    ...context,
    issuer: context.issuer ?? server,
    pool,
    aiTargets: readProvenances(provenances, server, pool, source),
  };
}

const NEEDED_FIRST: readonly unknown[] = ['Device', 'RequestGroup', 'Provenance'];

/** Whether a resource belongs into `known`: a reader of a stream looks for these before the rest. */
export const isNeededFirst = (resource: unknown): boolean =>
  NEEDED_FIRST.includes(get(resource, 'resourceType'));

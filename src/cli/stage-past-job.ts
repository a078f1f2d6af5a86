import type { FhirResource, Library, MeasureReport } from 'fhir/r4';
import type { StageOptions } from './stage-options.ts';

/** What counting a past needs: it makes the same rows again, beside the server that is already up. */
export interface PastJob {
  readonly past: { readonly seed: number; readonly now: number } & NonNullable<
    StageOptions['past']
  >;
  /** What the sandbox holds beside its archive. */
  readonly held: readonly FhirResource[];
  /** FHIR base. */
  readonly server: string;
  readonly aiDevices: readonly string[];
  readonly probabilityScales: readonly {
    readonly source: string;
    readonly scale: 'percent' | 'fraction';
  }[];
  /** ISO 8601: what the counts know of. */
  readonly asOf: string;
}

export interface PastCounted {
  readonly reports: readonly MeasureReport[];
  /** What monitoring finds in them, and which rules made their labels. */
  readonly libraries: readonly Library[];
  readonly decisions: number;
}

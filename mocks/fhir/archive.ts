import type { FhirResource } from 'fhir/r4';

/** One parameter of a search, as far as an archive needs it to leave out what cannot match. */
export interface Asked {
  readonly code: string;
  /** `eq` where nothing else was said. */
  readonly operator: string;
  /** Alternatives stand between commas. */
  readonly value: string;
}

/**
 * A past too large to be held as FHIR: its resources are made when somebody asks for them. It never
 * changes; what is written over one of them is the store's. Each has its `id`, `meta.versionId` and
 * `meta.lastUpdated`.
 */
export interface Archive {
  readonly types: readonly string[];
  count(type: string): number;
  has(type: string, id: string): boolean;
  read(type: string, id: string): FhirResource | undefined;
  /** Ids of everything that can match, and perhaps of more. */
  ids(type: string, asked: readonly Asked[]): Iterable<string>;
}

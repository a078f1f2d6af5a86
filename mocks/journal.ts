import type { Version } from './fhir/store.ts';

/** Where what was written outlives the process. The core only knows this; files are a host's business. */
export interface Journal {
  /** Everything that earlier runs wrote, each resource's versions in order. */
  replay(): Iterable<Version>;
  append(versions: readonly Version[]): void;
  close(): void;
}

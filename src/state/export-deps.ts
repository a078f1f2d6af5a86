import { createContext, useContext } from 'react';
import type { Profile } from '#src/domain/privacy/profile.ts';
import type { SiteConfig } from '#src/domain/site-config.ts';
import type { Clock } from '#src/io/clock.ts';
import type { SiteTables } from '#src/io/config/load-settings.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import type { Format } from '#src/io/tables-out/encoder.ts';

/** What a person chooses; nothing of it is kept anywhere. */
export interface ExportChoice {
  /** Days of this device's calendar, both included: `YYYY-MM-DD`. */
  readonly from: string;
  readonly until: string;
  readonly profile: Profile;
  readonly freeText: boolean;
  readonly formats: readonly Format[];
  readonly purpose: string;
  /** What the site states about its models and outcomes, from a file of this person’s. */
  readonly settings?: ChosenSettings | undefined;
}

export interface ChosenSettings {
  /** Of the file. */
  readonly name: string;
  readonly tables: SiteTables;
}

/** A table as it would be written. */
export interface TablePreview {
  readonly name: string;
  readonly grain: string;
  readonly rows: number;
  readonly columns: readonly string[];
  /** The first of them, as texts of a line have them; null is an empty cell. */
  readonly first: readonly (readonly (string | null)[])[];
}

export interface Counted {
  readonly tables: readonly TablePreview[];
  /** What is missing or was left out, in words with the cure. */
  readonly warnings: readonly string[];
}

/** A package that nobody has yet. */
export interface WrittenPackage {
  readonly zip: Blob;
  readonly files: number;
  readonly rows: Readonly<Record<string, number>>;
  readonly manifestSha256: string;
}

/** Reads, counts and writes beside the page, which goes on answering. Throws `FhirError`, `ExportRefused`. */
export interface ExportDesk {
  count(choice: ExportChoice, progress: (words: string) => void): Promise<Counted>;
  /** What was counted last. */
  write(choice: ExportChoice, progress: (words: string) => void): Promise<WrittenPackage>;
  /** Stops what runs and forgets every row. */
  forget(): void;
}

/** Why there is no export, in words with the cure. */
export class ExportRefused extends Error {}

/** Everything that the export page reaches outside React: built once in `app/export-session.ts`. */
export interface ExportDeps {
  readonly config: SiteConfig;
  readonly serverLabel: string;
  readonly gateway: FhirGateway;
  /** FHIR reference of who is signed in, as the gateway's server resolves it. */
  readonly performer: string | undefined;
  readonly appVersion: string;
  readonly clock: Clock;
  /** ISO 8601 with offset. */
  timestamp(): string;
  /** Checks what `--settings` of the command line takes. Throws `ExportRefused` that lists what is wrong. */
  readSettings(text: string): Promise<SiteTables>;
  readonly desk: ExportDesk;
}

const DepsContext = createContext<ExportDeps | undefined>(undefined);
export const ExportDepsProvider = DepsContext.Provider;

export function useExportDeps(): ExportDeps {
  const deps = useContext(DepsContext);
  if (!deps) throw new Error('useExportDeps needs an ExportDepsProvider above it.');
  return deps;
}

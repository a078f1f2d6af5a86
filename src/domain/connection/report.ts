import type { SinkLosses } from './cannot-carry.ts';
import { type CheckCounts, type CheckResult, countChecks } from './check.ts';

/** How far a run went: nobody signed in, with a token, or with a test answer written. */
export type CheckDepth = 'open' | 'signed-in' | 'written';

/** A setting whose value this run has proven. */
export interface ConfigAdvice {
  /** As in config.json: "conditionalCreate", "store.canRetract". */
  readonly setting: string;
  readonly value: boolean | readonly string[];
  readonly why: string;
}

export interface ReportAbout {
  /** FHIR base of the EHR. */
  readonly iss: string;
  /** ISO 8601. */
  readonly at: string;
  readonly appVersion: string;
  /** The browser origin for which CORS was asked; undefined: it was not. */
  readonly origin: string | undefined;
  readonly depth: CheckDepth;
}

export interface ConnectionReport {
  readonly about: ReportAbout;
  readonly counts: CheckCounts;
  readonly results: readonly CheckResult[];
  readonly advice: readonly ConfigAdvice[];
  /** What each configured sink cannot carry: by its nature, and as this run has seen. */
  readonly losses: readonly SinkLosses[];
  /** Test Observations that could not be retracted ("Observation/1"), for whoever clears them away. */
  readonly stays: readonly string[];
}

export function connectionReport(parts: Omit<ConnectionReport, 'counts'>): ConnectionReport {
  return { ...parts, counts: countChecks(parts.results) };
}

/** For tools. The server's own words are left out: they may name a patient. */
export function reportAsJson(report: ConnectionReport): string {
  const results = report.results.map(({ serverSaid: _words, ...result }) => result);
  return `${JSON.stringify({ ...report, results }, null, 2)}\n`;
}

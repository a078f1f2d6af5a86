/** Between the plugin (Stryker's process) and the worker that holds all tests in memory. */
export const CHANNEL = 'clinician-feedback-mutation';

/** What instrumented code reads and writes: one object on the worker's global. */
export interface StrykerGlobal {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: unknown;
}

export interface Order {
  readonly seq: number;
  /** Absent: the run without a mutant. */
  readonly mutant?: string | undefined;
  /** Ids; absent: all. */
  readonly tests?: readonly string[] | undefined;
  readonly hitLimit?: number | undefined;
  readonly stopAtFirst: boolean;
}

export interface TestOutcome {
  readonly id: string;
  readonly name: string;
  readonly fileName?: string;
  readonly timeSpentMs: number;
  readonly failure?: string;
}

export interface Report {
  readonly seq: number;
  readonly outcomes: readonly TestOutcome[];
  readonly coverage?: unknown;
  /** Loops of a mutant that never end are cut off by counting, not by waiting. */
  readonly endless: boolean;
}

/** First word of the worker: it has collected everything. */
export const READY = 'ready';

/** `warn`: works, with something lost or unproven. `skipped`: could not be asked, and why. */
export type CheckStatus = 'pass' | 'warn' | 'fail' | 'skipped';

/** What a check belongs to, in the order and with the heading under which it is printed. */
const HEADINGS = [
  ['configuration', 'Configuration'],
  ['transport', 'Transport'],
  ['discovery', 'Discovery'],
  ['cors', 'CORS: what a browser may read'],
  ['capability', 'Capabilities'],
  ['token', 'Sign-in and scopes'],
  ['search', 'Search that really filters'],
  ['write', 'A test answer'],
  ['sinks', 'Where answers go'],
] as const;

export type CheckGroup = (typeof HEADINGS)[number][0];

/** One line of the connection check. No field holds a token, a patient's id or a name. */
export interface CheckResult {
  /** Stable, for tools: "search.identifier"; on the hospital store "store.search.identifier". */
  readonly id: string;
  readonly group: CheckGroup;
  readonly title: string;
  readonly status: CheckStatus;
  readonly seen: string;
  /** What to do about it; absent where nothing has to be done. */
  readonly cure?: string;
  /**
   * The server's own words. They may name a patient, so they are shown to who runs the check and
   * stand in no file.
   */
  readonly serverSaid?: string;
}

export type CheckCounts = Readonly<Record<CheckStatus, number>>;

export function countChecks(results: readonly CheckResult[]): CheckCounts {
  const counts = { pass: 0, warn: 0, fail: 0, skipped: 0 };
  for (const { status } of results) counts[status] += 1;
  return counts;
}

/** "21 passed, 1 warning, 2 failed, 3 skipped" */
export function countsInWords({ pass, warn, fail, skipped }: CheckCounts): string {
  return `${pass} passed, ${warn} ${warn === 1 ? 'warning' : 'warnings'}, ${fail} failed, ${skipped} skipped`;
}

export interface ResultsOfGroup {
  readonly group: CheckGroup;
  readonly heading: string;
  readonly results: readonly CheckResult[];
}

/** Groups without a result are left out. */
export const byGroup = (results: readonly CheckResult[]): readonly ResultsOfGroup[] =>
  HEADINGS.map(([group, heading]) => ({
    group,
    heading,
    results: results.filter((one) => one.group === group),
  })).filter((one) => one.results.length > 0);

import type { Priority } from '#src/domain/recommendation.ts';
import { type Problems, problem, token } from './read.ts';

type Rank = Priority['rank'];
type Table = ReadonlyMap<string, readonly [rank: Rank, label: string]>;

/**
 * The producer's own words for urgency, one table per carrier, on one ladder: 0 stat, 1 asap,
 * 2 urgent, 3 routine. The app only sorts by it; it never works a rank out of numbers.
 */
const PRIORITY_TABLES = {
  /** http://hl7.org/fhir/request-priority; the last three are CDS Hooks `indicator`. */
  request: new Map([
    ['stat', [0, 'Stat']],
    ['asap', [1, 'As soon as possible']],
    ['urgent', [2, 'Urgent']],
    ['routine', [3, 'Routine']],
    ['critical', [0, 'Critical']],
    ['warning', [2, 'Warning']],
    ['info', [3, 'Information']],
  ]),
  /** http://hl7.org/fhir/detectedissue-severity. */
  severity: new Map([
    ['high', [0, 'High severity']],
    ['moderate', [2, 'Moderate severity']],
    ['low', [3, 'Low severity']],
  ]),
  /** http://terminology.hl7.org/CodeSystem/risk-probability; RiskAssessment has no priority. */
  risk: new Map([
    ['certain', [0, 'Certain']],
    ['high', [0, 'High risk']],
    ['moderate', [2, 'Moderate risk']],
    ['low', [3, 'Low risk']],
    ['negligible', [3, 'Negligible risk']],
  ]),
  /** v3-ObservationInterpretation of an AI Observation. */
  interpretation: new Map([
    ['AA', [0, 'Critical abnormal']],
    ['HH', [0, 'Critical high']],
    ['LL', [0, 'Critical low']],
    ['A', [2, 'Abnormal']],
    ['H', [2, 'High']],
    ['L', [2, 'Low']],
    ['N', [3, 'Normal']],
  ]),
} satisfies Record<string, Table>;

/** Looks a code up; a code that the table does not know is a problem and gives no priority. */
export function priorityOf(
  value: unknown,
  table: keyof typeof PRIORITY_TABLES,
  source: string,
  problems?: Problems,
): Priority | undefined {
  if (value === undefined || value === null) return undefined;
  const rows: Table = PRIORITY_TABLES[table];
  const row = rows.get(token(value, 60) ?? '');
  if (row !== undefined) return { rank: row[0], label: row[1], source };
  problems?.push(problem('unknown-code', 'The priority that was sent is not a known one.', source));
  return undefined;
}

/** The most urgent of several. */
export const mostUrgent = (all: readonly (Priority | undefined)[]): Priority | undefined =>
  all.filter((one) => one !== undefined).toSorted((a, b) => a.rank - b.rank)[0];

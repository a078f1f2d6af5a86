import type { Recommendation } from '#src/domain/recommendation.ts';
import { type Problems, problem, token } from './read.ts';

type Status = Recommendation['status'];
type Row = readonly [status: Status, note?: string];

const EVENT = new Map<string, Row>([
  ['registered', ['current', 'The AI has registered this but not finished it.']],
  ['preliminary', ['current', 'The producer marks this as preliminary: it may still change.']],
  ['final', ['current']],
  ['amended', ['current']],
  ['corrected', ['current']],
  ['cancelled', ['cancelled']],
  ['entered-in-error', ['entered-in-error']],
  ['unknown', ['current', 'The producer does not know the status of this.']],
  // R5 DetectedIssue
  ['mitigated', ['current', 'The producer marks this as mitigated.']],
]);

const REQUEST = new Map<string, Row>([
  ['draft', ['current']],
  ['active', ['current']],
  ['on-hold', ['current', 'The producer has put this on hold.']],
  ['revoked', ['cancelled']],
  ['cancelled', ['cancelled']],
  ['stopped', ['cancelled']],
  ['ended', ['cancelled']],
  ['completed', ['cancelled', 'The producer marks this as completed.']],
  ['entered-in-error', ['entered-in-error']],
  ['unknown', ['current', 'The producer does not know the status of this.']],
]);

const GUIDANCE = new Map<string, Row>([
  ['success', ['current']],
  ['data-requested', ['current', 'The AI says that more data would change its answer.']],
  ['data-required', ['current', 'The AI says that it needs more data to answer.']],
  ['in-progress', ['current', 'The AI has not finished.']],
  ['failure', ['cancelled', 'The AI reports that it failed.']],
  ['entered-in-error', ['entered-in-error']],
]);

const TABLES = { event: EVENT, request: REQUEST, guidance: GUIDANCE } as const;

/**
 * The carrier's `status` in the app's words. Missing or unknown codes keep the card, with a problem:
 * dropping it would hide output that may well be active.
 */
export function readStatus(value: unknown, table: keyof typeof TABLES, problems: Problems): Status {
  const row = TABLES[table].get(token(value, 60) ?? '');
  if (row === undefined) {
    const code = value === undefined || value === null ? 'missing' : 'unknown-code';
    const said =
      code === 'missing' ? 'No status was sent' : 'The status that was sent is not a known one';
    problems.push(problem(code, `${said}; this is shown as if it were active.`, 'status'));
    return 'current';
  }
  if (row[1] !== undefined) problems.push(problem('unsupported', row[1], 'status'));
  return row[0];
}

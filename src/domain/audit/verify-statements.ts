import type { Finding } from './chain.ts';
import type { Statement } from './statement.ts';

/** A statement as it was found outside. */
export interface FoundStatement {
  /** File or address. */
  readonly place: string;
  /** Undefined: not signed by the service, or no statement at all. */
  readonly statement: Statement | undefined;
  /** Hash of what stands there now. */
  readonly computed: string;
}

/** What is missing between the first and the last statement, and what the service never signed. */
export function verifyStatements(found: readonly FoundStatement[]): readonly Finding[] {
  const findings: Finding[] = [];
  const hashes = new Map<number, string>();
  const signed = found
    .flatMap(({ statement, ...rest }) => (statement ? [{ statement, ...rest }] : []))
    .toSorted((a, b) => a.statement.number - b.statement.number);
  for (const { place, statement } of found)
    if (!statement) findings.push({ what: 'statement-unsigned', place });
  let last = 0;
  for (const { place, computed, statement } of signed) {
    const { number, previous } = statement;
    if (number > last + 1) findings.push({ what: 'statement-gap', from: last + 1, to: number - 1 });
    const before = hashes.get(number - 1);
    const rival = hashes.get(number);
    if ((before !== undefined && before !== previous) || (rival ?? computed) !== computed)
      findings.push({ what: 'statement-changed', from: number, to: number, place });
    hashes.set(number, computed);
    last = number;
  }
  return findings;
}

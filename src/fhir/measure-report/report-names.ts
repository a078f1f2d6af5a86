import { CANONICAL_BASE } from '../codes.ts';

/** Canonical address of the Measure that a view is published under. */
export const measureUrl = (view: string): string => `${CANONICAL_BASE}/Measure/${view}`;

export const REPORT_SYSTEM = `${CANONICAL_BASE}/aggregate-report`;

/** In place of a block: rows that belong to no week. */
export const UNDATED = 'undated';

/** Which report this is, in every run: the same value replaces. @param block its Monday, or `undated`. */
export const reportId = (view: string, block: string): string => `${view}/${block}`;

/** Control characters must not stand in a FHIR string, and do stand in names of cells. */
export const plainText = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Undefined where it is nothing that `plainText` made. */
export function fromPlainText(text: string): string | undefined {
  const value = parsed(`"${text}"`);
  return typeof value === 'string' ? value : undefined;
}

/** JSON, or undefined where a text is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * R4's integers end at 2^31 − 1, and sums of probabilities do not. What is more stands in two
 * populations: the rest under the cell's own name, thousands of millions under the name with this at its
 * end. `plainText` never makes it.
 */
export const THOUSAND_MILLIONS = '\\e9';
export const LARGE = 1e9;

import type { BulkLevel } from '#src/io/bulk/kick-off.ts';

/** `system`, `patient` or `group:ID`, where an id is one of FHIR; undefined else. */
export function readLevel(text: string): BulkLevel | undefined {
  if (text === 'system' || text === 'patient') return text;
  return /^group:[A-Za-z0-9.-]{1,64}$/.test(text) ? `group:${text.slice(6)}` : undefined;
}

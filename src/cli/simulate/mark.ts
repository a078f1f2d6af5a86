import type { Coding, Meta } from 'fhir/r4';

/** What the simulated hospital calls its own things. */
export const HOSPITAL_BASE = 'https://simulated.example.org';

/**
 * Every simulated resource says so twice: by HL7's word for test data, and by what kind of test data it is.
 * Readers leave out what a connection check wrote, not what was simulated: that is there to be counted.
 */
const TAGS: readonly Coding[] = [
  {
    system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
    code: 'HTEST',
    display: 'test health data',
  },
  { system: `${HOSPITAL_BASE}/tags`, code: 'simulated', display: 'Simulated: nobody’s data' },
];

/** @param at epoch ms: when the server of this hospital would have stored it. */
export const simulatedMeta = (at: number | null, more: Meta = {}): Meta => ({
  ...more,
  versionId: '1',
  ...(at !== null && { lastUpdated: isoTime(at) }),
  tag: [...TAGS],
});

export const isoTime = (at: number): string => new Date(at).toISOString();

/** `Type/id` without the type. */
export const idOf = (reference: string): string => reference.slice(reference.indexOf('/') + 1);

import type { Meta } from 'fhir/r4';
import { LABEL, PROFILE, SYSTEM } from '#src/fhir/codes.ts';
import { SYNTHETIC } from '../scenario.ts';
import { aiMeta, CLINICIAN_ASSERTED } from '../ward/build.ts';

/** ISO 8601 with milliseconds: rows have them, and a reader gets them back. */
export const instant = (ms: number | null): string => new Date(ms ?? 0).toISOString();

/** "Patient/x" → "x" */
export const idOf = (reference: string | null): string =>
  (reference ?? '').slice((reference ?? '').indexOf('/') + 1);

/** "urn:uuid:x" → "x" */
export const uuidOf = (urn: string): string => urn.slice('urn:uuid:'.length);

/** Written once, and never again. */
const written = (ms: number | null): Meta => ({ versionId: '1', lastUpdated: instant(ms) });

export const metaAt = (ms: number | null): Meta => ({
  ...written(ms),
  tag: [SYNTHETIC],
});

export const aiMetaAt = (ms: number | null): Meta => ({ ...written(ms), ...aiMeta() });

export const answerMetaAt = (ms: number | null): Meta => ({
  ...metaAt(ms),
  profile: [PROFILE.recommendationResponse],
  security: [CLINICIAN_ASSERTED],
});

export const displayMetaAt = (ms: number | null): Meta => ({
  ...metaAt(ms),
  profile: [PROFILE.recommendationDisplayed],
  security: [{ system: SYSTEM.observationValue, code: LABEL.device }],
});

/** Changes when a published meaning changes; a date and not a clock, so that builds are repeatable. */
export const ARTIFACT_VERSION = '0.1.0';
export const ARTIFACT_DATE = '2026-11-22';

/** What every conformance resource of ours says about itself; the id is the tail of its URL. */
export const published = (name: string, title: string, url: string, description: string) => ({
  id: url.slice(url.lastIndexOf('/') + 1),
  url,
  version: ARTIFACT_VERSION,
  name,
  title,
  status: 'draft' as const,
  experimental: true,
  date: ARTIFACT_DATE,
  publisher: 'Clinician Feedback project',
  description,
});

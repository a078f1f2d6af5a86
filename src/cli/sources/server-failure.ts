import { FhirError } from '#src/io/gateway.ts';

const CURES: Partial<Readonly<Record<FhirError['kind'], string>>> = {
  auth: 'Put a valid token into CLINICIAN_FEEDBACK_TOKEN (to publish on another server, CLINICIAN_FEEDBACK_PUBLISH_TOKEN).',
  forbidden: 'Ask for the scopes that docs/metrics.md names.',
  offline: 'Check the address.',
  conflict: 'Somebody else publishes there at the same time; run it again.',
};

/** With the address and the cure. The server’s own words are left out: they may name a patient. */
export async function withServerName<T>(server: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof FhirError)) throw cause;
    const words = [`${server}: ${cause.message}`, CURES[cause.kind] ?? ''];
    throw new Error(words.filter((one) => one !== '').join(' '), { cause });
  }
}

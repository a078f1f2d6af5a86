import { BulkError, type BulkErrorKind } from '#src/io/bulk/bulk-error.ts';
import { FhirError } from '#src/io/gateway.ts';

const CURES: Readonly<Record<BulkErrorKind, string>> = {
  'not-offered': 'Ask for Bulk Data to be enabled, try another --bulk level, or leave --bulk out.',
  refused: 'Name the types that it exports with --types, or leave --since out.',
  'job-failed': 'Ask the server’s operator, or export less: --types, --bulk group:ID.',
  'job-gone': 'Remove the .partial folder and start again with --bulk and --download.',
  'bad-manifest': 'Ask the server’s operator.',
  'foreign-file': 'If that place is the hospital’s, allow it with --allow-origin.',
  torn: 'Go on with --resume.',
  stopped: 'Nothing was kept.',
  'no-token': 'Check --client-id, its registered public key (kid) and its scopes.',
  'bad-key':
    'Give a JWK, or a PEM that begins with BEGIN PRIVATE KEY (openssl pkcs8 -topk8 -nocrypt).',
  'wrong-folder': 'Name another with --download, or go on with --resume.',
};

const HTTP_CURES: Partial<Readonly<Record<FhirError['kind'], string>>> = {
  auth: 'Give --client-id with its key, or a valid token in CLINICIAN_FEEDBACK_TOKEN.',
  forbidden: 'Ask for the scopes that docs/metrics.md names.',
};

/** With the address and the cure. The server’s own words are left out: they may name a patient. */
export async function withBulkCure<T>(server: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof BulkError)
      throw new Error(`${server}: ${cause.message} ${CURES[cause.kind]}`, { cause });
    if (!(cause instanceof FhirError)) throw cause;
    const cure = HTTP_CURES[cause.kind] ?? 'Go on with --resume when it answers again.';
    throw new Error(`${server}: ${cause.message} ${cure}`, { cause });
  }
}

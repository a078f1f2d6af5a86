import type { Bundle } from '@medplum/fhirtypes';
import { statusOf, withoutId } from './outcome.ts';

/**
 * Adds what the library leaves out of a batch response, etag and lastModified (http.html
 * §3.1.0.11.2), and gives refusals the status that they carry.
 */
export function withVersions(bundle: Bundle): Bundle {
  return {
    ...bundle,
    entry: (bundle.entry ?? []).map(({ response, resource, ...entry }) => {
      const { versionId, lastUpdated } = resource?.meta ?? {};
      const result = response?.outcome;
      const known = result?.resourceType === 'OperationOutcome' ? result : undefined;
      const status = known ? String(statusOf(known)) : (response?.status ?? '200');
      return {
        ...entry,
        ...(resource === undefined ? {} : { resource }),
        response: {
          ...response,
          status,
          ...(versionId === undefined ? {} : { etag: `W/"${versionId}"` }),
          ...(lastUpdated === undefined ? {} : { lastModified: lastUpdated }),
          ...(known ? { outcome: withoutId(known) } : {}),
        },
      };
    }),
  };
}

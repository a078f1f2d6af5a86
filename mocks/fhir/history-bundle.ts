import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import type { Version } from './store.ts';

/** `_history` of one resource, newest first, deletions included (http.html §3.1.0.11). */
export function historyBundle(versions: readonly Version[], fhirBase: string): Bundle {
  return {
    resourceType: 'Bundle',
    type: 'history',
    total: versions.length,
    entry: versions.toReversed().map((version) => entryOf(version, fhirBase)),
  };
}

function entryOf(version: Version, fhirBase: string): BundleEntry {
  const path = `${version.type}/${version.id}`;
  const first = version.versionId === '1';
  return {
    fullUrl: `${fhirBase}/${path}`,
    ...(version.resource === undefined ? {} : { resource: version.resource }),
    request: {
      method: version.resource === undefined ? 'DELETE' : first ? 'POST' : 'PUT',
      url: first ? version.type : path,
    },
    response: {
      status: version.resource === undefined ? '204' : first ? '201' : '200',
      etag: `W/"${version.versionId}"`,
      lastModified: version.lastUpdated,
    },
  };
}

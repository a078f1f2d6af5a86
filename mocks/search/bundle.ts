import { formatSearchQuery, type SearchRequest } from '@medplum/core';
import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import { outcome, withoutId } from '../fhir/outcome.ts';
import type { Stored } from '../fhir/resource.ts';

export interface Page {
  readonly matches: readonly Stored[];
  readonly total: number;
  readonly next: string | undefined;
  readonly ignored: readonly string[];
}

/** A searchset without its includes, which the caller appends to `entry`. */
export function searchBundle(request: SearchRequest, page: Page, fhirBase: string): Bundle {
  const entry: BundleEntry[] = page.matches.map((resource) => ({
    fullUrl: `${fhirBase}/${resource.resourceType}/${resource.id}`,
    resource,
    search: { mode: 'match' },
  }));
  if (page.ignored.length > 0) {
    const text = `Ignored unknown search parameters: ${page.ignored.join(', ')}`;
    const resource = withoutId(outcome(200, text, { code: 'not-supported' }));
    entry.push({ resource, search: { mode: 'outcome' } });
  }
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: page.total,
    link: links(request, page, fhirBase),
    entry,
  };
}

/** `self` says what was really applied (search.html §3.1.1.4.7), `next` is an opaque cursor. */
function links(request: SearchRequest, page: Page, fhirBase: string): NonNullable<Bundle['link']> {
  const applied: SearchRequest = {
    ...request,
    filters: (request.filters ?? []).filter(({ code }) => !page.ignored.includes(code)),
  };
  const at = `${fhirBase}/${request.resourceType}`;
  const self = { relation: 'self', url: `${at}${formatSearchQuery(applied)}` };
  if (page.next === undefined) return [self];
  return [self, { relation: 'next', url: `${at}?_cursor=${page.next}` }];
}

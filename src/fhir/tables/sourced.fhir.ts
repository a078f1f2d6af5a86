import type { Sourced } from '#src/domain/tables/derive/sourced.ts';
import { referenceOn } from '../feedback/reference.fhir.ts';
import { get, token } from '../read.ts';
import { plainReference, refOf } from '../reference.ts';
import { exactTime } from './exact-time.ts';
import type { PreparedContext } from './table-context.ts';

type Source = Omit<Sourced<never>, 'row'>;

/** Where a resource stands and which version it is; undefined without type and id. */
export function sourceOf(resource: unknown, context: PreparedContext): Source | undefined {
  const ref = refOf(resource, context.server);
  if (ref === undefined) return undefined;
  const meta = get(resource, 'meta');
  const version = token(get(meta, 'versionId'), 64) ?? '';
  return {
    place: plainReference(ref, context.issuer),
    version: /^\d{1,15}$/.test(version) ? Number(version) : null,
    updatedAt: exactTime(get(meta, 'lastUpdated')).at,
  };
}

/** The target of a Reference element, relative to the EHR; null where it names none. */
export function refCell(element: unknown, { server, issuer }: PreparedContext): string | null {
  const sent = token(get(element, 'reference'), 2_048);
  return sent === undefined
    ? null
    : referenceOn(issuer, server, sent).split('/_history/')[0] || null;
}

import type { Group, Resource } from '@medplum/fhirtypes';
import type { Access } from '../fhir/access.ts';
import { outcome, refuse, withoutId } from '../fhir/outcome.ts';
import { isResourceTypeName, type Stored } from '../fhir/resource.ts';
import type { Store } from '../fhir/store.ts';
import type { Compartment } from '../smart/compartment.ts';
import type { ExportRequest } from './export-request.ts';

/** The content of one export, by the moment of its kick-off. */
export interface Collected {
  readonly byType: ReadonlyMap<string, readonly string[]>;
  readonly deleted: readonly string[];
  readonly errors: readonly string[];
}

export interface Deletion {
  readonly type: string;
  readonly id: string;
  readonly at: number;
}

export interface CollectDeps {
  readonly store: Store;
  readonly compartment: Compartment;
  readonly deletions: readonly Deletion[];
}

/** Lines of NDJSON. A type that cannot be had is told in the errors, and the others are exported. */
export function collect(request: ExportRequest, access: Access, deps: CollectDeps): Collected {
  const { store, deletions } = deps;
  const { types, since } = request;
  const known = store.types();
  const inReach = reachOf(request, deps);
  const byType = new Map<string, readonly string[]>();
  for (const type of known.filter((one) => types?.includes(one) ?? true)) {
    const lines = [...store.all(type)]
      .filter((one) => since === undefined || Date.parse(one.meta.lastUpdated) >= since)
      .filter((one) => access.may('r', one as Resource) && inReach(one))
      .map((one) => JSON.stringify(one));
    if (lines.length > 0) byType.set(type, lines);
  }
  const gone = deletions.filter(
    ({ type, id, at }) =>
      since !== undefined &&
      at >= since &&
      (types?.includes(type) ?? true) &&
      store.current(type, id) === undefined,
  );
  const errors = (types ?? [])
    .filter((type) => !isResourceTypeName(type))
    .map((type) => JSON.stringify(withoutId(outcome(404, `${type} is not exported here`))));
  return { byType, deleted: gone.map(deletionBundle), errors };
}

function reachOf(
  { level, groupId = '' }: ExportRequest,
  { store, compartment }: CollectDeps,
): (resource: Stored) => boolean {
  if (level === 'system') return () => true;
  if (level === 'patient') {
    return (one) => !compartment.isImpersonal(one as Resource);
  }
  const group = store.current('Group', groupId) as Group | undefined;
  if (group === undefined) throw refuse(404, `There is no Group/${groupId}`);
  const ids = (group.member ?? []).flatMap(({ entity }) => {
    const [type, id] = entity.reference?.split('/') ?? [];
    return type === 'Patient' && id !== undefined ? [id] : [];
  });
  return (one) => ids.some((id) => compartment.holds(one as Resource, id));
}

const deletionBundle = ({ type, id }: Deletion): string =>
  JSON.stringify({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ request: { method: 'DELETE', url: `${type}/${id}` } }],
  });

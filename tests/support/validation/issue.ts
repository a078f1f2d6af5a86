import { ITEM, PROFILE, SYSTEM } from '#src/fhir/codes.ts';

/** Something that a validator holds against a resource. */
export interface Issue {
  readonly by: 'medplum' | 'terminology' | 'references' | 'slices' | 'schema';
  readonly path: string;
  readonly message: string;
}

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const asList = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

const codesIn = (concept: unknown): readonly Json[] =>
  isObject(concept) ? asList(concept.coding).filter(isObject) : [];

/** Our profile for what the resource says it is, also where a server dropped the claim. */
const byCode = (resource: Json): readonly string[] =>
  Object.entries({
    [ITEM.response]: PROFILE.recommendationResponse,
    [ITEM.displayed]: PROFILE.recommendationDisplayed,
  }).flatMap(([code, profile]) =>
    codesIn(resource.code).some((each) => each.system === SYSTEM.feedbackItem && each.code === code)
      ? [profile]
      : [],
  );

/** Profiles that a resource claims, or must obey without claiming them. */
export function profilesOf(resource: Json): readonly string[] {
  const held = isObject(resource.meta) ? asList(resource.meta.profile) : [];
  const claimed = held.filter((each) => typeof each === 'string');
  return [...new Set([...claimed, ...byCode(resource)])];
}

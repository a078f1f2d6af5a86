/** A code in a code system; the domain's own shape, so that no FHIR type crosses its border. */
export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

/** A business identifier: stable across servers and versions, unlike a resource id. */
export interface Identifier {
  readonly system?: string;
  readonly value: string;
}

/**
 * Where a resource lives. `server` is the FHIR base URL without a trailing slash, so that the same
 * logical id on the EHR and on a hospital store stays two different things.
 */
export interface ResourceRef {
  readonly server: string;
  readonly type: string;
  readonly id: string;
}

/** `Type/id`, the relative reference within one server. */
export const relativeReference = (ref: ResourceRef): string => `${ref.type}/${ref.id}`;

/** `{base}/Type/id`, unique in the world. */
export const absoluteReference = (ref: ResourceRef): string =>
  `${ref.server}/${ref.type}/${ref.id}`;

export const sameResource = (a: ResourceRef, b: ResourceRef): boolean =>
  a.server === b.server && a.type === b.type && a.id === b.id;

export const sameCode = (a: Coding, b: Coding): boolean =>
  a.system === b.system && a.code === b.code;

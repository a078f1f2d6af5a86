import type { Library } from 'fhir/r4';
import { CANONICAL_BASE } from './codes.ts';
import { get } from './read.ts';

export interface JsonLibrary {
  /** Last part of its address: there is one of each, and publishing again replaces. */
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** ISO 8601 with offset: what the content knows of; stands in the content as well. */
  readonly asOf: string;
  readonly content: Readonly<Record<string, unknown>>;
}

export const libraryUrl = (id: string): string => `${CANONICAL_BASE}/Library/${id}`;

/** JSON in a Library, as R4 carries what it has no resource for. Exact counts: for the hospital's store. */
export function toJsonLibrary({ id, name, title, asOf, content }: JsonLibrary): Library {
  const bytes = new TextEncoder().encode(JSON.stringify({ asOf, ...content }));
  return {
    resourceType: 'Library',
    url: libraryUrl(id),
    name,
    title,
    status: 'active',
    experimental: false,
    date: asOf,
    type: {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/library-type', code: 'asset-collection' },
      ],
    },
    content: [
      {
        contentType: 'application/json',
        data: btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join('')),
      },
    ],
  };
}

/** What such a Library holds; undefined where it can be read as neither base64 nor JSON. */
export function fromJsonLibrary(resource: unknown): unknown {
  const content = get(resource, 'content');
  const first: unknown = Array.isArray(content) ? content[0] : undefined;
  const data = get(first, 'data');
  if (typeof data !== 'string') return undefined;
  try {
    const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // Whoever asked says so, in words of what it should have been.
    return undefined;
  }
}

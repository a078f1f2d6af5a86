import type { ElementDefinition, StructureDefinition } from 'fhir/r4';
import { r4Structure, structure } from './definitions.ts';
import { asList, isObject, type Json, profilesOf } from './issue.ts';
import { sliceOf } from './slicing.ts';

/** One value in a resource with the definition that governs it. */
export interface Visit {
  readonly definition: ElementDefinition;
  readonly value: unknown;
  /** The type of this value, also where the element is a choice. */
  readonly type: string;
  readonly path: string;
}

export type OnVisit = (visit: Visit) => void;
/** Told when an item of a closed list belongs to no slice. */
export type OnStray = (path: string) => void;

const elementsById = new Map<StructureDefinition, ReadonlyMap<string, ElementDefinition>>();

export function elementsOf(sd: StructureDefinition): ReadonlyMap<string, ElementDefinition> {
  const known = elementsById.get(sd);
  if (known) return known;
  const made = new Map((sd.snapshot?.element ?? []).map((each) => [each.id ?? each.path, each]));
  elementsById.set(sd, made);
  return made;
}

const lowerFirst = (word: string): string => word.charAt(0).toLowerCase() + word.slice(1);

const typeNamed = (suffix: string): string | undefined =>
  [suffix, lowerFirst(suffix)].find((name) => r4Structure(name) !== undefined);

/** The definition of a property: its own, or the choice element that it belongs to. */
function find(sd: StructureDefinition, parent: string, key: string) {
  const elements = elementsOf(sd);
  const own = elements.get(`${parent}.${key}`);
  if (own) return { definition: own, type: own.type?.[0]?.code ?? '' };
  for (let cut = key.length - 1; cut > 0; cut -= 1) {
    const definition = elements.get(`${parent}.${key.slice(0, cut)}[x]`);
    const type = definition && typeNamed(key.slice(cut));
    if (type) return { definition, type };
  }
  return undefined;
}

const hasChildren = (sd: StructureDefinition, id: string): boolean =>
  [...elementsOf(sd).keys()].some((each) => each.startsWith(`${id}.`));

class Walker {
  readonly #onVisit: OnVisit;
  readonly #onStray: OnStray;

  constructor(onVisit: OnVisit, onStray: OnStray) {
    this.#onVisit = onVisit;
    this.#onStray = onStray;
  }

  children(value: Json, sd: StructureDefinition, parent: string, path: string): void {
    for (const [key, held] of Object.entries(value)) {
      const found = key.startsWith('_') ? undefined : find(sd, parent, key);
      if (!found) continue;
      for (const [i, item] of asList(held).entries()) {
        const here = Array.isArray(held) ? `${path}.${key}[${i}]` : `${path}.${key}`;
        this.#item(item, sd, found.definition, found.type, here);
      }
    }
  }

  #item(
    value: unknown,
    sd: StructureDefinition,
    general: ElementDefinition,
    type: string,
    path: string,
  ): void {
    const slice = sliceOf(value, general, elementsOf(sd));
    if (slice === 'none' && general.slicing?.rules === 'closed') this.#onStray(path);
    const definition = typeof slice === 'string' ? general : slice;
    this.#onVisit({ definition, value, type, path });
    if (!isObject(value)) return;
    const id = definition.contentReference?.slice(1) ?? definition.id ?? '';
    if (hasChildren(sd, id)) this.children(value, sd, id, path);
    else if (typeof value.resourceType === 'string') this.resource(value, path);
    else this.#datatype(value, type, path);
  }

  #datatype(value: Json, type: string, path: string): void {
    const special = type === 'Extension' ? structure(String(value.url)) : undefined;
    const sd = special ?? r4Structure(type);
    if (sd) this.children(value, sd, sd.type, path);
  }

  resource(value: Json, path: string): void {
    const base = r4Structure(String(value.resourceType));
    const profiles = profilesOf(value).flatMap((url) => structure(url) ?? []);
    for (const sd of [base, ...profiles]) if (sd) this.children(value, sd, sd.type, path);
  }
}

/** Visits every value of a resource, under R4 and under every profile that it claims. */
export function walk(resource: Json, onVisit: OnVisit, onStray: OnStray = () => undefined): void {
  new Walker(onVisit, onStray).resource(resource, String(resource.resourceType));
}

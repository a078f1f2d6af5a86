import {
  allOk,
  applyPatch,
  created,
  fhirpathPatchTypedValue,
  normalizeErrorString,
  type Operation,
  type OperationOutcomeError,
  parseFhirPathPatchParameters,
  type SearchRequest,
  toTypedValue,
  type WithId,
} from '@medplum/core';
import {
  type CreateResourceOptions,
  type DeleteResourceOptions,
  FhirRepository,
  getExtraEntries,
  type UpdateResourceOptions,
} from '@medplum/fhir-router';
import type { Bundle, BundleEntry, Parameters, Reference, Resource } from '@medplum/fhirtypes';
import { searchBundle } from '../search/bundle.ts';
import type { Pages } from '../search/pages.ts';
import { runSearch, type SearchDeps } from '../search/run.ts';
import type { Access, Permission } from './access.ts';
import { historyBundle } from './history-bundle.ts';
import { refuse } from './outcome.ts';
import { ID_PATTERN, type Stored } from './resource.ts';

/** What may be stored, and in what shape: R4's rules first, then the vendor's. Throws a refusal. */
export type AdmitResource = (resource: Resource, interaction: 'create' | 'update') => Resource;

export interface RepositoryDeps extends SearchDeps {
  readonly pages: Pages;
  readonly access: Access;
  readonly admit: AdmitResource;
  readonly now: () => string;
  /** `Prefer: handling=strict`: an unknown search parameter is an error. */
  readonly strictSearch: boolean;
}

const DEFAULT_COUNT = 50;
const MAX_COUNT = 500;

/**
 * The router's view of the store for one request: the same data for everybody, the permissions of
 * one token. The casts are the price of the library's generics: the store is keyed by type name.
 */
export class SandboxRepository extends FhirRepository {
  readonly #deps: RepositoryDeps;

  constructor(deps: RepositoryDeps) {
    super();
    this.#deps = deps;
  }

  setMode(): void {
    // Reader and writer are the same memory.
  }

  generateId(): string {
    return crypto.randomUUID();
  }

  async createResource<T extends Resource>(resource: T, options?: CreateResourceOptions) {
    const { store, admit, now } = this.#deps;
    this.#require('c', resource);
    const id = options?.assignedId && resource.id ? resource.id : this.generateId();
    const admitted = admit(resource, 'create');
    this.#require('c', admitted);
    return store.put({ ...admitted, id }, now()) as unknown as WithId<T>;
  }

  async readResource<T extends Resource>(type: string, id: string) {
    return this.#read(type, id) as unknown as WithId<T>;
  }

  async readReference<T extends Resource>(reference: Reference<T>) {
    const [type, id, ...more] = reference.reference?.split('/') ?? [];
    if (type === undefined || id === undefined || more.length > 0) {
      throw refuse(404, 'Not a reference to a resource of this server');
    }
    return this.#read(type, id) as unknown as WithId<T>;
  }

  async readReferences<T extends Resource>(references: readonly Reference<T>[]) {
    return Promise.all(
      references.map((reference) =>
        this.readReference<T>(reference).catch((error: unknown) => error as Error),
      ),
    );
  }

  async readHistory<T extends Resource>(type: string, id: string) {
    const versions = this.#deps.store.history(type, id);
    if (versions.length === 0) throw refuse(404, `There never was a ${type}/${id}`);
    for (const { resource } of versions) if (resource) this.#require('r', resource);
    return historyBundle(versions, this.#deps.fhirBase) as Bundle<WithId<T>>;
  }

  async readVersion<T extends Resource>(type: string, id: string, versionId: string) {
    const version = this.#deps.store
      .history(type, id)
      .find((candidate) => candidate.versionId === versionId);
    if (version === undefined) throw refuse(404, `${type}/${id} has no version ${versionId}`);
    if (version.resource === undefined) throw refuse(410, `${type}/${id} was deleted`);
    this.#require('r', version.resource);
    return version.resource as unknown as WithId<T>;
  }

  async updateResource<T extends Resource>(resource: T, options?: UpdateResourceOptions) {
    const { store, admit, now } = this.#deps;
    const { resourceType: type, id } = resource;
    if (id === undefined || !ID_PATTERN.test(id)) throw refuse(400, 'The id is missing or illegal');
    const existing = store.current(type, id);
    if (existing === undefined && options?.ifMatch) throw refuse(404, `No ${type}/${id} to match`);
    if (existing !== undefined) {
      this.#require('u', existing);
      this.#match(existing, options?.ifMatch);
    }
    this.#require('u', resource);
    const admitted = admit(resource, 'update');
    return store.put({ ...admitted, id }, now()) as unknown as WithId<T>;
  }

  async patchResource<T extends Resource>(
    type: T['resourceType'],
    id: string,
    patch: Operation[] | Parameters,
    options?: UpdateResourceOptions,
  ) {
    const edited = structuredClone(this.#read(type, id)) as unknown as T;
    try {
      if (Array.isArray(patch)) {
        const [failure] = applyPatch(edited, patch).filter(Boolean);
        if (failure) throw failure;
      } else {
        fhirpathPatchTypedValue(toTypedValue(edited), parseFhirPathPatchParameters(patch));
      }
    } catch (error) {
      throw refuse(422, `The patch cannot be applied: ${normalizeErrorString(error)}`);
    }
    return this.updateResource<T>(edited, options);
  }

  async deleteResource(type: string, id: string, options?: DeleteResourceOptions): Promise<void> {
    const existing = this.#deps.store.current(type, id);
    if (existing === undefined) throw this.#absent(type, id);
    this.#require('d', existing);
    this.#match(existing, options?.ifMatch);
    this.#deps.store.remove(type, id, this.#deps.now());
  }

  async search<T extends Resource>(request: SearchRequest<T>): Promise<Bundle<WithId<T>>> {
    const { access, fhirBase, pages, strictSearch } = this.#deps;
    access.checkSearch(request);
    if (request.cursor !== undefined) return this.#page(pages.take(request.cursor), []);
    const { found, ignored } = runSearch(request, this.#deps);
    if (strictSearch && ignored.length > 0) {
      throw refuse(400, `Unknown search parameters: ${ignored.join(', ')}`);
    }
    const visible = found.filter((resource) => access.may('s', resource));
    if (request.count === 0) {
      const page = { matches: [], total: visible.length, next: undefined, ignored };
      return searchBundle(request, page, fhirBase) as Bundle<WithId<T>>;
    }
    const offset = request.offset ?? 0;
    return this.#page({ request, found: visible, offset, total: visible.length }, ignored);
  }

  /** Only the library's GraphQL asks for this, which the sandbox does not serve. */
  async searchByReference(): Promise<never> {
    throw refuse(404, 'Not supported here');
  }

  withTransaction<TResult>(callback: (repository: this) => Promise<TResult>): Promise<TResult> {
    return this.#deps.store.atomically(() => callback(this));
  }

  /** `If-None-Exist` with a parameter that the server does not know must not create (http.html §3.1.0.8.1). */
  override async conditionalCreate<T extends Resource>(
    resource: T,
    request: SearchRequest<T>,
    options?: CreateResourceOptions,
  ) {
    this.#require('c', resource);
    const { found, ignored } = runSearch(request, this.#deps);
    if (ignored.length > 0 || (request.filters ?? []).length === 0) {
      throw refuse(400, 'If-None-Exist must consist of search parameters that this server knows');
    }
    const [existing, ...more] = found;
    if (more.length > 0) throw refuse(412, 'If-None-Exist matches several resources');
    if (existing !== undefined) {
      this.#require('r', existing);
      return { resource: existing as unknown as WithId<T>, outcome: allOk };
    }
    return { resource: await this.createResource(resource, options), outcome: created };
  }

  async #page<T extends Resource>(
    state: { request: SearchRequest; found: readonly Stored[]; offset: number; total: number },
    ignored: readonly string[],
  ): Promise<Bundle<WithId<T>>> {
    const { access, fhirBase, pages } = this.#deps;
    const { request, found, offset, total } = state;
    const end = offset + Math.min(Math.max(request.count ?? DEFAULT_COUNT, 1), MAX_COUNT);
    // A cursor may be followed with another token: its permissions count, not the first one's.
    const matches = found.slice(offset, end).filter((resource) => access.may('s', resource));
    const next = end < found.length ? pages.keep({ ...state, offset: end }) : undefined;
    const bundle = searchBundle(request, { matches, total, next, ignored }, fhirBase);
    const included: BundleEntry[] = [];
    await getExtraEntries(this, request, [...matches], included, {
      fullUrl: (type, id) => `${fhirBase}/${type}/${id}`,
      executeSearch: async (inner) =>
        runSearch(inner, this.#deps).found.filter((one) =>
          access.may('r', one),
        ) as WithId<Resource>[],
    });
    bundle.entry?.push(...included);
    return bundle as Bundle<WithId<T>>;
  }

  #read(type: string, id: string): Stored {
    const resource = this.#deps.store.current(type, id);
    if (resource === undefined) throw this.#absent(type, id);
    this.#require('r', resource);
    return resource;
  }

  #absent(type: string, id: string): OperationOutcomeError {
    const gone = this.#deps.store.history(type, id).length > 0;
    return gone ? refuse(410, `${type}/${id} was deleted`) : refuse(404, `No ${type}/${id} here`);
  }

  #require(permission: Permission, resource: Resource): void {
    if (this.#deps.access.may(permission, resource)) return;
    throw refuse(403, `The scopes do not permit this on ${resource.resourceType}`);
  }

  #match(existing: Stored, ifMatch: string | undefined): void {
    if (ifMatch === undefined || existing.meta.versionId === ifMatch) return;
    throw refuse(412, `The current version is ${existing.meta.versionId}, not ${ifMatch}`);
  }
}

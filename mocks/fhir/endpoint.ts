import type { OperationOutcomeError } from '@medplum/core';
import { type FhirRequest, FhirRouter, type HttpMethod } from '@medplum/fhir-router';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { createExclusive } from '../http/exclusive.ts';
import { createSearchIndex } from '../search/index.ts';
import { createPages } from '../search/pages.ts';
import type { Chart, Refusal, VendorProfile, WriteInteraction } from '../vendors/profile.ts';
import type { Access } from './access.ts';
import { withVersions } from './batch-response.ts';
import { capabilityStatement } from './capability.ts';
import { refuseDanglingReferences } from './dangling-references.ts';
import { refuse } from './outcome.ts';
import { parsePrefer } from './prefer.ts';
import { SandboxRepository } from './repository.ts';
import { parseBody } from './request-body.ts';
import { isResourceTypeName } from './resource.ts';
import { answer, failureResponse, resourceResponse } from './respond.ts';
import type { Store } from './store.ts';
import { validate } from './validate.ts';
import { createValueSets } from './value-sets.ts';

export interface FhirEndpointDeps {
  readonly fhirBase: string;
  readonly smartBase: string;
  readonly store: Store;
  readonly vendor: VendorProfile;
  readonly now: () => string;
  /** True: what points to a resource that is not here is refused. */
  readonly referencesMustExist: boolean;
}

/** One FHIR request of a caller whose permissions are known. */
export type FhirEndpoint = (request: Request, access: Access) => Promise<Response>;

const ETAG = /^(W\/)?"[^"]+"$/;

/** The FHIR R4 REST API: HTTP in and out, around the library's router and our repository. */
export function createFhirEndpoint(deps: FhirEndpointDeps): FhirEndpoint {
  const { fhirBase, store, vendor, now } = deps;
  const router = new FhirRouter();
  const exclusive = createExclusive();
  const index = createSearchIndex(store, fhirBase);
  const pages = createPages();
  const codesOf = createValueSets();

  function admit(
    resource: Resource,
    interaction: 'create' | 'update',
    user: string | undefined,
  ): Resource {
    const { resourceType: type } = resource;
    if (!vendor.offers(interaction, type)) throw refusedBy(vendor.notOffered(interaction, type));
    const refusal = vendor.refuse(interaction, resource, chartOf(store, user));
    if (refusal) throw refusedBy(refusal);
    validate(resource, codesOf);
    if (deps.referencesMustExist) refuseDanglingReferences(resource, store, fhirBase);
    return vendor.keep(resource);
  }

  async function serve(request: Request, access: Access): Promise<Response> {
    const url = new URL(request.url);
    const path = `${url.origin}${url.pathname}`.slice(fhirBase.length).replace(/^\/|\/$/g, '');
    if (path === 'metadata' && request.method === 'GET') {
      return resourceResponse(200, capabilityStatement({ ...deps, date: now() }));
    }
    checkType(path);
    const body = await parseBody(request, path.endsWith('/_search'));
    checkPreconditions(request, path, body);
    const preferences = parsePrefer(request.headers.get('prefer'));
    const repository = new SandboxRepository({
      fhirBase,
      store,
      index,
      pages,
      access,
      admit: (resource, interaction) => admit(resource, interaction, access.user),
      now,
      strictSearch: preferences.strict,
    });
    const [result, resource] = await exclusive(() =>
      router.handleRequest(routerRequest(request, `${path}${url.search}`, body), repository),
    );
    const complete = path === '' && resource ? withVersions(resource as Bundle) : resource;
    const { method } = request;
    const { defaultReturn } = vendor;
    return answer(result, complete, { method, fhirBase, preferences, defaultReturn });
  }

  function checkPreconditions(request: Request, path: string, body: unknown): void {
    const ifMatch = request.headers.get('if-match');
    // The router reads an unquoted tag as no tag at all, and would then overwrite unconditionally.
    if (ifMatch !== null && !ETAG.test(ifMatch)) throw refuse(400, 'If-Match must be W/"version"');
    const interaction = restOf(request.method, path);
    if (interaction === undefined || interaction === 'create' || interaction === 'update') {
      if (interaction && !isResource(body)) throw refuse(400, 'The body is not a resource');
      return;
    }
    const type = path.split('/')[0] ?? '';
    if (!vendor.offers(interaction, type)) throw refusedBy(vendor.notOffered(interaction, type));
  }

  function routerRequest(request: Request, url: string, body: unknown): FhirRequest {
    const headers = Object.fromEntries(request.headers);
    if (!vendor.conditionalCreate) delete headers['if-none-exist'];
    return {
      method: request.method as HttpMethod,
      url,
      pathname: '',
      params: {},
      query: {},
      body,
      headers,
      config: { transactions: true },
    };
  }

  return async (request, access) => {
    try {
      return await serve(request, access);
    } catch (error) {
      return failureResponse(error);
    }
  };
}

/** An unknown type is 404, not an empty search (http.html §3.1.0.2). */
function checkType(path: string): void {
  const [type = ''] = path.split('/');
  if (type !== '' && !(isResourceTypeName(type) || type.startsWith('$'))) {
    throw refuse(404, `${type} is not a resource type of R4`);
  }
}

function refusedBy({ status, text, coding, silent = false }: Refusal): OperationOutcomeError {
  return refuse(status, text, { silent, ...(coding && { coding }) });
}

const chartOf = (store: Store, user: string | undefined): Chart => ({
  read: (reference = '') => {
    const [type = '', id = ''] = reference.split('/');
    return store.current(type, id);
  },
  all: (type) => [...store.all(type)],
  user,
});

function restOf(method: string, path: string): WriteInteraction | undefined {
  if (method === 'POST') {
    if (path === '') return 'batch';
    return path.endsWith('/_search') ? undefined : 'create';
  }
  if (method === 'PUT') return 'update';
  if (method === 'PATCH') return 'patch';
  return method === 'DELETE' ? 'delete' : undefined;
}

function isResource(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'resourceType' in body;
}

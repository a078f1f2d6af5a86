import { normalizeErrorString, OperationOutcomeError } from '@medplum/core';
import type { OperationOutcome, Resource } from '@medplum/fhirtypes';
import { isSilent, outcome, statusOf, withoutId } from './outcome.ts';
import type { Preferences } from './prefer.ts';

export const FHIR_JSON = 'application/fhir+json;charset=utf-8';

export function resourceResponse(
  status: number,
  resource: Resource,
  headers: Record<string, string> = {},
): Response {
  return new Response(JSON.stringify(resource), {
    status,
    headers: { 'content-type': FHIR_JSON, ...headers },
  });
}

export function outcomeResponse(result: OperationOutcome): Response {
  const status = statusOf(result);
  return isSilent(result)
    ? new Response(null, { status })
    : resourceResponse(status, withoutId(result));
}

/** What was thrown, as an answer: a refusal as it is, anything else as a failure of the server. */
export const failureResponse = (error: unknown): Response =>
  outcomeResponse(
    error instanceof OperationOutcomeError
      ? error.outcome
      : outcome(500, normalizeErrorString(error)),
  );

export interface AnswerContext {
  readonly method: string;
  readonly fhirBase: string;
  readonly preferences: Preferences;
  readonly defaultReturn: 'representation' | 'minimal';
}

/** Turns the router's answer into HTTP: status, version headers, and as much body as was asked for. */
export function answer(
  result: OperationOutcome,
  resource: Resource | undefined,
  context: AnswerContext,
): Response {
  const status = statusOf(result);
  if (status >= 400) return outcomeResponse(result);
  if (context.method === 'DELETE') return new Response(null, { status: 204 });
  if (resource === undefined) return outcomeResponse(result);
  const isWrite = context.method !== 'GET' && resource.resourceType !== 'Bundle';
  const created = isWrite && (status === 201 || isFirstUpdate(context.method, resource));
  const headers = versionHeaders(resource, context.fhirBase, created);
  if (!isWrite) return resourceResponse(status, resource, headers);
  const wish = context.preferences.return ?? context.defaultReturn;
  if (wish === 'minimal') return new Response(null, { status: created ? 201 : status, headers });
  const body = wish === 'OperationOutcome' ? withoutId(result) : resource;
  return resourceResponse(created ? 201 : status, body, headers);
}

/** An update that made the resource is a creation (http.html §3.1.0.4.1). */
function isFirstUpdate(method: string, resource: Resource): boolean {
  return method === 'PUT' && resource.meta?.versionId === '1';
}

function versionHeaders(resource: Resource, fhirBase: string, created: boolean) {
  const { id, meta, resourceType } = resource;
  if (id === undefined || meta?.versionId === undefined || meta.lastUpdated === undefined)
    return {};
  const location = `${fhirBase}/${resourceType}/${id}/_history/${meta.versionId}`;
  return {
    etag: `W/"${meta.versionId}"`,
    'last-modified': new Date(meta.lastUpdated).toUTCString(),
    ...(created ? { location, 'content-location': location } : {}),
  };
}

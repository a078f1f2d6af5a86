/** Who may read an answer from a browser: everybody (discovery), or the registered apps. */
export type CorsPolicy = 'any' | 'registered' | 'same-origin';

const METHODS = 'GET, POST, PUT, PATCH, DELETE, OPTIONS';
const REQUEST_HEADERS =
  'Authorization, Content-Type, Accept, Prefer, If-Match, If-None-Match, If-None-Exist';
const EXPOSED = 'ETag, Location, Content-Location, Last-Modified, Retry-After, WWW-Authenticate';

/** Adds what a browser needs to let the page read the answer; errors and refusals included. */
export function withCors(
  request: Request,
  response: Response,
  policy: CorsPolicy,
  origins: ReadonlySet<string>,
): Response {
  const allowed = allowedOrigin(request.headers.get('origin'), policy, origins);
  if (response.type === 'error') return response;
  if (policy === 'registered') response.headers.append('vary', 'Origin');
  if (allowed === undefined) return response;
  response.headers.set('access-control-allow-origin', allowed);
  response.headers.set('access-control-expose-headers', EXPOSED);
  return response;
}

export function preflight(
  request: Request,
  policy: CorsPolicy,
  origins: ReadonlySet<string>,
): Response {
  const allowed = allowedOrigin(request.headers.get('origin'), policy, origins);
  const response = withCors(request, new Response(null, { status: 204 }), policy, origins);
  if (allowed === undefined) return response;
  response.headers.set('access-control-allow-methods', METHODS);
  response.headers.set('access-control-allow-headers', REQUEST_HEADERS);
  response.headers.set('access-control-max-age', '600');
  return response;
}

function allowedOrigin(
  origin: string | null,
  policy: CorsPolicy,
  origins: ReadonlySet<string>,
): string | undefined {
  if (policy === 'any') return '*';
  return policy === 'registered' && origin !== null && origins.has(origin) ? origin : undefined;
}

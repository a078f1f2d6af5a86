import type { SandboxClock } from '../clock.ts';
import type { FaultInjector } from '../faults.ts';
import { outcome } from '../fhir/outcome.ts';
import { outcomeResponse } from '../fhir/respond.ts';
import { type CorsPolicy, preflight, withCors } from './cors.ts';
import type { RequestLog } from './request-log.ts';
import { withFaults } from './with-faults.ts';

export interface Route {
  /** Absent: any method. */
  readonly methods?: readonly string[];
  /** Below the base URL. A trailing `*` takes everything that begins so. */
  readonly path: string;
  readonly cors: CorsPolicy;
  serve(request: Request): Response | Promise<Response>;
}

export interface ServeDeps {
  readonly baseUrl: string;
  readonly routes: readonly Route[];
  readonly origins: ReadonlySet<string>;
  readonly faults: FaultInjector;
  readonly clock: SandboxClock;
  readonly log: RequestLog;
  readonly expireToken: (request: Request) => void;
  /** False: a 401 leaves without CORS headers, and a browser shows it to nobody. */
  readonly corsOnUnauthorized: boolean;
}

/** One request through the whole server: route, preflight, faults, CORS, log. */
export function createServe(deps: ServeDeps): (request: Request) => Promise<Response> {
  const { baseUrl, log, origins, routes } = deps;
  return async (request) => {
    const url = new URL(request.url);
    const path = `${url.origin}${url.pathname}`.slice(baseUrl.length);
    const here = routes.filter((route) => matchesPath(route.path, path));
    const [first] = here;
    if (request.method === 'OPTIONS')
      return preflight(request, first?.cors ?? 'same-origin', origins);
    const route = here.find(({ methods }) => methods?.includes(request.method) ?? true);
    const response =
      route === undefined
        ? outcomeResponse(outcome(first === undefined ? 404 : 405, 'There is no such endpoint'))
        : await withFaults(request, path, async (one) => route.serve(one), deps);
    log.add(request.method, path + url.search, response.type === 'error' ? 0 : response.status);
    if (response.status === 401 && !deps.corsOnUnauthorized) return response;
    return withCors(request, response, first?.cors ?? 'same-origin', origins);
  };
}

function matchesPath(pattern: string, path: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}

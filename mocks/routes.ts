import { type BulkSettings, createBulkExport } from './bulk/bulk-export.ts';
import { createEhrApi, type EhrApiDeps } from './ehr-api/ehr-api.ts';
import { FULL_ACCESS } from './fhir/access.ts';
import { createFhirEndpoint } from './fhir/endpoint.ts';
import type { Route } from './http/serve.ts';
import { authorize } from './smart/authorize.ts';
import { authorizeBearer } from './smart/bearer.ts';
import { createCompartment } from './smart/compartment.ts';
import { smartConfiguration } from './smart/configuration.ts';
import type { SmartDeps } from './smart/deps.ts';
import { createEhrTokens, type TrustedEhr } from './smart/ehr-tokens.ts';
import { introspect } from './smart/introspect.ts';
import { revoke } from './smart/revoke.ts';
import { smartStyle } from './smart/style.ts';
import { token } from './smart/token.ts';

export interface RouteDeps extends SmartDeps, EhrApiDeps {
  readonly trustedEhr: TrustedEhr | undefined;
  readonly referencesMustExist: boolean;
  readonly bulk: BulkSettings;
}

/** Every endpoint of the sandbox, in the order in which they are tried. */
export function createRoutes(deps: RouteDeps): readonly Route[] {
  return [...discoveryRoutes(deps), ...smartRoutes(deps), ...ehrRoutes(deps), fhirRoute(deps)];
}

/** Discovery may be read from any origin (SMART 2.2 §2.0.10.3). */
function discoveryRoutes(deps: RouteDeps): Route[] {
  const methods = ['GET'];
  return [
    {
      methods,
      path: '/fhir/.well-known/smart-configuration',
      cors: 'any',
      serve: () => smartConfiguration(deps),
    },
    {
      methods,
      path: '/auth/jwks',
      cors: 'any',
      serve: async () => Response.json(await deps.key.jwks()),
    },
    { methods, path: '/auth/style.json', cors: 'any', serve: smartStyle },
  ];
}

function smartRoutes(deps: RouteDeps): Route[] {
  const methods = ['POST'];
  return [
    {
      methods: ['GET', 'POST'],
      path: '/auth/authorize',
      // A browser goes there; no page may read it.
      cors: 'same-origin',
      serve: (request) => authorize(request, deps),
    },
    { methods, path: '/auth/token', cors: 'registered', serve: (request) => token(request, deps) },
    {
      methods,
      path: '/auth/introspect',
      cors: 'registered',
      serve: (request) => introspect(request, deps),
    },
    {
      methods,
      path: '/auth/revoke',
      cors: 'registered',
      serve: (request) => revoke(request, deps),
    },
  ];
}

function ehrRoutes(deps: RouteDeps): Route[] {
  const api = createEhrApi(deps);
  const post = ['POST'];
  const cors = 'same-origin';
  return [
    { methods: ['GET'], path: '/ehr/state', cors, serve: api.state },
    { methods: post, path: '/ehr/sign-in', cors, serve: api.signIn },
    { methods: post, path: '/ehr/launches', cors, serve: api.launch },
    { methods: ['GET', 'POST', 'DELETE'], path: '/ehr/faults', cors, serve: api.faults },
  ];
}

function fhirRoute(deps: RouteDeps): Route {
  const { clock, fhirBase, grants, store, trustedEhr } = deps;
  const compartment = createCompartment(fhirBase);
  const bearers = {
    grants,
    compartment,
    ehrTokens: trustedEhr && createEhrTokens(trustedEhr, store),
  };
  const endpoint = createFhirEndpoint({ ...deps, now: () => new Date(clock.now()).toISOString() });
  const bulkExport = createBulkExport({ ...deps, compartment });
  return {
    path: '/fhir*',
    cors: 'registered',
    async serve(request) {
      // The CapabilityStatement is public: an app reads it before it has a token (SMART 2.2 §4.1).
      if (new URL(request.url).href === `${fhirBase}/metadata`)
        return endpoint(request, FULL_ACCESS);
      const access = await authorizeBearer(request, bearers);
      if (access instanceof Response) return access;
      return (await bulkExport(request, access)) ?? endpoint(request, access);
    },
  };
}

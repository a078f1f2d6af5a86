import type { FhirGateway } from '#src/io/gateway.ts';
import { HttpGateway } from '#src/io/http-gateway.ts';
import type { CheckContext } from './context.ts';

/** The app's own gateway to the checked server: what it cannot do, the app cannot do. */
export const gatewayOf = (context: CheckContext): FhirGateway =>
  new HttpGateway({
    baseUrl: context.base,
    authorization: async () => (await context.signedIn?.authorization()) ?? {},
    fetch: context.fetch,
    clock: context.clock,
  });

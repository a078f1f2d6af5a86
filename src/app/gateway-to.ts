import type { Clock } from '#src/io/clock.ts';
import { HttpGateway } from '#src/io/http-gateway.ts';
import type { SmartSession } from '#src/io/smart/session.ts';

/** A FHIR server under a sign-in; its token goes there and nowhere else. */
export const gatewayTo = (
  baseUrl: string,
  signIn: Pick<SmartSession, 'authorization'>,
  clock: Clock,
): HttpGateway =>
  new HttpGateway({
    baseUrl,
    authorization: () => signIn.authorization(),
    fetch: (...request) => fetch(...request),
    clock,
  });

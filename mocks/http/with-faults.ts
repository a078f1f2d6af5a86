import type { SandboxClock } from '../clock.ts';
import type { FaultEffect, FaultInjector } from '../faults.ts';
import { outcome } from '../fhir/outcome.ts';
import { outcomeResponse } from '../fhir/respond.ts';

export interface FaultDeps {
  readonly faults: FaultInjector;
  readonly clock: SandboxClock;
  /** Ends the life of the token that the request bears. */
  readonly expireToken: (request: Request) => void;
}

type Serve = (request: Request) => Promise<Response>;

/** Serves the request as the fault wants it; `Response.error()` is a failed connection. */
export async function withFaults(
  request: Request,
  path: string,
  serve: Serve,
  deps: FaultDeps,
): Promise<Response> {
  const effect = deps.faults.take(request.method, path);
  return effect === undefined ? serve(request) : apply(effect, request, serve, deps);
}

async function apply(
  effect: FaultEffect,
  request: Request,
  serve: Serve,
  { clock, expireToken }: FaultDeps,
): Promise<Response> {
  switch (effect.kind) {
    case 'offline':
      return Response.error();
    case 'delay':
      await new Promise<void>((resolve) => clock.after(effect.ms, resolve));
      return serve(request);
    case 'status': {
      const response = outcomeResponse(outcome(effect.status, 'The sandbox was told to refuse'));
      if (effect.retryAfter !== undefined) {
        response.headers.set('retry-after', String(effect.retryAfter));
      }
      return response;
    }
    case 'html-instead-of-fhir':
      return new Response('<!doctype html><title>Sign in</title><h1>Sign in</h1>', {
        headers: { 'content-type': 'text/html;charset=utf-8' },
      });
    case 'empty-201': {
      const response = await serve(request);
      return response.status === 201 ? new Response(null, { status: 201 }) : response;
    }
    case 'commit-then-drop':
      await serve(request);
      return Response.error();
    case 'commit-late': {
      // The request's own body is gone once the connection is: keep a copy.
      const late = request.clone();
      clock.after(effect.ms, () => void serve(late));
      return Response.error();
    }
    case 'token-expires':
      expireToken(request);
      return serve(request);
  }
}

import { type SetupServer, setupServer } from 'msw/node';
import type { Sandbox } from '../sandbox.ts';

/**
 * The sandbox behind the global `fetch` of a Node process, for tests. A request that no handler
 * takes is an error: nothing leaves the machine unnoticed.
 */
export function listenInNode(...sandboxes: readonly Sandbox[]): SetupServer {
  const server = setupServer(...sandboxes.flatMap(({ handlers }) => handlers));
  server.listen({ onUnhandledFrame: 'error' });
  return server;
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConnectionFailed } from '../http/connection-failed.ts';
import type { Sandbox } from '../sandbox.ts';
import { sendResponse, toRequest } from './node-http.ts';

export interface HttpHostOptions {
  /** Loopback only: the sandbox authenticates nobody. Default 127.0.0.1. */
  readonly host?: '127.0.0.1' | '::1' | 'localhost';
  /** 0 takes a free port. */
  readonly port: number;
  /** The name in the printed URL and in every absolute reference. Default `localhost`. */
  readonly publicHost?: string;
  /** Makes the sandbox once the base URL is known. */
  readonly create: (baseUrl: string) => Sandbox;
  /** Serves what is not the sandbox's: the EHR page, the app. Undefined: 404. */
  readonly fallback?: (request: Request) => Promise<Response | undefined>;
}

export interface HttpHost {
  readonly url: string;
  readonly sandbox: Sandbox;
  close(): Promise<void>;
}

const KEEP_ALIVE_MS = 10 * 60_000;

/** Only names of this machine: a page elsewhere must not reach the sandbox by DNS rebinding. */
const LOOPBACK = /^(localhost|[a-z0-9-]+\.localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

export async function startHttp(options: HttpHostOptions): Promise<HttpHost> {
  const { create, fallback, host = '127.0.0.1', port, publicHost = 'localhost' } = options;
  let sandbox: Sandbox | undefined;

  async function handle(message: IncomingMessage, reply: ServerResponse): Promise<void> {
    if (sandbox === undefined || !LOOPBACK.test(message.headers.host ?? '')) {
      reply.writeHead(421).end('Not a name of this server\n');
      return;
    }
    const request = await toRequest(message, sandbox.baseUrl);
    const response = isOurs(request, sandbox.baseUrl)
      ? await sandbox.fetch(request)
      : await fallback?.(request);
    const answer = response ?? new Response('Not found\n', { status: 404 });
    await sendResponse(answer, reply, message.headers['accept-encoding']);
  }

  const server = createServer((message, reply) => {
    handle(message, reply).catch((error: unknown) => fail(error, reply));
  });
  // Node's five seconds can end while client and server, in one process, are busy with something else:
  // the client then writes to a connection that the server has just closed.
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const url = `http://${publicHost}:${(server.address() as AddressInfo).port}`;
  sandbox = create(url);
  return {
    url,
    sandbox,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** A connection that was told to fail closes; anything else is a defect of ours and is shown. */
function fail(error: unknown, reply: ServerResponse): void {
  if (error instanceof ConnectionFailed) {
    reply.destroy();
    return;
  }
  console.error(error);
  if (!reply.headersSent) reply.writeHead(500);
  reply.end();
}

const OURS = /^\/(fhir(\/|$)|auth\/|ehr\/(state|sign-in|launches|faults)$)/;

function isOurs(request: Request, baseUrl: string): boolean {
  return OURS.test(new URL(request.url).pathname.slice(new URL(baseUrl).pathname.length - 1));
}

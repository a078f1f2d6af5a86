import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to one request on its way to a server that we did not write. */
export type Fault =
  /** The connection ends before the server hears of it. */
  | { readonly kind: 'cut' }
  /** The server has done its work and answered; the connection ends before anybody hears that. */
  | { readonly kind: 'drop-answer' }
  /** The same, but the connection stays open and silent. */
  | { readonly kind: 'hold-answer' }
  /** It goes on `ms` late, whether or not somebody still waits for the answer. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** A gateway refuses it; `retryAfter` in seconds. The server hears nothing. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: number }
  /** A login page with status 200 in place of FHIR. The server hears nothing. */
  | { readonly kind: 'page' };

interface Planned {
  readonly fault: Fault;
  left: number;
}

/** A gateway that knows of browsers: without these headers its refusal looks like no network. */
const FOR_BROWSERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Retry-After',
};

/**
 * A forward proxy as hospitals have them, which the browser is told to use: no address changes, so
 * that the launch and its audience stay what the server knows. Meets requests with faults and passes
 * the rest on unread. Plain http only: what goes through TLS cannot be met.
 */
export class FaultProxy {
  readonly #server = createServer((incoming, reply) => void this.#serve(incoming, reply));
  readonly #meets: (method: string, url: string, body: string) => boolean;
  #planned: Planned[] = [];
  #under = new Set<Promise<void>>();
  #watchers: (() => void)[] = [];
  /** How many requests have met a fault so far. */
  met = 0;

  /** `meets`: which requests a fault is meant for. */
  constructor(meets: (method: string, url: string, body: string) => boolean) {
    this.#meets = meets;
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** The next `count` requests meet it. */
  plan(fault: Fault, count = 1): void {
    this.#planned.push({ fault, left: count });
  }

  /** When the next request has met a fault: with `hold-answer`, the server has answered by then. */
  async nextMet(): Promise<void> {
    await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  /** Nothing is on its way to the server any more, however late. */
  async whenIdle(): Promise<void> {
    while (this.#under.size > 0) await Promise.all(this.#under);
  }

  async #serve(incoming: IncomingMessage, reply: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const fault = this.#take(incoming, body);
    if (!fault) return this.#track(forward(incoming, body).then((answer) => answer.to(reply)));
    this.met += 1;
    const done = this.#meet(fault, incoming, body, reply);
    if (fault.kind === 'delay') this.#tell();
    await this.#track(done);
    if (fault.kind !== 'delay') this.#tell();
  }

  #take(incoming: IncomingMessage, body: Buffer): Fault | undefined {
    const planned = this.#planned.find(({ left }) => left > 0);
    const { method = '', url = '' } = incoming;
    if (!planned || !this.#meets(method, url, body.toString('utf8'))) return undefined;
    planned.left -= 1;
    return planned.fault;
  }

  async #meet(fault: Fault, incoming: IncomingMessage, body: Buffer, reply: ServerResponse) {
    switch (fault.kind) {
      case 'cut':
        reply.destroy();
        return;
      case 'drop-answer':
        await forward(incoming, body);
        reply.destroy();
        return;
      case 'hold-answer':
        await forward(incoming, body);
        return;
      case 'delay':
        await new Promise((resolve) => setTimeout(resolve, fault.ms));
        return (await forward(incoming, body)).to(reply);
      case 'status': {
        const after = fault.retryAfter;
        const headers = { ...FOR_BROWSERS, ...(after && { 'retry-after': String(after) }) };
        reply.writeHead(fault.status, headers).end();
        return;
      }
      case 'page':
        reply.writeHead(200, { ...FOR_BROWSERS, 'content-type': 'text/html' });
        reply.end('<title>Sign in to the network</title>');
    }
  }

  async #track(doing: Promise<void>): Promise<void> {
    this.#under.add(doing);
    await doing.finally(() => this.#under.delete(doing));
  }

  #tell(): void {
    for (const watcher of this.#watchers.splice(0)) watcher();
  }
}

interface Answer {
  to(reply: ServerResponse): void;
}

/** Resolves when the server has answered in full; a server that cannot be reached is a 502. */
async function forward({ method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  return await new Promise((resolve) => {
    const { 'proxy-connection': _, ...own } = headers;
    const failed = () => resolve({ to: (reply) => void reply.writeHead(502).end() });
    const onward = request(url ?? '', { method, headers: own, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', failed);
      answer.on('end', () => {
        // Whole by now: the length is known, and what said otherwise goes.
        const { 'transfer-encoding': _chunked, connection: _hop, ...rest } = answer.headers;
        const whole = Buffer.concat(chunks);
        const to = (reply: ServerResponse) => {
          reply.writeHead(answer.statusCode ?? 502, {
            ...rest,
            ...(whole.length > 0 && { 'content-length': whole.length }),
          });
          reply.end(whole);
        };
        resolve({ to });
      });
    });
    onward.on('error', failed);
    onward.end(body);
  });
}

import { Buffer } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';

/**
 * Node's message as a Fetch request. The URL is built on the sandbox's own base, whatever loopback
 * name the client used, so that one server answers under all of them.
 */
export async function toRequest(message: IncomingMessage, baseUrl: string): Promise<Request> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  const method = message.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const chunks: Buffer[] = [];
  if (hasBody) for await (const chunk of message) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const url = new URL(message.url ?? '/', baseUrl);
  return new Request(url, { method, headers, ...(body.length > 0 ? { body } : {}) });
}

const compress = promisify(gzip);
/** Below this, compressing saves nothing. */
const LEAST_BYTES = 1_024;

/** As real servers do, JSON goes compressed to who takes it (RFC 9110 §12.5.3). */
export async function sendResponse(
  response: Response,
  reply: ServerResponse,
  accepted: string | string[] = '',
): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  if (!/[/+]json/.test(headers.get('content-type') ?? '') || body.length < LEAST_BYTES) {
    reply.writeHead(response.status, [...headers].flat()).end(body);
    return;
  }
  headers.append('vary', 'accept-encoding');
  const zipped = /\bgzip\b/.test(String(accepted))
    ? await compress(body, { level: constants.Z_BEST_SPEED })
    : undefined;
  if (zipped) {
    headers.set('content-encoding', 'gzip');
    headers.delete('content-length');
  }
  reply.writeHead(response.status, [...headers].flat()).end(zipped ?? body);
}

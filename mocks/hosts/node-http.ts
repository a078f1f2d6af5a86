import { Buffer } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';

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

export async function sendResponse(response: Response, reply: ServerResponse): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  reply.writeHead(response.status, [...response.headers].flat());
  reply.end(body);
}

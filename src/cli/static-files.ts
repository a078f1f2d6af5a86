import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { cacheControl } from '#src/io/csp.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface StaticFiles {
  readonly root: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Answered instead of a file: path → JSON value. */
  readonly json?: Readonly<Record<string, unknown>>;
}

export type FileHandler = (path: string) => Promise<Response>;

/** Files below `root` and nothing else; a path without extension is a client-side route. */
export function fileHandler({ root, headers, json = {} }: StaticFiles): FileHandler {
  return async (path) => {
    const name = path.endsWith('/') ? `${path}index.html` : path;
    const answer = (status: number, type: string, body: string | Buffer) =>
      new Response(typeof body === 'string' ? body : new Uint8Array(body), {
        status,
        headers: { ...headers, 'content-type': type, 'cache-control': cacheControl(name) },
      });
    if (Object.hasOwn(json, name))
      return answer(200, TYPES['.json'] ?? '', JSON.stringify(json[name]));
    const page = extname(name) === '' ? '/index.html' : name;
    const file = normalize(join(root, decodeURIComponent(page)));
    if (!file.startsWith(normalize(root) + sep)) return answer(404, 'text/plain', 'Not found\n');
    try {
      const type = TYPES[extname(file)] ?? 'application/octet-stream';
      return answer(200, type, await readFile(file));
    } catch {
      return answer(404, 'text/plain', 'Not found\n');
    }
  };
}

export interface FileServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves on 127.0.0.1 only; port 0 takes a free one. */
export async function serveFiles(handler: FileHandler, port: number): Promise<FileServer> {
  const server = createServer(async (request, reply) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      reply.writeHead(405).end();
      return;
    }
    const response = await handler(new URL(request.url ?? '/', 'http://localhost').pathname);
    reply.writeHead(response.status, [...response.headers].flat());
    reply.end(Buffer.from(await response.arrayBuffer()));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

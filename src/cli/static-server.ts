import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import type { SiteConfig } from '#src/domain/site-config.ts';
import { cacheControl, securityHeaders } from '#src/io/csp.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * Serves the built app on loopback under the headers that a site's own web server must send
 * (`clinician-feedback headers`). `config.json` is answered from `config`, so that one build serves
 * any configuration.
 */
export function createStaticServer(root: string, config: SiteConfig): Server {
  const headers = securityHeaders(config);
  return createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const name = path === '/' ? '/index.html' : path;
    const send = (status: number, type: string, body: string | Buffer) => {
      response.writeHead(status, { ...headers, 'content-type': type, 'cache-control': cacheControl(name) });
      response.end(body);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(405, 'text/plain', '');
    if (name === '/config.json') return send(200, TYPES['.json'] ?? '', JSON.stringify(config));
    const file = normalize(join(root, decodeURIComponent(name)));
    if (!file.startsWith(normalize(root) + sep)) return send(404, 'text/plain', 'Not found');
    try {
      send(200, TYPES[extname(file)] ?? 'application/octet-stream', await readFile(file));
    } catch {
      // Client-side routes have no file; everything else that is missing is missing.
      const page = extname(name) === '' ? await readFile(join(root, 'index.html')).catch(() => '') : '';
      send(page === '' ? 404 : 200, page === '' ? 'text/plain' : (TYPES['.html'] ?? ''), page || 'Not found');
    }
  });
}

/** Starts on 127.0.0.1 and returns the port that it got. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

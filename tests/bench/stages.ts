import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startStage } from '#src/cli/stage.ts';
import { startSandbox } from '#src/cli/stage-sandbox.ts';
import { type FileHandler, fileHandler, serveFiles } from '#src/cli/static-files.ts';
import { securityHeaders } from '#src/io/csp.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export interface BenchStage {
  readonly ehrUrl: string;
  close(): Promise<void>;
}

/**
 * The same EHR, the same ward and the same launch.html under the same policy, but an index.html that
 * does nothing after the token: what is left of the time is not the app's.
 */
export async function startEmptyStage(): Promise<BenchStage> {
  const model = await startStage({ port: 0, seed: 1 });
  let handler: FileHandler = async () => new Response(null, { status: 503 });
  const server = await serveFiles((path) => handler(path), 0);
  const origin = `http://localhost:${server.port}`;
  const sandbox = await startSandbox({ port: 0, seed: 1 }, [origin]);
  const config = JSON.parse(
    JSON.stringify(model.config).replaceAll(new URL(model.ehrUrl).origin, sandbox.url),
  ) as typeof model.config;
  await model.close();
  const headers = securityHeaders(config);
  const real = fileHandler({
    root: at('../../dist/app'),
    headers,
    json: { '/config.json': config },
  });
  handler = async (path) => {
    const name = path === '/' ? '/index.html' : path;
    if (name !== '/index.html' && name !== '/empty.js') return real(path);
    const type = name.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8';
    const body = await readFile(join(at('empty-app'), name));
    return new Response(new Uint8Array(body), { headers: { ...headers, 'content-type': type } });
  };
  return {
    ehrUrl: `${sandbox.url}/`,
    close: async () => {
      await sandbox.close();
      await server.close();
    },
  };
}

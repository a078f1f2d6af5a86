import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FhirResource } from 'fhir/r4';
import { ward } from '#mocks/scenarios/ward/index.ts';
import { sandboxConfig } from '#src/cli/stage-config.ts';
import { startSandbox } from '#src/cli/stage-sandbox.ts';
import { loadScenario } from '#src/cli/stage-scenario.ts';
import { type FileHandler, fileHandler, serveFiles } from '#src/cli/static-files.ts';
import { securityHeaders } from '#src/io/csp.ts';
import type { BenchHistory } from './history.ts';
import { onDisk } from './on-disk.ts';

const APP = fileURLToPath(new URL('../../../dist/app', import.meta.url));

export interface DashboardStage {
  readonly history: BenchHistory;
  readonly url: string;
  readonly fhirUrl: string;
  close(): Promise<void>;
}

/** The built app on a server with this history: its answers on disk, its published counts in memory. */
export async function startDashboard(history: BenchHistory): Promise<DashboardStage> {
  const disk = await onDisk(history);
  const loaded = await loadScenario({ port: 0, scenario: 'ward' });
  const text = await readFile(join(history.folder, 'published.ndjson'), 'utf8');
  const published = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as FhirResource);
  // Of the ward the server has the people; its own answers came before the counts.
  const now = ward({ seed: 1, now: Date.parse(history.asOf) });
  const scenario = {
    ...now,
    resources: [...now.resources, ...published],
    archive: disk.archive,
  };
  let handler: FileHandler = async () => new Response(null, { status: 503 });
  const files = await serveFiles((path) => handler(path), 0);
  const origin = `http://localhost:${files.port}`;
  const sandbox = await startSandbox({ port: 0 }, [origin], { ...loaded, scenario });
  const config = sandboxConfig(sandbox.url, loaded.models);
  handler = fileHandler({
    root: APP,
    headers: securityHeaders(config),
    json: { '/config.json': config },
  });
  return {
    history,
    url: `${origin}/dashboard/`,
    fhirUrl: `${sandbox.url}/fhir`,
    async close() {
      await sandbox.close();
      await files.close();
      disk.close();
    },
  };
}

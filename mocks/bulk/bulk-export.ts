import type { SandboxClock } from '../clock.ts';
import type { Access } from '../fhir/access.ts';
import { refuse } from '../fhir/outcome.ts';
import { failureResponse } from '../fhir/respond.ts';
import type { Store } from '../fhir/store.ts';
import type { Compartment } from '../smart/compartment.ts';
import { type Collected, collect, type Deletion } from './collect.ts';
import { isExport, readExportRequest } from './export-request.ts';

export interface BulkSettings {
  /** From kick-off to manifest. */
  readonly workMs: number;
  /** Lines in one file; a type with more has several. */
  readonly linesPerFile: number;
  /** Files on one page of the manifest; the rest are behind its `next` link (Bulk Data 3). */
  readonly filesPerManifest: number;
}

export const USUAL_BULK: BulkSettings = {
  workMs: 2_000,
  linesPerFile: 5_000,
  filesPerManifest: 500,
};

export interface BulkDeps {
  readonly fhirBase: string;
  readonly store: Store;
  readonly clock: SandboxClock;
  readonly compartment: Compartment;
  readonly bulk: BulkSettings;
}

interface Job {
  readonly request: string;
  readonly startedAt: number;
  readonly files: readonly JobFile[];
}

interface JobFile {
  readonly list: 'output' | 'deleted' | 'error';
  readonly type: string;
  readonly lines: readonly string[];
}

/** Answers what belongs to Bulk Data; undefined for everything else below the FHIR base. */
export type BulkEndpoint = (request: Request, access: Access) => Promise<Response | undefined>;

const JOB = /^bulk\/([0-9a-f-]+)(?:\/(\d+)\.ndjson)?$/;
const RETRY_AFTER_S = 1;

/** `$export` of FHIR Bulk Data 2.0: asynchronous jobs over what the store holds at their kick-off. */
export function createBulkExport(deps: BulkDeps): BulkEndpoint {
  const { bulk, clock, fhirBase, store } = deps;
  const jobs = new Map<string, Job>();
  const deletions: Deletion[] = [];
  // What an earlier run deleted is replayed before anybody listens, and is not told to an increment.
  store.onCommit((versions) => {
    for (const { type, id, resource, lastUpdated } of versions) {
      if (resource === undefined) deletions.push({ type, id, at: Date.parse(lastUpdated) });
    }
  });

  async function kickOff(request: Request, path: string, access: Access): Promise<Response> {
    if (request.method !== 'POST' && request.method !== 'GET') throw refuse(405, 'POST or GET');
    const asked = await readExportRequest(request, path);
    const id = crypto.randomUUID();
    const files = filesOf(collect(asked, access, { ...deps, deletions }), bulk.linesPerFile);
    jobs.set(id, { request: request.url, startedAt: clock.now(), files });
    const headers = { 'content-location': `${fhirBase}/bulk/${id}` };
    return new Response(null, { status: 202, headers });
  }

  function status(request: Request, id: string, job: Job): Response {
    if (request.method === 'DELETE') {
      jobs.delete(id);
      return new Response(null, { status: 202 });
    }
    const done = (clock.now() - job.startedAt) / bulk.workMs;
    if (done < 1) {
      const progress = `${Math.floor(done * 100)}% of ${job.files.length} files`;
      const headers = { 'retry-after': String(RETRY_AFTER_S), 'x-progress': progress };
      return new Response(null, { status: 202, headers });
    }
    const page = Number(new URL(request.url).searchParams.get('page') ?? 0);
    return Response.json(manifest(id, job, page), {
      headers: { expires: new Date(job.startedAt + 86_400_000).toUTCString() },
    });
  }

  function manifest(id: string, job: Job, page: number) {
    const { filesPerManifest: most } = bulk;
    const here = job.files
      .map(({ list, type, lines }, n) => ({
        list,
        entry: { type, url: `${fhirBase}/bulk/${id}/${n}.ndjson`, count: lines.length },
      }))
      .slice(page * most, (page + 1) * most);
    const of = (list: JobFile['list']) =>
      here.filter((file) => file.list === list).map(({ entry }) => entry);
    const next = `${fhirBase}/bulk/${id}?page=${page + 1}`;
    return {
      transactionTime: new Date(job.startedAt).toISOString(),
      request: job.request,
      requiresAccessToken: true,
      output: of('output'),
      deleted: of('deleted'),
      error: of('error'),
      ...((page + 1) * most < job.files.length && { link: [{ relation: 'next', url: next }] }),
    };
  }

  function file(job: Job, number: number): Response {
    const found = job.files[number];
    if (found === undefined) throw refuse(404, 'There is no such file');
    return new Response(found.lines.map((line) => `${line}\n`).join(''), {
      headers: { 'content-type': 'application/fhir+ndjson' },
    });
  }

  async function serve(request: Request, access: Access): Promise<Response | undefined> {
    const url = new URL(request.url);
    const path = `${url.origin}${url.pathname}`.slice(fhirBase.length + 1);
    const [, id, number] = JOB.exec(path) ?? [];
    if (id === undefined && !isExport(path)) return undefined;
    if (access.system !== true) throw refuse(403, 'Only a service with system/ scopes may export');
    if (id === undefined) return kickOff(request, path, access);
    const job = jobs.get(id);
    if (job === undefined) throw refuse(404, 'There is no such export');
    return number === undefined ? status(request, id, job) : file(job, Number(number));
  }

  return async (request, access) => {
    try {
      return await serve(request, access);
    } catch (error) {
      return failureResponse(error);
    }
  };
}

function filesOf({ byType, deleted, errors }: Collected, most: number): readonly JobFile[] {
  const cut = (list: JobFile['list'], type: string, lines: readonly string[]): JobFile[] =>
    Array.from({ length: Math.ceil(lines.length / most) }, (_, n) => ({
      list,
      type,
      lines: lines.slice(n * most, (n + 1) * most),
    }));
  return [
    ...[...byType].flatMap(([type, lines]) => cut('output', type, lines)),
    ...cut('deleted', 'Bundle', deleted),
    ...cut('error', 'OperationOutcome', errors),
  ];
}

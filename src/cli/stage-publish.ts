import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { PUBLISHED_VIEWS } from '#src/domain/aggregates/published-views.ts';
import { toMeasure } from '#src/fhir/measure-report/measure.fhir.ts';
import type { PastCounted, PastJob } from './stage-past-job.ts';
import type { startSandbox } from './stage-sandbox.ts';

type Sandbox = Awaited<ReturnType<typeof startSandbox>>['sandbox'];

export interface Publishing {
  /** Undefined: the stage ended before. */
  readonly done: Promise<{ readonly reports: number; readonly decisions: number } | undefined>;
  close(): Promise<void>;
}

const WORKER = new URL('./stage-past-worker.ts', import.meta.url);

/** What `metrics --publish` would have left on this server last night, counted while it is already up. */
export function publishPast(sandbox: Sandbox, job: PastJob): Publishing {
  const worker = new Worker(WORKER, { workerData: job });
  let closed = false;
  const counted = new Promise<PastCounted | undefined>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => resolve(undefined));
  });
  return {
    done: counted.then(async (found) => {
      if (found === undefined) return undefined;
      for (const view of PUBLISHED_VIEWS) sandbox.put(withId(toMeasure(view), view.name));
      for (const report of found.reports) {
        if (closed) return undefined;
        const name = report.identifier?.[0]?.value ?? '';
        sandbox.put(withId(report, name.replaceAll('/', '-')));
        // Each is large: whoever asks something is answered in between.
        await setImmediate();
      }
      for (const library of found.libraries)
        sandbox.put(withId(library, library.url?.split('/').at(-1) ?? ''));
      return { reports: found.reports.length, decisions: found.decisions };
    }),
    async close() {
      closed = true;
      await worker.terminate();
    },
  };
}

const withId = <T extends object>(resource: T, id: string): T & { readonly id: string } => ({
  ...resource,
  id,
});

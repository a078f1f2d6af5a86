import { systemClock } from '#src/io/clock.ts';
import { FhirError } from '#src/io/gateway.ts';
import { type CountedRows, countRows, packRows } from './export-job.ts';
import type { Failure, FromJob, ToJob } from './export-messages.ts';

/*
 * The entry of a thread of its own (a Web Worker): reading 10⁵ answers, joining and packing them is
 * seconds of work in pieces that cannot all be cut, and the page must answer within 50 ms.
 */
let counted: CountedRows | undefined;
let waiting: PromiseWithResolvers<Readonly<Record<string, string>>> | undefined;

const tell = (message: FromJob): void => postMessage(message);
const progress = (words: string): void => tell({ kind: 'progress', words });

/** One request at a time is under way, so one answer is waited for. */
function headers(): Promise<Readonly<Record<string, string>>> {
  waiting = Promise.withResolvers();
  tell({ kind: 'headers wanted' });
  return waiting.promise;
}

async function signedFetch(target: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const all = new Headers(init.headers);
  for (const [name, value] of Object.entries(await headers())) all.set(name, value);
  return fetch(target, { ...init, headers: all });
}

function failureOf(cause: unknown): Failure {
  if (cause instanceof FhirError) return { of: 'fhir', error: cause.kind, message: cause.message };
  if (cause instanceof RangeError) return { of: 'size', message: cause.message };
  return { of: 'defect', message: cause instanceof Error ? cause.name : 'unknown' };
}

async function answer(message: Extract<ToJob, { kind: 'count' | 'write' }>): Promise<void> {
  const { place, choice } = message;
  if (message.kind === 'count') {
    counted = undefined;
    const reader = {
      baseUrl: place.server,
      token: undefined,
      fetch: signedFetch,
      clock: systemClock,
    };
    counted = await countRows(reader, place, choice, message.span, progress);
    tell({ kind: 'counted', counted: counted.counted });
  } else {
    if (!counted) throw new Error('Nothing was counted.');
    tell({ kind: 'written', written: await packRows(counted, place, choice, progress) });
  }
}

// In a thread only the page that started it can be heard.
self.onmessage = ({ data }: MessageEvent<ToJob>) => {
  if (data.kind === 'headers') waiting?.resolve(data.headers);
  else if (data.kind === 'no headers') {
    const { failure } = data;
    const cause =
      failure.of === 'fhir'
        ? new FhirError(failure.error, failure.message)
        : new Error(failure.message);
    waiting?.reject(cause);
  } else
    answer(data).catch((cause: unknown) => tell({ kind: 'failed', failure: failureOf(cause) }));
};

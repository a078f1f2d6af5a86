import type { Span } from '#src/domain/export/tables-in-period.ts';
import { countOfAnswers } from '#src/fhir/tables/period-searches.ts';
import { FhirError, type FhirGateway } from '#src/io/gateway.ts';
import { type ExportChoice, type ExportDesk, ExportRefused } from '#src/state/export-deps.ts';
import { commandFor, MOST_DECISIONS } from '#src/state/export-words.ts';
import type { ExportPlace } from './export-job.ts';
import type { Failure, FromJob, ToJob } from './export-messages.ts';

export interface DeskParts {
  readonly gateway: FhirGateway;
  readonly authorization: () => Promise<Readonly<Record<string, string>>>;
  /** Made for each job: it holds what may change between two. */
  readonly place: () => ExportPlace;
  readonly startThread: () => Worker;
}

/** Midnight of this device's calendar, and the midnight after the last day. */
export function spanOf({ from, until }: Pick<ExportChoice, 'from' | 'until'>): Span {
  const end = new Date(`${until}T00:00:00`);
  end.setDate(end.getDate() + 1);
  return { from: new Date(`${from}T00:00:00`).getTime(), until: end.getTime() };
}

/** The page's side of the thread that reads and packs. */
export function exportDesk({ gateway, authorization, place, startThread }: DeskParts): ExportDesk {
  let thread: Worker | undefined;

  async function refuseTooMany(choice: ExportChoice, { from, until }: Span): Promise<void> {
    const { total } = await gateway.search(countOfAnswers(from, until));
    if (total === undefined || total <= MOST_DECISIONS) return;
    throw new ExportRefused(
      `There are ${total.toLocaleString('en')} answers in this period, more than a page can hold. Choose a shorter one, or use the command line: ${commandFor(gateway.baseUrl, choice)}`,
    );
  }

  async function lendHeaders(to: Worker): Promise<void> {
    const say = (message: ToJob): void => to.postMessage(message);
    try {
      say({ kind: 'headers', headers: await authorization() });
    } catch (cause) {
      const failure: Failure =
        cause instanceof FhirError
          ? { of: 'fhir', error: cause.kind, message: cause.message }
          : { of: 'defect', message: 'The sign-in could not be renewed.' };
      say({ kind: 'no headers', failure });
    }
  }

  function ask<K extends 'counted' | 'written'>(
    wanted: K,
    message: ToJob,
    progress: (words: string) => void,
  ): Promise<Extract<FromJob, { kind: K }>> {
    const { promise, resolve, reject } = Promise.withResolvers<Extract<FromJob, { kind: K }>>();
    thread ??= startThread();
    const own = thread;
    const isWanted = (told: FromJob): told is Extract<FromJob, { kind: K }> => told.kind === wanted;
    own.onmessage = ({ data }: MessageEvent<FromJob>) => {
      if (isWanted(data)) resolve(data);
      else if (data.kind === 'progress') progress(data.words);
      else if (data.kind === 'headers wanted') void lendHeaders(own);
      else if (data.kind === 'failed') reject(errorOf(data.failure));
    };
    own.onerror = () => reject(new ExportRefused(NO_THREAD));
    own.postMessage(message);
    return promise;
  }

  return {
    async count(choice, progress) {
      const span = spanOf(choice);
      await refuseTooMany(choice, span);
      const told = await ask('counted', { kind: 'count', place: place(), choice, span }, progress);
      return told.counted;
    },
    async write(choice, progress) {
      const told = await ask('written', { kind: 'write', place: place(), choice }, progress);
      return told.written;
    },
    forget() {
      thread?.terminate();
      thread = undefined;
    },
  };
}

const NO_THREAD =
  'The browser did not let this page work beside itself, or had no memory left. Nothing was exported. Choose a shorter period, or use the command line.';

function errorOf(failure: Failure): Error {
  if (failure.of === 'fhir') return new FhirError(failure.error, failure.message);
  if (failure.of === 'size')
    return new ExportRefused(`${failure.message} Choose a shorter period or fewer formats.`);
  return new Error(failure.message);
}

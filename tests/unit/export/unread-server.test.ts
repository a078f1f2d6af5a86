import { describe, expect, it } from 'vitest';
import { countRows, type ExportPlace } from '#src/app/export-job.ts';
import { FhirError } from '#src/io/gateway.ts';
import type { ExportChoice } from '#src/state/export-deps.ts';
import { failureInWords } from '#src/state/export-words.ts';
import { issuerOf, siteOf } from '#tests/support/connection.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';

const SERVER = 'https://ehr.example.org/fhir';
const CHOICE: ExportChoice = {
  ...{ from: '2026-03-02', until: '2026-03-08', profile: 'deidentified' as const },
  ...{ freeText: false, formats: ['csv'], purpose: 'Study 42' },
};
const SPAN = { from: Date.parse('2026-03-02'), until: Date.parse('2026-03-09') };
const PLACE: ExportPlace = {
  ...{ server: SERVER, config: { ...siteOf(), issuers: [issuerOf(SERVER)] } },
  ...{ timeZone: 'UTC', appVersion: '9.9.9', writtenAt: '2026-11-23T08:00:00Z' },
};

const bundle = () =>
  new Response(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', total: 0, link: [] }), {
    headers: { 'content-type': 'application/fhir+json' },
  });

/** Counts while the clock runs as fast as it may; `answer` is the network. */
async function counting(answer: (url: string, init: RequestInit) => Promise<Response>) {
  const clock = new ManualClock();
  let asked = 0;
  const fetch = (async (input, init = {}) => {
    asked += 1;
    return answer(String(input), init);
  }) as typeof globalThis.fetch;
  const work = countRows(
    { baseUrl: SERVER, token: undefined, fetch, clock },
    PLACE,
    CHOICE,
    SPAN,
    () => undefined,
  );
  let settled = false;
  const ended = work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  void ended.then(() => {
    settled = true;
  });
  while (!settled) {
    // Timers are set between two turns of the loop.
    await new Promise((turn) => setImmediate(turn));
    clock.advance(120_000);
  }
  const cause = await ended;
  if (!(cause instanceof FhirError)) throw new Error('It did not fail.');
  return { cause, asked };
}

const never = (_: string, { signal }: RequestInit): Promise<Response> =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
  });

describe('a server that does not answer while the page reads', () => {
  it('is asked four times, two minutes each; then the cure is said', async () => {
    const { cause, asked } = await counting(never);
    expect([cause.kind, asked]).toEqual(['timeout', 4]);
    expect(failureInWords(cause.kind, cause.message)).toBe(
      'The server took too long to answer. Choose a shorter period, or count again later; nothing was exported.',
    );
  });

  it('and one whose network goes away in the middle', async () => {
    const { cause, asked } = await counting(async (url) => {
      if (url.includes('/Encounter')) throw new TypeError('network');
      return bundle();
    });
    expect(cause.kind).toBe('offline');
    // Device, RequestGroup, Provenance and Patient were there; the fifth was asked four times.
    expect(asked).toBe(4 + 4);
    expect(failureInWords(cause.kind, cause.message)).toContain('Check the network');
  });
});

import { type ManualClock, manualClock } from '#mocks/clock.ts';
import { type HttpHost, startHttp } from '#mocks/hosts/http.ts';
import { listenInNode } from '#mocks/hosts/msw-node.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '#mocks/sandbox.ts';
import { minimal } from '#mocks/scenarios/minimal.ts';

export const APP = 'http://app.test';
export const START = '2026-03-02T08:00:00.000Z';

export interface Running {
  readonly sandbox: Sandbox;
  readonly clock: ManualClock;
  readonly url: string;
  /** The server as a client on the network sees it. */
  send(path: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

export type Options = Partial<Omit<SandboxOptions, 'baseUrl' | 'clock'>>;

export interface Host {
  readonly name: string;
  start(options?: Options): Promise<Running>;
}

function make(baseUrl: string, clock: ManualClock, options: Options): Sandbox {
  const scenario = minimal({ seed: 1, now: Date.parse(START) });
  return createSandbox({ appOrigins: [APP], scenario, ...options, baseUrl, clock });
}

const noStop = () => Promise.resolve();

/**
 * Reads the whole body at once. The interceptor closes its socket when it has written everything,
 * and Node's fetch then fails an assertion if a large body still waits for a reader.
 */
async function buffered(response: Response): Promise<Response> {
  const { headers, status } = response;
  const body = await response.arrayBuffer();
  return new Response(status === 204 ? null : body, { status, headers });
}

/** Every way in which the sandbox is served. The contract holds for all of them alike. */
export const HOSTS: readonly Host[] = [
  {
    name: 'function',
    async start(options = {}) {
      const clock = manualClock(START);
      const sandbox = make('http://ehr.test', clock, options);
      const send = (path: string, init?: RequestInit) =>
        sandbox.fetch(new Request(`http://ehr.test${path}`, { redirect: 'manual', ...init }));
      return { sandbox, clock, url: 'http://ehr.test', send, stop: noStop };
    },
  },
  {
    name: 'msw in node',
    async start(options = {}) {
      const clock = manualClock(START);
      const sandbox = make('http://msw-ehr.test', clock, options);
      const server = listenInNode(sandbox);
      const send = (path: string, init?: RequestInit) =>
        fetch(`http://msw-ehr.test${path}`, { redirect: 'manual', ...init }).then(buffered);
      const stop = async () => server.close();
      return { sandbox, clock, url: 'http://msw-ehr.test', send, stop };
    },
  },
  {
    name: 'http',
    async start(options = {}) {
      const clock = manualClock(START);
      const create = (baseUrl: string) => make(baseUrl, clock, options);
      const host: HttpHost = await startHttp({ port: 0, create });
      const send = (path: string, init?: RequestInit) =>
        fetch(`${host.url}${path}`, { redirect: 'manual', ...init });
      return { sandbox: host.sandbox, clock, url: host.url, send, stop: host.close };
    },
  },
];

import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FhirResource } from 'fhir/r4';
import { type ManualClock, manualClock } from '#mocks/clock.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '#mocks/sandbox.ts';
import { minimal } from '#mocks/scenarios/minimal.ts';
import type { SandboxClient } from '#mocks/smart/client.ts';

import { type BulkDownload, downloadBulk } from '#src/cli/sources/bulk/download-bulk.ts';
import type { BulkResult } from '#src/io/bulk/run-export.ts';
import { APP, START } from './harness.ts';

export const SERVER = 'https://ehr.test/fhir';

export interface KeyPair {
  readonly jwk: JsonWebKey;
  readonly pem: string;
  readonly publicJwk: JsonWebKey & { kid: string };
}

const KINDS = {
  RS384: {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-384',
  },
  ES384: { name: 'ECDSA', namedCurve: 'P-384' },
} as const;

/** Made for one run: no private key stands in the repository. */
export async function keyPair(alg: keyof typeof KINDS): Promise<KeyPair> {
  const { subtle } = crypto;
  const { privateKey, publicKey } = await subtle.generateKey(KINDS[alg], true, ['sign', 'verify']);
  const der = Buffer.from(await subtle.exportKey('pkcs8', privateKey)).toString('base64');
  const lines = der.match(/.{1,64}/g)?.join('\n');
  const kid = `kid-${alg}`;
  return {
    jwk: { ...(await subtle.exportKey('jwk', privateKey)), kid } as JsonWebKey,
    pem: `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`,
    publicJwk: { ...(await subtle.exportKey('jwk', publicKey)), kid },
  };
}

export const serviceClient = (pairs: readonly KeyPair[]): SandboxClient => ({
  id: 'research-service',
  name: 'Research',
  launchUrl: '',
  redirectUris: [],
  origins: [],
  jwks: { keys: pairs.map(({ publicJwk }) => publicJwk) },
});

export const newFolder = (): string => join(mkdtempSync(join(tmpdir(), 'bulk-')), 'export');

export function keyFile(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'key-')), 'key');
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

export interface Service {
  readonly sandbox: Sandbox;
  readonly clock: ManualClock;
  /** Each pause between two questions, in ms. */
  readonly waits: number[];
  /** All that was told, and the bearer tokens and assertions that were sent. */
  readonly told: string[];
  readonly secrets: Set<string>;
  readonly stop: AbortController;
  /** What the network does to an exchange; default: nothing. */
  network: (request: Request, serve: () => Promise<Response>) => Promise<Response>;
  /** Runs before each pause. */
  beforePause: () => void;
  run(options?: Partial<BulkDownload>): Promise<BulkResult>;
}

export function startService(
  pair: KeyPair,
  options: Partial<Omit<SandboxOptions, 'baseUrl' | 'clock'>> = {},
): Service {
  const clock = manualClock(START);
  const scenario = minimal({ seed: 1, now: Date.parse(START) });
  const sandbox = createSandbox({
    baseUrl: 'https://ehr.test',
    appOrigins: [APP],
    scenario,
    clients: [serviceClient([pair])],
    bulk: { linesPerFile: 1, filesPerManifest: 4 },
    ...options,
    clock,
  });
  const key = keyFile(JSON.stringify(pair.jwk));
  const service: Service = {
    sandbox,
    clock,
    waits: [],
    told: [],
    secrets: new Set(),
    stop: new AbortController(),
    network: (_, serve) => serve(),
    beforePause: () => undefined,
    run: ({ since, ...more } = {}) =>
      downloadBulk(
        SERVER,
        {
          level: 'system',
          folder: newFolder(),
          resume: false,
          types: undefined,
          allowedOrigins: [],
          client: { id: 'research-service', key, keyId: undefined },
          since,
          ...more,
        },
        ['Patient', 'Encounter', 'Observation', 'RiskAssessment', 'Device'],
        {
          fetch: send,
          clock,
          pause: async (ms) => {
            service.beforePause();
            service.waits.push(ms);
            clock.advance(ms);
          },
          stop: service.stop.signal,
          tell: (words) => void service.told.push(words),
        },
      ),
  };
  async function send(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    service.stop.signal.aborted && init?.signal?.throwIfAborted();
    const request = new Request(input, init);
    const bearer = request.headers.get('authorization')?.slice('Bearer '.length);
    if (bearer) service.secrets.add(bearer);
    const assertion = new URLSearchParams(String(init?.body ?? '')).get('client_assertion');
    if (assertion) service.secrets.add(assertion);
    return service.network(request, () => sandbox.fetch(request));
  }
  return service;
}

/** All resources in the files of a folder, sorted by type and id. */
export const resourcesIn = (folder: string): readonly FhirResource[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ndjson') && !name.startsWith('_'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line): FhirResource => JSON.parse(line))
    .toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)));

export const keyOf = ({ resourceType, id, meta }: FhirResource): string =>
  `${resourceType}/${id}/${meta?.versionId}`;

/** Every byte below a folder or its unfinished twin. */
export const allText = (folder: string): string =>
  [folder, `${folder}.partial`]
    .filter((path) => existsSync(path))
    .flatMap((path) => readdirSync(path).map((name) => readFileSync(join(path, name), 'utf8')))
    .join('\n');

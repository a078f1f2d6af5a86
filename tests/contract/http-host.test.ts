import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { startHttp } from '#mocks/hosts/http.ts';
import { createSandbox } from '#mocks/sandbox.ts';
import { minimal } from '#mocks/scenarios/minimal.ts';
import { APP, START } from './harness.ts';

const scenario = minimal({ seed: 1, now: Date.parse(START) });
const create = (baseUrl: string) => createSandbox({ baseUrl, appOrigins: [APP], scenario });

describe('the HTTP host', () => {
  it('serves what is not the sandbox’s from the page that it was given', async () => {
    const host = await startHttp({
      port: 0,
      create,
      fallback: async ({ url }) =>
        new URL(url).pathname === '/ehr/' ? new Response('the EHR page') : undefined,
    });
    expect(await (await fetch(`${host.url}/ehr/`)).text()).toBe('the EHR page');
    expect((await fetch(`${host.url}/elsewhere`)).status).toBe(404);
    expect((await fetch(`${host.url}/fhir/metadata`)).status).toBe(200);
    await host.close();
  });

  it('answers under any name of this machine with its own base, and under no other name', async () => {
    const host = await startHttp({ port: 0, create });
    const { port } = new URL(host.url);
    const named = (name: string) =>
      new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
        const path = '/fhir/.well-known/smart-configuration';
        const headers = { host: `${name}:${port}` };
        const ask = request({ host: '127.0.0.1', port, path, headers }, (answer) => {
          let body = '';
          answer.on('data', (chunk: Buffer) => {
            body += chunk.toString();
          });
          answer.on('end', () => resolve({ status: answer.statusCode, body }));
        });
        ask.on('error', reject).end();
      });
    const other = await named('127.0.0.1');
    expect([other.status, JSON.parse(other.body).issuer]).toEqual([200, `${host.url}/fhir`]);
    expect((await named('rebound.example')).status).toBe(421);
    await host.close();
  });
});

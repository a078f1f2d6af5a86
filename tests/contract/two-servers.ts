import { manualClock } from '#mocks/clock.ts';
import { chartOnly, storeScenario } from '#mocks/hospital-store/scenarios.ts';
import { startHttp } from '#mocks/hosts/http.ts';
import { createSandbox, type Sandbox } from '#mocks/sandbox.ts';
import { MRN_SYSTEM, minimal } from '#mocks/scenarios/minimal.ts';
import { defaultClient, type SandboxClient } from '#mocks/smart/client.ts';
import { APP, type Running, START } from './harness.ts';

const GATEWAY: SandboxClient = {
  id: 'gateway',
  name: 'Gateway of the store',
  launchUrl: '',
  redirectUris: [],
  origins: [],
  secret: 's3cret',
};

export interface Servers {
  readonly ehr: Running;
  readonly store: Running;
  stop(): Promise<void>;
}

interface Options {
  readonly auth?: 'ehr-token' | 'smart';
  readonly missing?: readonly string[];
  readonly twice?: readonly string[];
  /** What the gateway says to the EHR, where that is wrong. */
  readonly clientSecret?: string;
  /** By client id, what the gateway permits in place of what the EHR granted. */
  readonly permits?: Readonly<Record<string, string>>;
}

/** An EHR with the chart and the hospital's own store with what came from AI, on two ports. */
export async function startTwo(options: Options = {}): Promise<Servers> {
  const { auth = 'ehr-token', clientSecret = 's3cret', permits, ...people } = options;
  const clock = manualClock(START);
  const scenario = minimal({ seed: 1, now: Date.parse(START) });
  const shared = { clock, appOrigins: [APP] };
  const ehr = await serve((baseUrl) =>
    createSandbox({
      ...shared,
      baseUrl,
      scenario: chartOnly(scenario),
      clients: [defaultClient([APP]), GATEWAY],
    }),
  );
  const fhirBase = `${ehr.url}/fhir`;
  const store = await serve((baseUrl) =>
    createSandbox({
      ...shared,
      baseUrl,
      scenario: storeScenario(scenario, { ...people, ehrBase: fhirBase, recommendations: true }),
      referencesMustExist: true,
      ...(auth === 'ehr-token' && {
        trustedEhr: {
          fhirBase,
          clientId: GATEWAY.id,
          clientSecret,
          patientIdentifierSystem: MRN_SYSTEM,
          ...(permits && { permits }),
        },
      }),
    }),
  );
  const stop = async () => {
    await store.stop();
    await ehr.stop();
  };
  return { ehr, store, stop };

  async function serve(create: (baseUrl: string) => Sandbox): Promise<Running> {
    const host = await startHttp({ port: 0, create });
    const send = (path: string, init?: RequestInit) =>
      fetch(`${host.url}${path}`, { redirect: 'manual', ...init });
    return { sandbox: host.sandbox, clock, url: host.url, send, stop: host.close };
  }
}

import type { Observation } from 'fhir/r4';
import type { Answer } from '#src/domain/feedback.ts';
import type { AttemptResult } from '#src/domain/outbox/attempt-result.ts';
import type { QueuedAnswer } from '#src/domain/outbox/queued-answer.ts';
import type { IssuerConfig } from '#src/domain/site-config.ts';
import { HttpGateway } from '#src/io/http-gateway.ts';
import { deliverItem } from '#src/io/sinks/observation/deliver-item.ts';
import type { DeliveryContext } from '#src/io/sinks/observation/delivery-context.ts';
import { tokensFor } from '#tests/contract/client.ts';
import { HOSTS, type Options, type Running } from '#tests/contract/harness.ts';
import { queued } from '#tests/support/queued-answers.ts';
import { anIssuer } from '#tests/support/site.ts';

export const ID = 'urn:uuid:0b6f3a52-6f0a-4c3c-9f0e-1c2d3e4f5a6b';
const SCOPE =
  'launch openid fhirUser online_access patient/Patient.r patient/RiskAssessment.rs patient/Observation.crus user/Provenance.crs';

export interface Delivery {
  readonly running: Running;
  readonly gateway: HttpGateway;
  readonly context: DeliveryContext & { readonly issuer: IssuerConfig };
  /** One attempt; `item` says what is known of earlier ones. */
  send(
    change?: Partial<Answer>,
    leaving?: boolean,
    item?: Partial<QueuedAnswer>,
  ): Promise<AttemptResult>;
  /** The answers that the server really holds. */
  onServer(): Observation[];
  /** "POST Observation", in order, of the FHIR requests since the launch. */
  requests(): string[];
}

export interface DeliveryOptions extends Options {
  readonly issuer?: Partial<IssuerConfig>;
  readonly scope?: string;
}

export function answerOf(issuer: string, change: Partial<Answer> = {}): Answer {
  return {
    id: ID,
    issuer,
    patient: 'Patient/p1',
    encounter: 'Encounter/enc-p1',
    recommendation: {
      ref: { server: issuer, type: 'RiskAssessment', id: 'risk-p1' },
      version: '1',
    },
    performer: { reference: 'Practitioner/ada' },
    answeredAt: '2026-03-02T09:00:00+01:00',
    response: 'overridden',
    reasons: [
      {
        system: 'http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes',
        code: 'action-completed',
      },
    ],
    comment: 'Antibiotics at 07:40.',
    context: { appVersion: '0.1.0', evidenceOpened: true },
    ...change,
  };
}

/** Our gateway in front of the real sandbox, under a token that was really granted. */
export async function startDelivery(options: DeliveryOptions = {}): Promise<Delivery> {
  const { issuer, scope = SCOPE, ...sandbox } = options;
  const running = await (HOSTS[0] as (typeof HOSTS)[number]).start(sandbox);
  const { access_token } = await tokensFor(running, { scope });
  const before = running.sandbox.requests().length;
  const gateway = new HttpGateway({
    baseUrl: running.sandbox.fhirBase,
    authorization: async () => ({ authorization: `Bearer ${access_token}` }),
    // Connecting failed is told apart by `fetch` as a TypeError, and by the sandbox too.
    fetch: (input, init) =>
      running.sandbox.fetch(new Request(input as string, init as RequestInit)),
    clock: running.clock,
  });
  const context = {
    gateway,
    issuer: anIssuer(gateway.baseUrl, { scopes: SCOPE, ...issuer }),
    clock: running.clock,
  };
  return {
    running,
    gateway,
    context,
    send: (change, leaving = false, item = {}) =>
      deliverItem(context, queued(answerOf(gateway.baseUrl, change), item), leaving),
    onServer: () =>
      running.sandbox
        .list('Observation')
        .filter((one) => one.identifier?.some(({ value }) => value?.startsWith('urn:uuid:'))),
    requests: () =>
      running.sandbox
        .requests()
        .slice(before)
        .map(({ method, path }) => `${method} ${path.replace(/^\/fhir\//, '')}`),
  };
}

import type { AuditEvent } from 'fhir/r4';
import { type AuditOptions, AuditRecorder } from '#src/io/audit/audit-recorder.ts';
import { noting } from '#src/io/audit/noting-gateway.ts';
import type { TrailItem } from '#src/io/audit/trail-shelf.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import { noLock } from '#src/io/outbox/exclusive-lock.ts';
import { memoryShelf, type Shelf } from '#src/io/outbox/shelf.ts';
import { deliverItem } from '#src/io/sinks/observation/deliver-item.ts';
import { queued } from '#tests/support/queued-answers.ts';
import { answerOf, type Delivery, startDelivery } from '../io/delivery.ts';

const SCOPE =
  'launch openid fhirUser online_access patient/Patient.r patient/RiskAssessment.rs patient/Observation.crus user/Provenance.crs';
export const WITH_AUDIT = `${SCOPE} user/AuditEvent.crs`;

export const answerId = (n: number) =>
  `urn:uuid:00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const auditEvents = ({ running }: Delivery): AuditEvent[] =>
  running.sandbox.list('AuditEvent');

/** A page that answers at the sandbox and keeps its trail there. */
export interface AuditedPage {
  readonly recorder: AuditRecorder;
  readonly gateway: FhirGateway;
  answer(n: number): Promise<void>;
}

export function openPage(
  delivery: Delivery,
  shelf: Shelf<TrailItem> = memoryShelf(),
  change: Partial<AuditOptions> = {},
): AuditedPage {
  const { running, context } = delivery;
  const recorder = new AuditRecorder({
    gateway: delivery.gateway,
    shelf,
    lock: noLock,
    clock: running.clock,
    random: () => 0.5,
    who: 'Practitioner/ada',
    app: { name: 'clinician-feedback', version: '9.9.9' },
    configuration: 'c'.repeat(64),
    isBusy: () => false,
    isLeft: () => false,
    ...change,
  });
  const gateway = noting(delivery.gateway, (written) => recorder.note(written));
  return {
    recorder,
    gateway,
    async answer(n) {
      const answer = answerOf(gateway.baseUrl, { id: answerId(n) });
      const result = await deliverItem({ ...context, gateway }, queued(answer), false);
      if (result.kind !== 'stored') throw new Error(`The answer is not stored: ${result.kind}.`);
    },
  };
}

export const startAudited = (options: Parameters<typeof startDelivery>[0] = {}) =>
  startDelivery({ scope: WITH_AUDIT, ...options });

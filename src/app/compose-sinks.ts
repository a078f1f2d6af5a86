import { isAnswer, isReport } from '#src/domain/outbox/queued-answer.ts';
import { type Sink, type SinkId, sinksOf } from '#src/domain/sinks.ts';
import type {
  FlowsheetMapping,
  IssuerConfig,
  NoteMapping,
  RelayMapping,
} from '#src/domain/site-config.ts';
import { toCdsFeedback } from '#src/fhir/projections/cds-feedback.ts';
import type { Clock } from '#src/io/clock.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import type { OpenedStore } from '#src/io/hospital-store/opened-store.ts';
import type { ExclusiveLock } from '#src/io/outbox/exclusive-lock.ts';
import { late } from '#src/io/sinks/late.ts';
import { deliverItem } from '#src/io/sinks/observation/deliver-item.ts';
import type { DeliveryContext } from '#src/io/sinks/observation/delivery-context.ts';
import type { SinkPort } from '#src/io/sinks/sink-port.ts';
import { recordStoreOf } from './record-store.ts';

interface Parts {
  readonly issuer: IssuerConfig;
  readonly gateway: FhirGateway;
  /** Signed in, with the launched patient found in it. */
  readonly store: OpenedStore | undefined;
  readonly clock: Clock;
  readonly fetch: typeof globalThis.fetch;
  /** The EHR's access token, for a relay that takes it. */
  readonly authorization: () => Promise<Readonly<Record<string, string>>>;
  /** Nobody else of this browser sends to that sink for this user at the same time. */
  lockFor(sink: SinkId): ExclusiveLock;
}

/** The sinks of this launch, as configured. */
export const composeSinks = (parts: Parts): readonly SinkPort[] => [
  ...sinksOf(parts.issuer).flatMap((sink) => compose(sink, parts) ?? []),
  ...reportSinks(parts),
];

/** Undefined where the configuration, which was checked, does not say enough. */
function compose({ id, required, config }: Sink, parts: Parts): SinkPort | undefined {
  const port = { sink: id, required, lock: parts.lockFor(id) };
  const { flowsheet, note, relay } = config;
  switch (id) {
    case 'fhir-observation':
      return observationSink(port, parts);
    case 'hospital-store':
      return parts.store && storeSink(port, parts, parts.store);
    case 'epic-flowsheet':
      return flowsheet && flowsheetSink(port, parts, flowsheet);
    case 'document-note':
      return note && noteSink(port, parts, note);
    case 'cds-feedback-relay':
      return relay && relaySink(port, parts, relay);
  }
}

type Port = Pick<SinkPort, 'sink' | 'required' | 'lock'>;

/** Part of the launch: a page that is left at once after a click has no time to fetch what sends. */
function observationSink(
  port: Port & Pick<SinkPort, 'target'>,
  context: DeliveryContext,
): SinkPort {
  return {
    ...port,
    takes: () => true,
    async deliver(batch, leaving) {
      const item = batch.find(isAnswer);
      // The routes see to it that none but its own comes here.
      return item ? deliverItem(context, item, leaving) : { kind: 'no-sink', sent: false };
    },
  };
}

function storeSink(
  port: Port,
  { issuer, clock }: Parts,
  { gateway, subject, config }: OpenedStore,
): SinkPort {
  const { hideFromPatient, readBack } = issuer;
  const { conditionalCreate } = config;
  return observationSink(
    { ...port, target: { server: gateway.baseUrl, subject } },
    {
      gateway,
      clock,
      issuer: { conditionalCreate, hospitalStore: true, hideFromPatient, readBack },
    },
  );
}

function flowsheetSink(
  port: Port,
  { gateway, issuer, clock }: Parts,
  mapping: FlowsheetMapping,
): SinkPort {
  const context = { gateway, mapping, readBack: issuer.readBack };
  const sending = late(
    async () => {
      const { fileRows } = await import('#src/io/sinks/flowsheet-sink.ts');
      return ([item], leaving) => fileRows(context, item, leaving);
    },
    clock,
    isAnswer,
  );
  return { ...port, ...sending };
}

function noteSink(port: Port, { gateway, clock }: Parts, mapping: NoteMapping): SinkPort {
  const sending = late(
    async () => {
      const { fileNote } = await import('#src/io/sinks/note-sink.ts');
      return (batch, leaving) => fileNote({ gateway, mapping }, batch, leaving);
    },
    clock,
    isAnswer,
  );
  return { ...port, gatherMs: mapping.afterMinutes * 60_000, ...sending };
}

/** None where the hospital keeps no record of its own: a chart is no place for a safety report. */
function reportSinks(parts: Parts): readonly SinkPort[] {
  const { issuer, clock, gateway, store } = parts;
  const record = recordStoreOf(issuer, gateway, store);
  if (!record) return [];
  const { readBack, hideFromPatient } = issuer;
  const sending = late(
    async () => {
      const { deliverReport } = await import('#src/io/sinks/report/deliver-report.ts');
      const context = { ...record, clock, readBack, hideFromPatient };
      return ([item], leaving) => deliverReport(context, item, leaving);
    },
    clock,
    isReport,
  );
  const target = store && { server: store.gateway.baseUrl, subject: store.subject };
  const lock = parts.lockFor('safety-report');
  return [{ sink: 'safety-report', required: true, lock, ...(target && { target }), ...sending }];
}

function relaySink(port: Port, parts: Parts, relay: RelayMapping): SinkPort {
  const { clock, authorization } = parts;
  const context = { relay, clock, authorization, fetch: parts.fetch };
  const takes: SinkPort['takes'] = (answer, kind) =>
    kind === 'answer' && toCdsFeedback(answer, relay.cardIdentifierSystem) !== undefined;
  const sending = late(
    async () => {
      const { sendFeedback } = await import('#src/io/sinks/relay-sink.ts');
      return ([item], leaving) => sendFeedback(context, item, leaving);
    },
    clock,
    isAnswer,
    takes,
  );
  return { ...port, ...sending };
}

import { type SinkId, sinksOf } from '#src/domain/sinks.ts';
import type { IssuerConfig } from '#src/domain/site-config.ts';
import type { Clock } from '#src/io/clock.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import type { OpenedStore } from '#src/io/hospital-store/opened-store.ts';
import type { ExclusiveLock } from '#src/io/outbox/exclusive-lock.ts';
import { observationSink } from '#src/io/sinks/observation/observation-sink.ts';
import type { SinkPort } from '#src/io/sinks/sink-port.ts';

interface Parts {
  readonly issuer: IssuerConfig;
  readonly gateway: FhirGateway;
  /** Signed in, with the launched patient found in it. */
  readonly store: OpenedStore | undefined;
  readonly clock: Clock;
  /** Nobody else of this browser sends to that sink for this user at the same time. */
  lockFor(sink: SinkId): ExclusiveLock;
}

/** The sinks of this launch, as configured. */
export function composeSinks(parts: Parts): readonly SinkPort[] {
  return sinksOf(parts.issuer).flatMap(({ id, required }) => {
    const port = { sink: id, required, lock: parts.lockFor(id) };
    switch (id) {
      case 'fhir-observation':
        return [observationSink(port, parts)];
      case 'hospital-store':
        return parts.store ? [storeSink(port, parts, parts.store)] : [];
      default:
        return [];
    }
  });
}

function storeSink(
  port: Pick<SinkPort, 'sink' | 'required' | 'lock'>,
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

import type { SinkPort } from '#src/io/sinks/sink-port.ts';
import { noLock } from './exclusive-lock.ts';

/** For what waits for a sink that the site has since taken out of its configuration. */
export const noSink: SinkPort = {
  sink: 'fhir-observation',
  required: true,
  takes: () => false,
  lock: noLock,
  deliver: async () => ({ kind: 'no-sink', sent: false }),
};

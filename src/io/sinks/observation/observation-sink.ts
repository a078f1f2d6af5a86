import type { SinkId } from '#src/domain/sinks.ts';
import type { SinkPort } from '#src/io/sinks/sink-port.ts';
import { deliverItem } from './deliver-item.ts';
import type { DeliveryContext } from './delivery-context.ts';

/** The whole answer, as an Observation on a FHIR server: the EHR's own, or the hospital store. */
export function observationSink(
  options: Pick<SinkPort, 'required' | 'lock' | 'target'> & { readonly sink: SinkId },
  context: DeliveryContext,
): SinkPort {
  return {
    ...options,
    takes: () => true,
    deliver: ([item], leaving) => deliverItem(context, item, leaving),
  };
}

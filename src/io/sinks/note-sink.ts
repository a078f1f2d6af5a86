import type { AttemptResult } from '#src/domain/outbox/attempt-result.ts';
import type { QueuedAnswer } from '#src/domain/outbox/queued-answer.ts';
import type { NoteMapping } from '#src/domain/site-config.ts';
import { toNote } from '#src/fhir/projections/note.fhir.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import { failureOf } from './attempt-failure.ts';
import type { Batch } from './sink-port.ts';

export interface NoteContext {
  readonly gateway: FhirGateway;
  readonly mapping: NoteMapping;
}

/**
 * Files the answers of a session as one clinical note. A note has no key by which a second one could
 * be recognised, so it is sent once: after an attempt of unknown outcome a person has to look
 * (fhir-contract.md, "Delivery"). Never throws.
 */
export async function fileNote(
  { gateway, mapping }: NoteContext,
  batch: Batch<QueuedAnswer>,
  leaving: boolean,
): Promise<AttemptResult> {
  if (batch.some(({ owner }) => owner.issuer !== gateway.baseUrl))
    return { kind: 'foreign-origin', sent: false };
  if (batch.some(({ doubts }) => doubts > 0)) return { kind: 'in-doubt', sent: false };
  let sent = false;
  try {
    const [first, ...others] = batch;
    const note = toNote([first.answer, ...others.map(({ answer }) => answer)], mapping);
    sent = true;
    const { reference } = await gateway.create(note, { keepalive: leaving });
    return { kind: 'stored', reference: reference ?? '', lost: [], sent };
  } catch (cause) {
    return failureOf(cause, sent);
  }
}

import type { AuditEntry, AuditRecord } from '#src/fhir/audit/audit-record.fhir.ts';
import { toAuditRecord, withHash } from '#src/fhir/audit/audit-record.fhir.ts';
import { recordText } from '#src/fhir/audit/hashed-text.ts';
import { sha256 } from '../sha256.ts';
import type { ChainItem } from './trail-shelf.ts';

export interface RecordContext {
  readonly server: string;
  readonly who: string | undefined;
  readonly app: AuditRecord['app'];
  /** Hash of the configuration; absent: this writer works by none. */
  readonly configuration: string | undefined;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * The next record of a chain, or the first of a new one. A configuration that the chain has not told yet
 * comes first in it.
 */
export async function nextRecord(
  head: ChainItem | undefined,
  entries: readonly AuditEntry[],
  { server, who, app, configuration, now }: RecordContext,
): Promise<ChainItem> {
  const isNew = configuration !== undefined && configuration !== head?.configuration;
  const told: readonly AuditEntry[] = isNew
    ? [{ kind: 'configuration', name: 'config.json', sha256: configuration }]
    : [];
  const writer = head?.writer ?? `urn:uuid:${crypto.randomUUID()}`;
  const number = (head?.number ?? 0) + 1;
  const event = toAuditRecord({
    ...{ writer, number, previous: head?.hash },
    at: new Date(now).toISOString(),
    ...{ who, app },
    entries: [...told, ...entries],
  });
  const hash = await sha256(recordText(event));
  return {
    what: 'record',
    ...{ server, writer, number, hash, event: withHash(event, hash) },
    ...(configuration !== undefined && { configuration }),
  };
}

import type { ChainRecord } from '#src/domain/audit/chain.ts';
import { AUDIT_SUBTYPE } from '#src/fhir/audit-event-terms.ts';
import { FEEDBACK_CATEGORY, SYSTEM } from '#src/fhir/codes.ts';
import { type BulkReader, searchPages } from '#src/io/bulk/search-pages.ts';
import { FhirError } from '#src/io/gateway.ts';
import { HeldRecords, recordIn, type Trail } from './trail.ts';

/** So many ids stand in one address. */
const AT_ONCE = 50;
const PAGE = ['_count', '200'] as const;

/** The trail of a server. Throws `FhirError` where AuditEvents or feedback cannot be read. */
export async function readServerTrail(reader: BulkReader): Promise<Trail> {
  const records: ChainRecord[] = [];
  const chained = `${AUDIT_SUBTYPE.system}|${AUDIT_SUBTYPE.chained}`;
  for await (const event of each('AuditEvent', ['subtype', chained])) {
    const record = await recordIn(event);
    if (record) records.push(record);
  }
  const held = new HeldRecords(records);
  const feedback = `${SYSTEM.feedbackCategory}|${FEEDBACK_CATEGORY}`;
  for await (const one of each('Observation', ['category', feedback])) await held.add(one);
  const problems: string[] = [];
  for (const [type, ids] of leftByType(held)) {
    try {
      for (let i = 0; i < ids.length; i += AT_ONCE)
        for await (const one of each(type, ['_id', ids.slice(i, i + AT_ONCE).join(',')]))
          await held.add(one);
      held.missing((reference) => reference.startsWith(`${type}/`));
    } catch (cause) {
      if (
        !(cause instanceof FhirError) ||
        !['forbidden', 'invalid', 'not-found'].includes(cause.kind)
      )
        throw cause;
      problems.push(`${type} could not be read: what is listed of it was not compared.`);
    }
  }
  return { place: reader.baseUrl, records, ...held.found(), problems };

  async function* each(type: string, param: readonly [string, string]) {
    const params = [param, PAGE] as const;
    for await (const page of searchPages(reader, { type, params }))
      for (const one of page) if (one.resourceType === type) yield one;
  }
}

/** Ids of what is listed and not read yet. */
function leftByType(held: HeldRecords): ReadonlyMap<string, readonly string[]> {
  const left = new Map<string, string[]>();
  for (const reference of held.listed) {
    const [type = '', id = '', ...more] = reference.split('/');
    // An absolute reference is another server's to answer for.
    if (held.has(reference) || id === '' || more.length > 0) continue;
    left.set(type, [...(left.get(type) ?? []), id]);
  }
  return left;
}

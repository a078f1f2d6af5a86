import type { AdverseEvent, DocumentReference, Task } from 'fhir/r4';
import { get, isObject } from '../read.ts';

type Sent = AdverseEvent | DocumentReference | Task;

/** Kept by a server in its own way, or by no server; nobody misses them. */
const NOT_MISSED = new Set(['resourceType', 'meta']);

/**
 * What the server did not keep of what was sent, one path for each element that is gone. The evidence
 * counts as kept where its hash is; a store may keep the bytes elsewhere.
 */
export function missingFrom(sent: Sent, stored: unknown): readonly string[] {
  const { resourceType } = sent;
  const gone = Object.keys(sent)
    .filter((key) => !NOT_MISSED.has(key) && get(stored, key) === undefined)
    .map((key) => `${resourceType}.${key}`);
  if (sent.resourceType !== 'DocumentReference' || gone.length > 0) return gone;
  return attachment(stored)?.hash === sent.content[0]?.attachment.hash
    ? []
    : ['evidence: not kept as sent (DocumentReference.content.attachment)'];
}

function attachment(stored: unknown) {
  const content = get(stored, 'content');
  const first: unknown = Array.isArray(content) ? content[0] : undefined;
  const found = get(first, 'attachment');
  return isObject(found) ? found : undefined;
}

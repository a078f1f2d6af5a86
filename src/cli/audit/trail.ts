import type { ChainRecord } from '#src/domain/audit/chain.ts';
import { listedReferences } from '#src/domain/audit/verify-listed.ts';
import { readAuditRecord } from '#src/fhir/audit/audit-record.fhir.ts';
import { hashedText } from '#src/fhir/audit/hashed-text.ts';
import { FEEDBACK_CATEGORY, SYSTEM } from '#src/fhir/codes.ts';
import { hasCode } from '#src/fhir/datatypes.ts';
import { get, token } from '#src/fhir/read.ts';
import { sha256 } from '#src/io/sha256.ts';

/** The trail of one place, and what the place holds of the things that it lists. */
export interface Trail {
  readonly place: string;
  readonly records: readonly ChainRecord[];
  /** Hash by reference; undefined: listed, and not there. What could not be read is no member. */
  readonly held: ReadonlyMap<string, string | undefined>;
  /** References of feedback that no record lists, stored since the trail began. */
  readonly unlisted: readonly string[];
  /** What could not be read, in words. */
  readonly problems: readonly string[];
}

/** A record with the hash of what stands there now; undefined for anything that is none. */
export async function recordIn(resource: unknown): Promise<ChainRecord | undefined> {
  const found = readAuditRecord(resource);
  return found && { ...found.record, computed: await sha256(found.text) };
}

/** Collects what a place holds, resource by resource, once its records are known. */
export class HeldRecords {
  readonly listed: ReadonlySet<string>;
  readonly #held = new Map<string, string | undefined>();
  readonly #unlisted = new Set<string>();
  readonly #began: number;

  constructor(records: readonly ChainRecord[]) {
    this.listed = listedReferences(records);
    this.#began = Math.min(...records.map(({ at }) => at).filter(Number.isFinite));
  }

  async add(resource: object): Promise<void> {
    const reference = `${get(resource, 'resourceType')}/${get(resource, 'id')}`;
    if (this.listed.has(reference)) this.#held.set(reference, await sha256(hashedText(resource)));
    else if (isFeedback(resource) && storedAt(resource) >= this.#began)
      this.#unlisted.add(reference);
  }

  has(reference: string): boolean {
    return this.#held.has(reference);
  }

  found(): Pick<Trail, 'held' | 'unlisted'> {
    return { held: this.#held, unlisted: [...this.#unlisted].toSorted() };
  }

  /** What is listed and was not found where everything of its type was read, is gone. */
  missing(wasRead: (reference: string) => boolean): void {
    for (const reference of this.listed)
      if (!this.#held.has(reference) && wasRead(reference)) this.#held.set(reference, undefined);
  }
}

const isFeedback = (resource: unknown): boolean =>
  get(resource, 'resourceType') === 'Observation' &&
  hasCode(get(resource, 'category'), SYSTEM.feedbackCategory, FEEDBACK_CATEGORY);

const storedAt = (resource: unknown): number =>
  Date.parse(token(get(get(resource, 'meta'), 'lastUpdated'), 40) ?? '');

/** What happened to a record, in the trail's own few words. */
export const AUDIT_KINDS = [
  'shown',
  'answered',
  'withdrawn',
  'model-state',
  'approval',
  'incident',
  'export',
  'configuration',
  'other',
] as const;

export type AuditKind = (typeof AUDIT_KINDS)[number];

/** One thing that an audit record vouches for. */
export interface Listed {
  readonly kind: AuditKind;
  /** "Observation/123" on the server; absent for what no server holds, such as a configuration. */
  readonly reference?: string;
  /** Hexadecimal SHA-256 of the record's canonical form when it was written. */
  readonly sha256: string;
}

/** Where a record stands in its writer's chain. */
export interface Link {
  /** `urn:uuid:` of a device, a page or a service: whoever counts by itself. */
  readonly writer: string;
  /** From 1, without gaps. */
  readonly number: number;
  /** Hash of the record before; absent for the first. */
  readonly previous: string | undefined;
  /** Hexadecimal SHA-256 of this record without its hash. */
  readonly hash: string;
}

/** A record as it was found. */
export interface ChainRecord extends Link {
  /** Its reference on the server, for whoever goes to look. */
  readonly place: string;
  /** Epoch ms, by the writer's clock; NaN where it says none. */
  readonly at: number;
  /** The hash of what stands there now. */
  readonly computed: string;
  readonly listed: readonly Listed[];
}

/** What does not agree, and where. */
export interface Finding {
  readonly what:
    | 'changed'
    | 'gap'
    | 'removed'
    | 'two-of-one-number'
    | 'broken-link'
    | 'other-than-anchored'
    | 'chain-removed'
    | 'record-changed'
    | 'record-removed'
    | 'statement-unsigned'
    | 'statement-gap'
    | 'statement-changed';
  readonly writer?: string;
  /** First and last number that it concerns. */
  readonly from?: number;
  readonly to?: number;
  /** Reference or file. */
  readonly place?: string;
}

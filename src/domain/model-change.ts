/** What can be changed about a model, and told in the app; states have a way of their own. */
export const CHANGE_KINDS = ['version', 'threshold', 'interface', 'policy'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** A line of the change log that somebody adds. */
export interface ModelChange {
  /** `urn:uuid:`; stored once, however often it is sent. */
  readonly id: string;
  readonly kind: ChangeKind;
  /** "Device/id" on the server that it is written to. */
  readonly device: string;
  /** ISO 8601 with offset: from when it was in force. */
  readonly changedAt: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly words: string | undefined;
  /** "Practitioner/id": who says so. */
  readonly performer: string;
}

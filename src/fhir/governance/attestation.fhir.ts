import type { Provenance } from 'fhir/r4';
import { SYSTEM } from '../codes.ts';
import { get, objects, token } from '../read.ts';

/** Somebody who is signed in says that they did this. No cryptographic signature is claimed. */
export interface Attestation {
  /** What was written by the act, relative to the server. */
  readonly targets: readonly string[];
  /** Reference of who says so, on the server or absolute. */
  readonly by: string;
  /** `author` of a proposal or a suspension, `verifier` of what another proposed. */
  readonly role: 'author' | 'verifier';
  /** ISO 8601 with offset. */
  readonly at: string;
  /** What was done, in words: "Approved: active → suspended". */
  readonly activity: string;
}

export const toAttestation = (one: Attestation): Provenance => ({
  resourceType: 'Provenance',
  target: one.targets.map((reference) => ({ reference })),
  occurredDateTime: one.at,
  recorded: one.at,
  activity: { text: one.activity },
  agent: [
    {
      type: { coding: [{ system: SYSTEM.provenanceParticipantType, code: one.role }] },
      who: { reference: one.by },
    },
  ],
});

/** Whether a Provenance is this attestation: same act, same person, whatever was sent with it. */
export function saysTheSame(resource: unknown, { by, activity, at }: Attestation): boolean {
  const recorded = Date.parse(token(get(resource, 'recorded'), 40) ?? '');
  return (
    get(get(resource, 'activity'), 'text') === activity &&
    recorded === Date.parse(at) &&
    objects(get(resource, 'agent')).some((one) => get(get(one, 'who'), 'reference') === by)
  );
}

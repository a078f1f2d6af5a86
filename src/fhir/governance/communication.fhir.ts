import type { Communication } from 'fhir/r4';
import { SYSTEM } from '../codes.ts';

/** Words of the service to who has to answer for a matter. */
export interface Notice {
  /** `urn:uuid:` */
  readonly id: string;
  /** "Task/id" that it is about. */
  readonly about: string;
  readonly from: string;
  readonly to: string;
  /** ISO 8601 with offset. */
  readonly at: string;
  readonly words: string;
  readonly urgent: boolean;
}

export const toNotice = ({ id, about, from, to, at, words, urgent }: Notice): Communication => ({
  resourceType: 'Communication',
  identifier: [{ system: SYSTEM.uri, value: id }],
  status: 'completed',
  category: [
    {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/communication-category', code: 'alert' },
      ],
    },
  ],
  priority: urgent ? 'urgent' : 'routine',
  about: [{ reference: about }],
  sent: at,
  recipient: [{ reference: to }],
  sender: { reference: from },
  payload: [{ contentString: words }],
});

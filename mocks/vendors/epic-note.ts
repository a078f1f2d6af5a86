import type { DocumentReference } from '@medplum/fhirtypes';
import type { Refusal } from './profile.ts';

/** The rules of DocumentReference.Create (Clinical Notes, 1046) [EPW]. A replay makes a second note. */
export function refuseNote(note: DocumentReference): Refusal | undefined {
  const wrong = (text: string): Refusal => ({ status: 400, text });
  if (note.context?.encounter?.[0]?.reference === undefined) {
    return wrong('context.encounter is required');
  }
  // final is a signed note, preliminary a draft.
  if (note.docStatus !== 'final' && note.docStatus !== 'preliminary') {
    return wrong('docStatus must be final or preliminary');
  }
  const attachment = note.content?.[0]?.attachment;
  if (!attachment?.contentType?.startsWith('text/plain')) {
    return wrong('the first attachment must be text/plain');
  }
  if (!attachment.data) return wrong('the first attachment needs its text as base64 data');
  return undefined;
}

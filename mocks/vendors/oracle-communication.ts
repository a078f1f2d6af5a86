import type { Communication } from '@medplum/fhirtypes';
import type { Refusal } from './profile.ts';

const CATEGORIES: ReadonlySet<string> = new Set(['notification', 'reminder']);

/** The rules of Communication.create [CER], each answered 422. */
export function refuseCommunication(message: Communication): Refusal | undefined {
  const wrong = (text: string): Refusal => ({ status: 422, text });
  if (message.status !== 'completed') return wrong('status must be completed');
  const codes = message.category?.flatMap(({ coding }) => coding?.map(({ code }) => code) ?? []);
  if (!codes?.some((code) => CATEGORIES.has(code ?? ''))) {
    return wrong('category must be notification or reminder');
  }
  if (!message.sender?.reference?.startsWith('Practitioner/')) {
    return wrong('sender must be a Practitioner');
  }
  const recipients = message.recipient ?? [];
  const legal = recipients.every(({ reference }) =>
    /^(Practitioner|Group)\//.test(reference ?? ''),
  );
  if (recipients.length === 0 || !legal) return wrong('recipients are Practitioners or Groups');
  return undefined;
}

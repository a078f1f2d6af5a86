import type { DocumentReference } from '@medplum/fhirtypes';
import { SYSTEM } from '#src/fhir/codes.ts';
import type { Refusal } from './profile.ts';

const MEDIA: ReadonlySet<string> = new Set([
  'application/pdf',
  'text/plain',
  'text/rtf',
  'application/rtf',
  'text/html',
  'text/xml',
  'application/xml',
  'application/xhtml+xml',
]);
const BINARY: ReadonlySet<string> = new Set(['application/pdf', 'text/rtf', 'application/rtf']);
/** Document types of the site's own are code set 72 too. */
const PROPRIETARY = /\/codeSet\/72$/;

/** The rules of DocumentReference.create for a provider [CER], each answered 422. */
export function refuseDocument(
  document: DocumentReference,
  user: string | undefined,
): Refusal | undefined {
  const wrong = (text: string): Refusal => ({ status: 422, text });
  if (document.docStatus !== 'final') return wrong('docStatus must be final');
  const [author, ...coauthors] = document.author ?? [];
  if (author === undefined || coauthors.length > 0) return wrong('exactly one author');
  if (author.reference !== user) return wrong('the author must be the authorized provider');
  const systems = document.type?.coding?.map(({ system }) => system ?? '') ?? [];
  const standard = systems.filter((system) => system === SYSTEM.loinc);
  const own = systems.filter((system) => PROPRIETARY.test(system));
  if ((standard.length === 0) === (own.length === 0)) {
    return wrong('type must be a LOINC code or a proprietary one');
  }
  if (document.content?.length !== 1) return wrong('exactly one attachment');
  const [media = '', ...parameters] = (document.content[0]?.attachment?.contentType ?? '')
    .toLowerCase()
    .split(/\s*;\s*/);
  if (!MEDIA.has(media)) return wrong(`an attachment cannot be ${media || 'of no type'}`);
  if (!BINARY.has(media) && !parameters.includes('charset=utf-8')) {
    return wrong('the content type needs charset=utf-8');
  }
  if (!document.context?.period?.end?.includes('T')) {
    return wrong('context.period.end with a time is required');
  }
  return undefined;
}

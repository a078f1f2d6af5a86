import { asList, asRecord, asText, byNewest, conceptText, type Json } from './json.ts';

export interface Note {
  readonly id: string;
  readonly title: string;
  readonly author: string | undefined;
  readonly at: string | undefined;
  readonly status: string | undefined;
  /** Plain text only; other formats are named, not rendered. */
  readonly text: string | undefined;
  readonly format: string | undefined;
}

/** Notes (DocumentReference) and reports (DiagnosticReport) in one list, newest first. */
export function readNotes(documents: readonly Json[], reports: readonly Json[]): readonly Note[] {
  return [...documents.map(fromDocument), ...reports.map(fromReport)]
    .filter((note) => note.status !== 'entered-in-error')
    .toSorted(byNewest((note) => note.at));
}

function fromDocument(resource: Json): Note {
  const attachments = asList(resource.content).map((content) => asRecord(content.attachment));
  const plain = attachments.find(
    (attachment) => isText(attachment) && asText(attachment.data) !== undefined,
  );
  return {
    id: `DocumentReference/${asText(resource.id) ?? ''}`,
    title:
      conceptText(resource.type) ??
      asText(attachments[0]?.title) ??
      asText(resource.description) ??
      'Document',
    author: asText(asList(resource.author)[0]?.display),
    at: asText(resource.date),
    status: asText(resource.status),
    text: decode(asText(plain?.data)) ?? asText(resource.description),
    format: asText(attachments[0]?.contentType),
  };
}

function fromReport(resource: Json): Note {
  return {
    id: `DiagnosticReport/${asText(resource.id) ?? ''}`,
    title: conceptText(resource.code) ?? 'Report',
    author: asText(
      (asList(resource.resultsInterpreter)[0] ?? asList(resource.performer)[0])?.display,
    ),
    at: asText(resource.effectiveDateTime) ?? asText(resource.issued),
    status: asText(resource.status),
    text:
      asText(resource.conclusion) ??
      asList(resource.presentedForm)
        .filter(isText)
        .map((form) => decode(asText(form.data)))
        .find((text) => text !== undefined),
    format: asText(asList(resource.presentedForm)[0]?.contentType),
  };
}

const isText = (attachment: Json): boolean =>
  /^text\/(plain|markdown)/.test(asText(attachment.contentType) ?? '');

function decode(base64: string | undefined): string | undefined {
  if (base64 === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return 'This document cannot be shown: its data is not valid base64.';
  }
}

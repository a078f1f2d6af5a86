import type { Span } from '#src/domain/export/tables-in-period.ts';
import type { FhirErrorKind } from '#src/io/gateway.ts';
import type { Counted, ExportChoice, WrittenPackage } from '#src/state/export-deps.ts';
import type { ExportPlace } from './export-job.ts';

/** From the page to the thread beside it. */
export type ToJob =
  | {
      readonly kind: 'count';
      readonly place: ExportPlace;
      readonly choice: ExportChoice;
      readonly span: Span;
    }
  | { readonly kind: 'write'; readonly place: ExportPlace; readonly choice: ExportChoice }
  /** The sign-in stays with the page: each request asks for its headers. */
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'no headers'; readonly failure: Failure };

/** From the thread to the page. */
export type FromJob =
  | { readonly kind: 'progress'; readonly words: string }
  | { readonly kind: 'headers wanted' }
  | { readonly kind: 'counted'; readonly counted: Counted }
  | { readonly kind: 'written'; readonly written: WrittenPackage }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** An error as it can be sent: of a `FhirError` all that is decided on, of any other its name. */
export type Failure =
  | { readonly of: 'fhir'; readonly error: FhirErrorKind; readonly message: string }
  | { readonly of: 'size' | 'defect'; readonly message: string };

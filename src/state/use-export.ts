import { useCallback, useState } from 'react';
import { toExportAuditEvent } from '#src/fhir/audit-event.fhir.ts';
import type { FhirError } from '#src/io/gateway.ts';
import {
  type Counted,
  type ExportChoice,
  type ExportDeps,
  ExportRefused,
  useExportDeps,
  type WrittenPackage,
} from './export-deps.ts';
import { failureInWords } from './export-words.ts';

export type ExportStep =
  | { readonly at: 'choosing' }
  | { readonly at: 'working'; readonly words: string; readonly counted?: Counted }
  | { readonly at: 'counted'; readonly counted: Counted }
  | { readonly at: 'ready'; readonly counted: Counted; readonly written: WrittenPackage }
  | { readonly at: 'failed'; readonly words: string; readonly counted?: Counted };

const isFhirError = (cause: unknown): cause is FhirError =>
  cause instanceof Error && cause.name === 'FhirError' && 'kind' in cause;

function inWords(cause: unknown): string {
  if (cause instanceof ExportRefused) return cause.message;
  if (isFhirError(cause)) return failureInWords(cause.kind, cause.message);
  // A defect of ours, whose message may quote a row.
  return 'Something in this page failed; nothing was exported. Tell your informatics team.';
}

/** Written before anybody gets the package. Throws `ExportRefused`. */
export async function recordExport(
  { gateway, performer, timestamp, appVersion }: Omit<ExportDeps, 'desk'>,
  choice: ExportChoice,
  { rows, manifestSha256 }: Pick<WrittenPackage, 'rows' | 'manifestSha256'>,
): Promise<void> {
  if (performer === undefined)
    throw new ExportRefused(
      'The sign-in does not say who you are, so the export could not be recorded, and there is no download. Ask for the scopes openid and fhirUser.',
    );
  const app = { name: 'clinician-feedback', version: appVersion };
  const event = toExportAuditEvent({
    ...choice,
    ...{ who: performer, at: timestamp(), rows, manifestSha256, app },
  });
  try {
    await gateway.create(event);
  } catch (cause) {
    if (!isFhirError(cause)) throw cause;
    const why =
      cause.kind === 'forbidden' || cause.kind === 'auth'
        ? 'Ask for the right to create AuditEvent on this server.'
        : 'Try again later, or ask your informatics team whether the server takes AuditEvent.';
    throw new ExportRefused(
      `The record of this export could not be stored, so there is no download. ${cause.message} ${why}`,
    );
  }
}

/** Count, look, export: each step only from the one before, and a changed choice begins anew. */
export function useExport() {
  const deps = useExportDeps();
  const [step, setStep] = useState<ExportStep>({ at: 'choosing' });

  const run = useCallback(
    async (counted: Counted | undefined, work: () => Promise<ExportStep>): Promise<void> => {
      try {
        setStep(await work());
      } catch (cause) {
        const words = inWords(cause);
        setStep({ at: 'failed', words, ...(counted && { counted }) });
      }
    },
    [],
  );
  const count = useCallback(
    (choice: ExportChoice) => {
      setStep({ at: 'working', words: 'Counting …' });
      return run(undefined, async () => {
        const say = (words: string) => setStep({ at: 'working', words });
        return { at: 'counted', counted: await deps.desk.count(choice, say) };
      });
    },
    [deps, run],
  );
  const write = useCallback(
    (choice: ExportChoice, counted: Counted) => {
      const say = (words: string) => setStep({ at: 'working', words, counted });
      say('Writing the package …');
      return run(counted, async () => {
        const written = await deps.desk.write(choice, say);
        say('Recording who exports what …');
        await recordExport(deps, choice, written);
        return { at: 'ready', counted, written };
      });
    },
    [deps, run],
  );
  /** @param ofRows: what was counted is no longer what was chosen; else only what was packed. */
  const changed = useCallback(
    (ofRows: boolean) => {
      if (ofRows) deps.desk.forget();
      setStep((now) =>
        !ofRows && 'counted' in now && now.counted
          ? { at: 'counted', counted: now.counted }
          : { at: 'choosing' },
      );
    },
    [deps],
  );
  return { step, count, write, changed };
}

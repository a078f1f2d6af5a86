import type { DiscardRecord } from '#src/domain/outbox/discard.ts';
import {
  type HelpDeskContext,
  helpDeskReport,
  helpDeskReportWithAnswers,
} from '#src/domain/outbox/help-desk.ts';
import type { QueuedItem } from '#src/domain/outbox/queued-answer.ts';
import type { HelpDeskFile } from '#src/domain/outbox/waiting-desk.ts';
import type { HelpDeskKey } from '#src/domain/site-config.ts';
import { encryptFor } from './jwe.ts';

/** With the answers only where nobody but the help desk can read them. */
export async function makeHelpDeskFile(
  items: readonly QueuedItem[],
  discards: readonly DiscardRecord[],
  context: HelpDeskContext,
  key: HelpDeskKey | undefined,
): Promise<HelpDeskFile> {
  const stamp = new Date(context.now).toISOString().slice(0, 19).replace(/[:T]/g, '-');
  const name = `clinician-feedback-${stamp}`;
  const type = 'application/json';
  if (!key) {
    const report = helpDeskReport(items, discards, context);
    return { name: `${name}.json`, type, text: JSON.stringify(report, null, 2) };
  }
  const report = helpDeskReportWithAnswers(items, discards, context);
  const sealed = await encryptFor(key, JSON.stringify(report));
  return { name: `${name}.jwe.json`, type, text: JSON.stringify(sealed, null, 2) };
}

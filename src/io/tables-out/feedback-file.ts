import type { WrittenTable } from '#src/domain/export/datapackage.ts';
import { FEEDBACK_VIEW, feedbackView } from '#src/domain/export/feedback-view.ts';
import { instantText } from '#src/domain/export/instant-text.ts';
import type { Row } from './encoder.ts';
import type { PackageTarget } from './package-target.ts';
import { openTable } from './table-files.ts';

/** The view of answers that HTI-1 and CHAI list, written while the answers pass by. */
export async function feedbackFile(target: PackageTarget) {
  const view = feedbackView(instantText);
  const file = await openTable(target, FEEDBACK_VIEW, ['csv'], 'views');
  return {
    async see(table: string, rows: readonly Row[]): Promise<void> {
      if (table === 'recommendations') for (const row of rows) view.seeAdvice(row);
      if (table === 'decisions')
        await file.add(rows.map(view.rowOf).filter((row) => row !== undefined));
    },
    async close(): Promise<readonly WrittenTable[]> {
      return [{ table: FEEDBACK_VIEW, ...(await file.close()) }];
    },
  };
}

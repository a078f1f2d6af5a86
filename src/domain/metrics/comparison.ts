import { follows } from './adoption.ts';
import { contrastFigure, groupsOf, inGroup, pairs } from './contrast.ts';
import type { Cells, Counts } from './counts.ts';
import type { Presentation } from './facts/presentation.ts';
import type { Figure } from './figure.ts';
import type { Metric } from './metric.ts';

const cellsOf = (group: string | null, { response }: Presentation): Cells =>
  group === null
    ? {}
    : inGroup(group, {
        displayed: 1,
        ...(response !== null && response !== 'deferred' && { decided: 1 }),
        ...(follows(response) && { followed: 1 }),
      });

/** Every group against the largest of its family (versions: of the same model), on both denominators. */
function against(counts: Counts, familyOf: (group: string) => string): readonly Figure[] {
  const groups = groupsOf(counts, 'displayed').map(([group]) => group);
  return [...Map.groupBy(groups, familyOf).values()].flatMap(([reference = '', ...others]) =>
    others.flatMap((group) =>
      (['decided', 'displayed'] as const).map((below) =>
        contrastFigure(
          `acceptance of ${below}, ${shown(group)} less ${shown(reference)}`,
          'difference',
          pairs(counts, [group, reference], ['followed', below]),
        ),
      ),
    ),
  );
}

/** Between a model and its version: no identifier holds it. */
const OF = '\u001e';
const shown = (group: string): string => group.replace(OF, ' ');

/**
 * Acceptance of each version less that of the version of the same model with the most displays, as a difference of shares
 * (0.05 = 5 points), on both denominators. Clusters: clinicians, most of whom met both versions. It
 * compares periods as well as versions, since one followed the other; see the change log.
 */
export const versionComparison: Metric<Presentation> = {
  name: 'version-comparison',
  cluster: ({ clinician_id }) => clinician_id,
  cells: (row) =>
    cellsOf(
      row.model_id === null && row.model_version === null
        ? null
        : `${row.model_id ?? 'unnamed'}${OF}${row.model_version ?? 'unknown'}`,
      row,
    ),
  figures: (counts) => against(counts, (group) => group.split(OF)[0] ?? ''),
};

/** The same between sites. */
export const siteComparison: Metric<Presentation> = {
  name: 'site-comparison',
  cluster: ({ clinician_id }) => clinician_id,
  cells: (row) => cellsOf(row.site, row),
  figures: (counts) => against(counts, () => ''),
};

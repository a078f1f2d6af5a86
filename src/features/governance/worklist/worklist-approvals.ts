import { standingPlaces } from '#src/domain/governance/standing-places.ts';
import type { RegisteredVersion } from '#src/state/governance/registry.ts';

/** An approval that ends soon, or has ended and was not decided on. */
export interface EndingApproval {
  readonly device: string;
  readonly version: RegisteredVersion;
  /** Epoch ms. */
  readonly due: number;
}

/** From when on somebody should prepare the next decision. */
const SOON_MS = 30 * 86_400_000;

/** What is in use and ends within 30 days, or has ended; the first of each version. @param now epoch ms */
export const endingApprovals = (
  versions: readonly RegisteredVersion[],
  now: number,
): readonly EndingApproval[] =>
  versions.flatMap((version) => {
    const [due] = standingPlaces(version.records, now)
      .filter(({ standing: { code } }) => IN_USE.includes(code))
      .flatMap(({ standing }) => Date.parse(standing.record?.until ?? '') || [])
      .filter((end) => end < now + SOON_MS)
      .toSorted((a, b) => a - b);
    return due === undefined ? [] : [{ device: version.device, version, due }];
  });

const IN_USE: readonly string[] = ['pilot', 'active', 'restricted', 'expired'];

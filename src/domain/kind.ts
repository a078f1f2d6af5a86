import { sameCode } from './coding.ts';
import type { Recommendation } from './recommendation.ts';
import type { KindConfig } from './site-config.ts';

/** The configured kind of a recommendation by its codes; else the default kind (no codes). */
export function kindOf(
  recommendation: Pick<Recommendation, 'kindCodings'>,
  kinds: readonly KindConfig[],
): KindConfig {
  const match = kinds.find((kind) =>
    kind.codes.some((code) => recommendation.kindCodings.some((one) => sameCode(one, code))),
  );
  return match ?? kinds.find((kind) => kind.codes.length === 0) ?? FALLBACK;
}

/** For a site that configured no default: nothing is asked for, and it is stale within a day. */
const FALLBACK: KindConfig = {
  id: 'other',
  label: 'Other',
  codes: [],
  reasons: [],
  reasonRequired: false,
  staleAfterMinutes: 1440,
  series: [],
  seriesHours: 72,
  watch: [],
  deferMinutes: [60, 240],
};

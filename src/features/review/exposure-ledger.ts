import type { AnswerMeasures } from '#src/state/review-model.ts';
import { toIsoWithOffset } from '#src/ui/format/date-time.ts';
import { createStopwatch, type Stopwatch } from './stopwatch.ts';

interface Entry {
  readonly visible: Stopwatch;
  displayedAt?: number;
  evidenceOpened: boolean;
}

/** What was seen, for how long, per recommendation version, while this screen lives. */
export interface ExposureLedger {
  watch(key: string): Stopwatch;
  /** True the first time only. */
  markDisplayed(key: string, at: number): boolean;
  isDisplayed(key: string): boolean;
  markEvidenceOpened(key: string): void;
  measures(key: string, at: number): AnswerMeasures;
}

export function createExposureLedger(): ExposureLedger {
  const entries = new Map<string, Entry>();
  const entry = (key: string): Entry => {
    const known = entries.get(key);
    if (known) return known;
    const fresh: Entry = { visible: createStopwatch(), evidenceOpened: false };
    entries.set(key, fresh);
    return fresh;
  };
  return {
    watch: (key) => entry(key).visible,
    markDisplayed(key, at) {
      const known = entry(key);
      if (known.displayedAt !== undefined) return false;
      known.displayedAt = at;
      return true;
    },
    isDisplayed: (key) => entry(key).displayedAt !== undefined,
    markEvidenceOpened(key) {
      entry(key).evidenceOpened = true;
    },
    measures(key, at) {
      const { displayedAt, visible, evidenceOpened } = entry(key);
      const elapsed = Math.round(visible.elapsed(at));
      return {
        ...(displayedAt === undefined ? {} : { displayedAt: toIsoWithOffset(displayedAt) }),
        ...(elapsed > 0 ? { timeToResponseMs: elapsed } : {}),
        evidenceOpened,
      };
    },
  };
}

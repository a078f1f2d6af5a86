import { type Counts, clusters } from '#src/domain/metrics/counts.ts';
import { RELEVANT, UNCRITICAL } from '../settings.ts';
import type { Signal } from '../signal.ts';
import { NOWHERE, watch } from '../watch.ts';
import { type Reading, sums } from '../weeks.ts';
import { ownPast } from './own-past.ts';

/**
 * More and more answers follow within three seconds, and there are clinicians who answer only so. The
 * share tells when it began; the clinicians, whom no signal names, tell that it is a habit and not a
 * quicker card.
 */
export const uncriticalAcceptance = (reading: Reading): readonly Signal[] =>
  watch(
    'uncritical-acceptance',
    reading.weeks,
    reading.of('monitor-response-time', ['model']).map(({ slice: [model_id = null], weeks }) => ({
      ...ownPast(
        { ...NOWHERE, model_id },
        'followed in under 3 s, of timed answers',
        [sums(weeks, 'fast-followed'), sums(weeks, 'timed')],
        1,
        RELEVANT['uncritical-acceptance'],
      ),
      relevant: (since: number, at: number) => manyUncritical(weeks.slice(since, at + 1)),
    })),
  );

interface Habit {
  timed: number;
  fast: number;
  decided: number;
  followed: number;
}

/** Whether enough of those who answered enough had a median under 3 s and followed nearly always. */
function manyUncritical(weeks: readonly Counts[]): boolean {
  const all = new Map<string, Habit>();
  for (const week of weeks)
    for (const [clinician, cells] of clusters(week)) {
      const habit = all.get(clinician) ?? { timed: 0, fast: 0, decided: 0, followed: 0 };
      habit.timed += cells.get('timed') ?? 0;
      habit.fast += cells.get('fast') ?? 0;
      habit.decided += cells.get('decided') ?? 0;
      habit.followed += cells.get('followed') ?? 0;
      all.set(clinician, habit);
    }
  const judged = [...all.values()].filter(({ decided }) => decided >= UNCRITICAL.leastAnswers);
  const found = judged.filter(
    ({ timed, fast, decided, followed }) =>
      2 * fast > timed && followed > UNCRITICAL.followed * decided,
  );
  return (
    found.length >= UNCRITICAL.leastClinicians &&
    found.length >= UNCRITICAL.clinicians * judged.length
  );
}

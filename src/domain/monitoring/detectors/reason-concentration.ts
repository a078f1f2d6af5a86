import { byCell, type Counts } from '#src/domain/metrics/counts.ts';
import { RELEVANT } from '../settings.ts';
import type { Signal } from '../signal.ts';
import { NOWHERE, watch } from '../watch.ts';
import { type Reading, sums } from '../weeks.ts';
import { ownPast } from './own-past.ts';

const REASON = 'reason ';

/** One reason's share among overrides rises above its own past. */
export function reasonConcentration(reading: Reading): readonly Signal[] {
  const models = reading.of('monitor-reasons', ['model']);
  const streams = models.flatMap(({ slice: [model_id = null], weeks }) => {
    const overridden = sums(weeks, 'overridden');
    return reasonsIn(weeks).map((cell) =>
      ownPast(
        { ...NOWHERE, model_id, reason: cell.slice(REASON.length) },
        'given as the reason, of overrides',
        [sums(weeks, cell), overridden],
        1,
        RELEVANT['reason-concentration'],
      ),
    );
  });
  return watch('reason-concentration', reading.weeks, streams);
}

const reasonsIn = (weeks: readonly Counts[]): readonly string[] =>
  [...new Set(weeks.flatMap((week) => [...byCell(week).keys()]))]
    .filter((cell) => cell.startsWith(REASON))
    .toSorted();

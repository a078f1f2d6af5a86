import { RELEVANT } from '../settings.ts';
import type { Signal } from '../signal.ts';
import { NOWHERE, watch } from '../watch.ts';
import { type Reading, sums } from '../weeks.ts';
import { ownPast } from './own-past.ts';

const REASON = 'reason ';

/** One reason's share among overrides rises above its own past. */
export const reasonConcentration = (reading: Reading): readonly Signal[] =>
  reading.of('monitor-reasons', ['model']).flatMap(({ slice: [model_id = null], weeks }) => {
    const cells = new Set(
      weeks.flatMap((counts) => [...counts.values()].flatMap((all) => [...all.keys()])),
    );
    const overridden = sums(weeks, 'overridden');
    const reasons = [...cells].filter((cell) => cell.startsWith(REASON)).toSorted();
    return watch(
      'reason-concentration',
      reading.weeks,
      reasons.map((cell) =>
        ownPast(
          { ...NOWHERE, model_id, reason: cell.slice(REASON.length) },
          'given as the reason, of overrides',
          [sums(weeks, cell), overridden],
          1,
          RELEVANT['reason-concentration'],
        ),
      ),
    );
  });

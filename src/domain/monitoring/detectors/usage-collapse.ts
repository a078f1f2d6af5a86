import { RELEVANT } from '../settings.ts';
import type { Signal } from '../signal.ts';
import { NOWHERE, watch } from '../watch.ts';
import { type Reading, sums } from '../weeks.ts';
import { ownPast } from './own-past.ts';

/** Displayed of fired falls below its own past: nobody looks any more. Only the reach shows it. */
export const usageCollapse = (reading: Reading): readonly Signal[] =>
  watch(
    'usage-collapse',
    reading.weeks,
    reading
      .of('monitor-reach', ['model'])
      .map(({ slice: [model_id = null], weeks }) =>
        ownPast(
          { ...NOWHERE, model_id },
          'seen by somebody, of fired',
          [sums(weeks, 'displayed'), sums(weeks, 'fired')],
          -1,
          RELEVANT['usage-collapse'],
        ),
      ),
  );

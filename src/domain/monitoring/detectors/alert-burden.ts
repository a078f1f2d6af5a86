import { RELEVANT, type Targets } from '../settings.ts';
import type { Signal } from '../signal.ts';
import { earliest, NOWHERE, watch } from '../watch.ts';
import { type Reading, sums } from '../weeks.ts';
import { againstTarget } from './against-target.ts';
import { ownPast } from './own-past.ts';

/**
 * More alerts than they are worth: too few of them are right (a target, from the first labels on), or it
 * fires for more of the scored encounters than it used to (which needs no label).
 */
export const alertBurden = (
  reading: Reading,
  targetsOf: (model: string | null) => Targets,
): readonly Signal[] => {
  const rates = new Map(
    reading
      .of('monitor-alert-rate', ['model'])
      .map(({ slice, weeks }) => [slice[0] ?? null, weeks]),
  );
  const labels = new Map(
    reading.of('monitor-labelled', ['model']).map(({ slice, weeks }) => [slice[0] ?? null, weeks]),
  );
  const streams = [...new Set([...rates.keys(), ...labels.keys()])].flatMap((model_id) => {
    const place = { ...NOWHERE, model_id };
    const labelled = labels.get(model_id) ?? [];
    const scored = rates.get(model_id) ?? [];
    return [
      againstTarget(
        place,
        'right, of labelled alerts',
        [sums(labelled, 'tp'), sums(labelled, 'tp', 'fp')],
        targetsOf(model_id).predictiveValue,
      ),
      ownPast(
        place,
        'alerting, of scored encounters',
        [sums(scored, 'fired'), sums(scored, 'fired', 'silent')],
        1,
        RELEVANT['alert-burden'],
      ),
    ];
  });
  const found = watch('alert-burden', reading.weeks, streams);
  return [...Map.groupBy(found, ({ model_id }) => model_id).values()].flatMap(earliest);
};

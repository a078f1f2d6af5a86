import { MODEL_STATES } from '#src/domain/recommendation.ts';
import type { ChangeRow } from '../changes.ts';
import type { ModelRow } from '../models.ts';
import type { ModelSettings } from './settings.ts';

type Model = Pick<ChangeRow, 'model_id' | 'model_version'>;

/** What was in force for a model at an instant; null: now, by everything that is known. */
export interface ModelHistory {
  thresholdAt(model: Model, at: number | null): number | null;
  stateAt(model: Model, at: number | null): ModelRow['model_state'] | null;
  settingsOf(model: Model): ModelSettings | undefined;
}

const inForce = (change: ChangeRow, at: number | null): boolean =>
  at === null || ((change.changed_at ?? -Infinity) <= at && at <= (change.until ?? Infinity));

const byChange = (a: ChangeRow, b: ChangeRow): number =>
  (b.changed_at ?? -Infinity) - (a.changed_at ?? -Infinity) ||
  (b.recorded_at ?? 0) - (a.recorded_at ?? 0) ||
  (a.change_id < b.change_id ? -1 : 1);

/** A setting for that very version before one for every version. */
function settingsFor(model: Model, all: readonly ModelSettings[]): ModelSettings | undefined {
  const own = all.filter((one) => one.model_id === model.model_id);
  return (
    own.find((one) => one.model_version === model.model_version) ??
    own.find((one) => one.model_version === undefined)
  );
}

export function modelHistory(
  changes: readonly ChangeRow[],
  settings: readonly ModelSettings[] = [],
): ModelHistory {
  const byModel = Map.groupBy(
    changes.filter(({ status }) => status === 'final').toSorted(byChange),
    ({ model_id }) => model_id,
  );
  const newest = (kind: ChangeRow['kind'], model: Model, at: number | null) =>
    byModel
      .get(model.model_id)
      ?.find(
        (one) =>
          one.kind === kind &&
          (one.model_version ?? model.model_version) === model.model_version &&
          inForce(one, at),
      )?.to_value;
  return {
    settingsOf: (model) => settingsFor(model, settings),
    thresholdAt: (model, at) => {
      const changed = Number(newest('threshold', model, at) ?? Number.NaN);
      if (Number.isFinite(changed)) return changed;
      return settingsFor(model, settings)?.threshold ?? null;
    },
    stateAt: (model, at) => {
      const word = newest('state', model, at);
      return word == null ? null : (MODEL_STATES.find((one) => one === word) ?? 'unknown');
    },
  };
}

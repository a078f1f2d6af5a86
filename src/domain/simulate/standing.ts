import type { ChangeRow } from '../tables/changes.ts';
import { CHANGES } from '../tables/changes.ts';
import { makeRow, type RowInput } from '../tables/column.ts';
import { MODELS, type ModelRow } from '../tables/models.ts';
import type { Tables } from '../tables/schema.ts';
import { WEEK_MS } from './calendar.ts';
import type { Effect } from './effect.ts';
import { MODEL_FACTS, MODEL_KEYS, type ModelKey } from './model-facts.ts';
import { thresholdOf, versionIn } from './model-in-week.ts';
import { NEW_SITE } from './places.ts';
import { APP_VERSIONS, type Setting } from './setting.ts';

/** Models that are in use from the first day were approved a quarter before. */
const IN_USE_FOR_WEEKS = 13;

/** The versions that are used at all, the first one first. */
function versionsOf(setting: Setting, key: ModelKey): readonly string[] {
  const all = Array.from({ length: setting.weeks }, (_, week) => versionIn(setting, key, week));
  return [...new Set(all)];
}

function modelRows(setting: Setting, key: ModelKey): readonly ModelRow[] {
  const { name, manufacturer, horizonHours, outcome, highRisk } = MODEL_FACTS[key];
  return versionsOf(setting, key).map((model_version) =>
    makeRow(MODELS, {
      model_id: setting.modelId[key],
      model_version,
      device_id: `Device/${setting.prefix}-${key}-${model_version}`,
      name,
      manufacturer,
      model_state: 'active',
      threshold: thresholdOf(setting.characters[key]),
      score_scale: 'probability',
      horizon_h: horizonHours,
      outcome_code: outcome,
      high_risk: highRisk,
    }),
  );
}

type Change = Omit<RowInput<typeof CHANGES>, 'change_id' | 'status' | 'changed_at' | 'recorded_at'>;

/** @param name makes the identifier. */
function change(setting: Setting, name: string, week: number, said: Change): ChangeRow {
  const at = setting.start + week * WEEK_MS;
  return makeRow(CHANGES, {
    ...said,
    change_id: `${setting.prefix}-${name}`,
    changed_at: at,
    recorded_at: at,
    status: 'final',
  });
}

function modelChanges(setting: Setting, key: ModelKey, effect?: Effect): readonly ChangeRow[] {
  const [first = '', second] = versionsOf(setting, key);
  const of = { model_id: setting.modelId[key] };
  const goesLive = effect?.goesLive;
  const everywhere = goesLive !== undefined && setting.world.units.every(goesLive);
  const since = everywhere ? effect?.onset : -IN_USE_FOR_WEEKS;
  const state = { ...of, kind: 'state', model_version: first, to_value: 'active' } as const;
  const rows = [change(setting, `${key}-active`, since ?? 0, state)];
  if (goesLive && !everywhere && effect)
    rows.push(change(setting, `${key}-second-site`, effect.onset, { ...state, site: NEW_SITE }));
  if (second === undefined) return rows;
  const version = { ...of, model_version: second };
  const weeks = Array.from({ length: setting.weeks }, (_, week) => versionIn(setting, key, week));
  const from = weeks.indexOf(second);
  return [
    ...rows,
    change(setting, `${key}-${second}`, from, {
      ...version,
      kind: 'version',
      from_value: first,
      to_value: second,
    }),
    change(setting, `${key}-${second}-active`, from, {
      ...version,
      kind: 'state',
      to_value: 'active',
    }),
  ];
}

/** `models` and the change log, for the whole time. What failed silently stands in no log. */
export function standingTables(setting: Setting): Tables {
  const effects = new Map(setting.troubles.map(({ effect }) => [effect.model, effect]));
  const [from_value, to_value] = APP_VERSIONS;
  return {
    models: MODEL_KEYS.flatMap((key) => modelRows(setting, key)),
    changes: [
      ...MODEL_KEYS.flatMap((key) => modelChanges(setting, key, effects.get(key))),
      change(setting, 'app', setting.harmless.app.week, {
        kind: 'interface',
        from_value,
        to_value,
        description: 'A new release of the app: larger type, the same buttons.',
      }),
    ],
  };
}

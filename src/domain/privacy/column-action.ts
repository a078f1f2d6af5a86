import type { Column } from '#src/domain/tables/column.ts';
import { ACTION_OF, type Action, type Profile } from './profile.ts';

/** Columns whose class is too coarse, by name; one name has one meaning in every table. */
const DEIDENTIFIED: Readonly<Record<string, Action>> = {
  site: 'surrogate',
  unit: 'surrogate',
  race_ethnicity: 'rare-word',
  language: 'rare-word',
  payer: 'rare-word',
  all_reasons: 'words',
  reason_display: 'display',
  reason_system: 'display',
  action_system: 'display',
  from_value: 'display',
  to_value: 'display',
  // Names of products and people; `model_id` tells models apart.
  name: 'drop',
  manufacturer: 'drop',
  owner: 'drop',
  device_id: 'drop',
};

/** `owner` may name a person, a device's reference a server: neither may stand in a limited data set. */
const LIMITED: Readonly<Record<string, Action>> = { owner: 'drop', device_id: 'drop' };

/** Under `deidentified`, cells that can hold no text and no date. */
const isClosed = ({ type, values }: Column): boolean =>
  values !== undefined || type === 'boolean' || type === 'integer' || type === 'number';

/** An hour and an offset tell the season, a week the date. */
const isCalendar = (name: string, { type }: Column): boolean =>
  type === 'date' || name.endsWith('_hour') || name.endsWith('_offset_min');

/** What happens to a column of any flat table. @param freeText asked for by an explicit switch. */
export function actionOf(
  profile: Profile,
  name: string,
  column: Column,
  freeText: boolean,
): Action {
  const usual = ACTION_OF[profile][column.privacy];
  if (profile !== 'deidentified') {
    if (column.privacy === 'text') return freeText ? 'keep' : 'drop';
    return (profile === 'limited' ? LIMITED[name] : undefined) ?? usual;
  }
  if (isCalendar(name, column)) return 'drop';
  if (column.type === 'instant') return 'from-zero';
  const own = DEIDENTIFIED[name];
  if (own !== undefined) return own;
  return usual === 'word' && isClosed(column) ? 'keep' : usual;
}

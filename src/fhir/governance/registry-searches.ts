import { AI_TRANSPARENCY } from '../codes.ts';
import { escaped, type FhirSearch } from '../search.ts';

const MANY = ['_count', '200'] as const;

/** Every Device that says it is an AI, and those that the site accepts as one by identifier or id. */
export function deviceSearches(accepted: readonly string[]): readonly FhirSearch[] {
  const references = accepted.filter((one) => one.startsWith('Device/'));
  const identifiers = accepted.filter((one) => !references.includes(one));
  const some = (name: string, values: readonly string[]): readonly FhirSearch[] =>
    values.length === 0
      ? []
      : [{ type: 'Device', params: [[name, values.map(escaped).join(',')], MANY] }];
  return [
    {
      type: 'Device',
      params: [['type', `${AI_TRANSPARENCY.deviceType}|Artificial-Intelligence`], MANY],
    },
    ...some(
      '_id',
      references.map((one) => one.slice('Device/'.length)),
    ),
    ...some('identifier', identifiers),
  ];
}

/** Resources by what a Reference says: `Type/id`. */
export const byIds = (type: string, references: readonly string[]): FhirSearch | undefined => {
  const ids = references
    .filter((one) => one.startsWith(`${type}/`))
    .map((one) => one.slice(type.length + 1));
  return ids.length === 0
    ? undefined
    : { type, params: [['_id', [...new Set(ids)].join(',')], MANY] };
};

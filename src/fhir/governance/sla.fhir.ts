import type { Library } from 'fhir/r4';
import {
  AUTOMATIC_ACTIONS,
  type Duty,
  type ServiceLevels,
  type Sla,
  type SlaSlice,
  slaProblems,
} from '#src/domain/governance/limits/sla.ts';
import { DIMENSIONS, isDimension } from '#src/domain/metrics/slices.ts';
import type { ReadResult } from '#src/domain/problem.ts';
import { fromJsonLibrary, libraryUrl, toJsonLibrary } from '../json-library.fhir.ts';
import { get, isObject, line, number, problem, token } from '../read.ts';

const ID = 'service-levels';
export const SERVICE_LEVELS_LIBRARY = libraryUrl(ID);

/** @param asOf ISO 8601 with offset @param by reference of who put them in force */
export const toServiceLevelsLibrary = (levels: ServiceLevels, asOf: string, by: string): Library =>
  toJsonLibrary({
    id: ID,
    name: 'ServiceLevels',
    title: 'What models must keep, and who answers when they do not',
    asOf,
    content: { ...levels, by },
  });

/** All or nothing: a limit that is left out would be one that nobody watches. */
export const fromServiceLevelsLibrary = (resource: unknown): ReadResult<ServiceLevels> =>
  readServiceLevels(fromJsonLibrary(resource));

/** The content of the Library, or a file of the same format. */
export function readServiceLevels(said: unknown): ReadResult<ServiceLevels> {
  const [committee, sent, about] = [
    get(said, 'committee'),
    get(said, 'slas'),
    get(said, 'signals'),
  ];
  const signals = readDuty(about);
  const reference = token(committee);
  if (reference === undefined) return failed('They name no committee.');
  if (!Array.isArray(sent)) return failed('They hold no list “slas”.');
  if (about !== undefined && signals === undefined) return failed('“signals” cannot be read.');
  const slas = sent.map(readSla);
  const at = slas.indexOf(undefined);
  const read = slas.flatMap((one) => one ?? []);
  if (at >= 0) return failed(`SLA ${at + 1} cannot be read.`);
  const [wrong] = read.flatMap((sla) => slaProblems(sla).map((words) => `${sla.id}: ${words}`));
  if (wrong !== undefined) return failed(wrong);
  if (new Set(read.map(({ id }) => id)).size < read.length) return failed('An id is there twice.');
  const value = { committee: reference, slas: read, ...(signals && { signals }) };
  return { ok: true, value, problems: [] };
}

const failed = (words: string): ReadResult<ServiceLevels> => ({
  ok: false,
  problem: problem('malformed', `The service levels cannot be used. ${words}`),
});

const positive = (value: unknown): number | undefined => {
  const found = number(value);
  return found !== undefined && found > 0 ? found : undefined;
};

function readDuty(one: unknown): Duty | undefined {
  const owner = token(get(one, 'owner'));
  const acknowledgeHours = positive(get(one, 'acknowledgeHours'));
  const actHours = positive(get(one, 'actHours'));
  return owner === undefined || acknowledgeHours === undefined || actHours === undefined
    ? undefined
    : { owner, acknowledgeHours, actHours };
}

function readSla(one: unknown): Sla | undefined {
  const duty = readDuty(one);
  const slice = readSlice(get(one, 'slice'));
  const [id, metric] = [token(get(one, 'id'), 100), token(get(one, 'metric'), 100)];
  const [title, figure] = [line(get(one, 'title')), line(get(one, 'figure'))];
  const [windowWeeks, leastRows] = [
    positive(get(one, 'windowWeeks')),
    positive(get(one, 'leastRows')),
  ];
  const [warn, breach] = [number(get(one, 'warn')), number(get(one, 'breach'))];
  const direction = (['at-least', 'at-most'] as const).find(
    (each) => each === get(one, 'direction'),
  );
  const action = AUTOMATIC_ACTIONS.find((each) => each === get(one, 'action'));
  const restriction = line(get(one, 'restriction'));
  if (duty === undefined || slice?.model === undefined || direction === undefined) return undefined;
  if (id === undefined || metric === undefined || title === undefined || figure === undefined)
    return undefined;
  if (windowWeeks === undefined || leastRows === undefined) return undefined;
  if (warn === undefined || breach === undefined || action === undefined) return undefined;
  return {
    ...{ id, title, metric, figure, slice: { ...slice, model: slice.model } },
    ...{ windowWeeks, leastRows, direction, warn, breach, action, ...duty },
    ...(restriction !== undefined && { restriction }),
  };
}

/** Undefined where it names a dimension that there is none of: it would be about too much. */
function readSlice(said: unknown): SlaSlice | undefined {
  if (!isObject(said)) return undefined;
  const entries = Object.entries(said);
  const fits = entries.every(
    ([name, value]) => isDimension(name) && name !== 'week' && line(value) === value,
  );
  if (!fits) return undefined;
  const named = (name: string): string | undefined => line(said[name]);
  return Object.fromEntries(
    Object.keys(DIMENSIONS).flatMap((name) => {
      const value = named(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

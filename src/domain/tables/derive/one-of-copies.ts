import type { Sourced } from './sourced.ts';

type Row = object;

/**
 * Later version first; by the server's time where versions are no numbers. Where neither tells, the
 * retracted one is the later: nobody takes a retraction back.
 */
function newestFirst<S extends Sourced<Row>>(a: S, b: S): number {
  if (a.version !== null && b.version !== null && a.version !== b.version)
    return b.version - a.version;
  const updated = (b.updatedAt ?? -Infinity) - (a.updatedAt ?? -Infinity);
  if (updated > 0 || updated < 0) return updated;
  return Number(isValid(a.row)) - Number(isValid(b.row)) || byContent(a, b);
}

/** Any order will do, if it is always the same one. */
function byContent<S extends Sourced<Row>>(a: S, b: S): number {
  const [one, other] = [JSON.stringify(a), JSON.stringify(b)];
  return one < other ? -1 : Number(one > other);
}

const filled = (row: Row): number => Object.values(row).filter((cell) => cell !== null).length;

const isValid = (row: Row): boolean => !('status' in row) || row.status !== 'entered-in-error';

/** A copy that is valid, then the fuller one (a chart copy has less), then always the same one. */
function bestFirst<S extends Sourced<Row>>(a: S, b: S): number {
  const valid = Number(isValid(b.row)) - Number(isValid(a.row));
  if (valid !== 0) return valid;
  const fuller = filled(b.row) - filled(a.row);
  if (fuller !== 0) return fuller;
  return a.place === b.place ? byContent(a, b) : a.place < b.place ? -1 : 1;
}

/** The last version of each resource: a bulk export, a page and a search may each have one. */
export function lastVersions<S extends Sourced<Row>>(
  read: readonly S[],
  part: (one: S) => string = () => '',
): readonly S[] {
  const groups = Map.groupBy(read, (one) => `${one.place}\u0000${part(one)}`);
  return [...groups.values()].flatMap((group) =>
    group.length === 1 ? group : group.toSorted(newestFirst).slice(0, 1),
  );
}

/** As `lastVersions`, where one resource makes several rows: all of its last version, none of others. */
export function rowsOfLastVersions<S extends Sourced<Row>>(read: readonly S[]): readonly S[] {
  return [...Map.groupBy(read, ({ place }) => place).values()].flatMap((group) => {
    if (group.length === 1) return group;
    const [last] = group.toSorted(newestFirst);
    const rows = group.filter(
      (one) =>
        one.version === last?.version &&
        one.updatedAt === last.updatedAt &&
        isValid(one.row) === isValid(last.row),
    );
    return [...new Map(rows.map((one) => [JSON.stringify(one.row), one])).values()];
  });
}

/**
 * One of the copies that share an identifier, the same one in whatever order they came. Two resources
 * with one identifier are one event: a repeated delivery, or the chart's and the store's copy of it.
 */
export function oneOfCopies<S extends Sourced<Row>>(
  read: readonly S[],
  id: (one: S) => string,
): readonly S[] {
  const groups = Map.groupBy(read, id);
  return [...groups.values()].flatMap((group) =>
    group.length === 1 ? group : group.toSorted(bestFirst).slice(0, 1),
  );
}

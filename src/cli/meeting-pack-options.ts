import { UsageError } from './command.ts';
import { readOptions } from './options.ts';
import {
  readSourceOptions,
  SOURCE_ARGUMENTS,
  type SourceOptions,
} from './sources/source-options.ts';
import { tokenFor } from './sources/token.ts';

export interface MeetingPackOptions {
  readonly source: SourceOptions;
  /** FHIR base of the registry. */
  readonly registry: string;
  /** Where the rows are from: its token goes nowhere else. */
  readonly tokenOf: string;
  /** `YYYY-MM-DD` of the last meeting; absent: 28 days ago. */
  readonly last: string | undefined;
  readonly out: string | undefined;
}

/** Throws `UsageError`. */
export function readMeetingPackOptions(argv: readonly string[]): MeetingPackOptions {
  const given = readOptions(argv, {
    ...SOURCE_ARGUMENTS,
    registry: { type: 'string' },
    last: { type: 'string' },
    out: { type: 'string' },
  });
  if (given.since !== undefined || given['as-of'] !== undefined)
    throw new UsageError('A pack is about now: leave --since and --as-of out; see --last.');
  const source = readSourceOptions(given);
  const tokenOf = 'server' in source.from ? source.from.server : '';
  const registry = given.registry ?? tokenOf;
  if (registry === '') throw new UsageError('Say where the registry is: --registry URL.');
  tokenFor(registry, tokenOf);
  const { last, out } = given;
  if (last !== undefined && (!/^\d{4}-\d{2}-\d{2}$/.test(last) || Number.isNaN(Date.parse(last))))
    throw new UsageError('--last takes a day, as 2026-03-02.');
  return { source, registry, tokenOf, last, out };
}

import { CATALOGUE } from '#src/domain/metrics/catalogue.ts';
import { DIMENSIONS, type Dimension, isDimension } from '#src/domain/metrics/slices.ts';
import { UsageError } from './command.ts';
import { readOptions } from './options.ts';

/** Studies whose rows can be reconstructed from what they printed. */
export const PUBLISHED = ['wong-2021', 'edrees-2020'] as const;
type Published = (typeof PUBLISHED)[number];

export interface MetricsOptions {
  readonly from: { readonly folder: string } | { readonly published: Published };
  readonly by: readonly Dimension[];
  /** Names of metrics; empty: all. */
  readonly only: readonly string[];
  readonly windowMs: number;
  readonly timeZone: string;
  readonly json: boolean;
  readonly out: string | undefined;
}

export function readMetricsOptions(argv: readonly string[]): MetricsOptions {
  const given = readOptions(argv, {
    tables: { type: 'string' },
    published: { type: 'string' },
    by: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
    'window-hours': { type: 'string', default: '24' },
    'time-zone': { type: 'string', default: 'UTC' },
    json: { type: 'boolean', default: false },
    out: { type: 'string' },
  });
  return {
    from: from(given.tables, given.published),
    by: dimensions(given.by),
    only: names(given.only),
    windowMs: hours(given['window-hours']) * 3_600_000,
    timeZone: zone(given['time-zone']),
    json: given.json,
    out: given.out,
  };
}

function from(folder: string | undefined, study: string | undefined): MetricsOptions['from'] {
  if ((folder === undefined) === (study === undefined))
    throw new UsageError('Give either --tables DIR or --published STUDY.');
  if (folder !== undefined) return { folder };
  const published = PUBLISHED.find((one) => one === study);
  if (!published) throw new UsageError(`--published takes ${PUBLISHED.join(' or ')}.`);
  return { published };
}

const list = (text: string): readonly string[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

function dimensions(text: string): readonly Dimension[] {
  return list(text).map((name) => {
    if (!isDimension(name))
      throw new UsageError(`--by takes ${Object.keys(DIMENSIONS).join(', ')}; not "${name}".`);
    return name;
  });
}

function names(text: string): readonly string[] {
  const known = CATALOGUE.map(({ name }) => name);
  const wrong = list(text).find((name) => !known.includes(name));
  if (wrong !== undefined)
    throw new UsageError(`--only takes ${known.join(', ')}; not "${wrong}".`);
  return list(text);
}

function hours(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new UsageError('--window-hours takes a number above 0.');
  return value;
}

function zone(text: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
  } catch {
    throw new UsageError('--time-zone takes a name such as Europe/Berlin.');
  }
  return text;
}

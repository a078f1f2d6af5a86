import { CATALOGUE } from '#src/domain/metrics/catalogue.ts';
import { DIMENSIONS, type Dimension, isDimension } from '#src/domain/metrics/slices.ts';
import { UsageError } from './command.ts';
import { readOptions } from './options.ts';
import { type Engine, readEngine } from './sources/engine.ts';
import {
  readSourceOptions,
  SOURCE_ARGUMENTS,
  type SourceArguments,
  type SourceOptions,
  zone,
} from './sources/source-options.ts';
import { tokenFor } from './sources/token.ts';

/** Studies whose rows can be reconstructed from what they printed. */
export const PUBLISHED = ['wong-2021', 'edrees-2020'] as const;
type Published = (typeof PUBLISHED)[number];

export interface MetricsOptions {
  readonly rows: SourceOptions | { readonly published: Published; readonly timeZone: string };
  readonly by: readonly Dimension[];
  /** Names of metrics; empty: all. */
  readonly only: readonly string[];
  readonly windowMs: number;
  readonly json: boolean;
  readonly out: string | undefined;
  /** A FHIR server or a folder that the counts are written to, instead of printing figures. */
  readonly publish: string | undefined;
  readonly engine: Engine;
}

export function readMetricsOptions(argv: readonly string[]): MetricsOptions {
  const given = readOptions(argv, {
    ...SOURCE_ARGUMENTS,
    published: { type: 'string' },
    by: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
    'window-hours': { type: 'string', default: '24' },
    json: { type: 'boolean', default: false },
    out: { type: 'string' },
    engine: { type: 'string', default: 'typescript' },
    publish: { type: 'string' },
  });
  const source = rows(given, given.published);
  return {
    rows: source,
    engine: 'published' in source ? 'typescript' : readEngine(given.engine, source),
    by: dimensions(given.by),
    only: names(given.only),
    windowMs: hours(given['window-hours']) * 3_600_000,
    json: given.json,
    out: given.out,
    publish: publishOf(given),
  };
}

/** What is published has one meaning for ever: all views, and an answer within 24 h. */
function publishOf(given: {
  readonly publish?: string | undefined;
  readonly published?: string | undefined;
  readonly since?: string | undefined;
  readonly by: string;
  readonly only: string;
  readonly 'window-hours': string;
}): string | undefined {
  const { publish } = given;
  if (publish === undefined) return undefined;
  if (given.published !== undefined)
    throw new UsageError('A study is not published: its rows are nobody’s own.');
  if (given.since !== undefined)
    throw new UsageError('--publish needs all that was stored, and takes no --since.');
  if (given.by !== '' || given.only !== '' || hours(given['window-hours']) !== 24)
    throw new UsageError(
      '--publish writes all views, and takes no --by, --only or --window-hours.',
    );
  if (/^https?:/i.test(publish)) tokenFor(publish, publish);
  return publish;
}

function rows(given: SourceArguments, study: string | undefined): MetricsOptions['rows'] {
  if ([given.tables, given.from, study].filter((one) => one !== undefined).length !== 1)
    throw new UsageError('Give either --from DIR|URL, --tables DIR or --published STUDY.');
  if (study === undefined) return readSourceOptions(given);
  const published = PUBLISHED.find((one) => one === study);
  if (!published) throw new UsageError(`--published takes ${PUBLISHED.join(' or ')}.`);
  return { published, timeZone: zone(given['time-zone']) };
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

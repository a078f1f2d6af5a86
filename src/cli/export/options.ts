import { relative, resolve, sep } from 'node:path';
import { PROFILES, type Profile } from '#src/domain/privacy/profile.ts';
import { FORMATS, type Format } from '#src/io/tables-out/encoder.ts';
import { UsageError } from '../command.ts';
import { readOptions } from '../options.ts';
import { type Engine, readEngine } from '../sources/engine.ts';
import {
  readSourceOptions,
  SOURCE_ARGUMENTS,
  type SourceOptions,
} from '../sources/source-options.ts';

export interface ExportOptions {
  readonly source: SourceOptions;
  /** What restricted the rows, as it was typed. */
  readonly query: Readonly<Record<string, string>>;
  readonly profile: Profile;
  readonly freeText: boolean;
  readonly formats: readonly Format[];
  readonly out: string;
  readonly engine: Engine;
  /** This table and no other; the engine alone can. */
  readonly only: 'decisions' | undefined;
  readonly replace: boolean;
  /** Site-held key file. */
  readonly key: string | undefined;
  /** File with words that may pass in `deidentified`. */
  readonly words: string | undefined;
}

/** Throws `UsageError`. */
export function readExportOptions(argv: readonly string[]): ExportOptions {
  const given = readOptions(argv, {
    ...SOURCE_ARGUMENTS,
    profile: { type: 'string' },
    format: { type: 'string', default: 'csv' },
    out: { type: 'string' },
    engine: { type: 'string', default: 'typescript' },
    only: { type: 'string' },
    replace: { type: 'boolean', default: false },
    key: { type: 'string' },
    words: { type: 'string' },
    'with-free-text': { type: 'boolean', default: false },
  });
  const { out, key, words } = given;
  const source = readSourceOptions(given);
  const profile = profileOf(given.profile);
  if (out === undefined) throw new UsageError('Give --out DIR: the folder of the package.');
  if (given['with-free-text'] && profile === 'deidentified')
    throw new UsageError(
      'Free text has no place in a de-identified package: leave --with-free-text out, or give --profile limited to who has signed for it.',
    );
  if (key !== undefined && profile === 'operational')
    throw new UsageError(
      '--key is for --profile limited or deidentified: operational has real names.',
    );
  if (key !== undefined && isWithin(key, out))
    throw new UsageError(
      '--key must lie outside --out: who has the package must not have the key.',
    );
  if (words !== undefined && profile !== 'deidentified')
    throw new UsageError('--words is for --profile deidentified: the others keep all words.');
  const engine = readEngine(given.engine, source);
  return {
    source,
    query: {
      ...(given.since !== undefined && { since: given.since }),
      ...(given['as-of'] !== undefined && { 'as-of': given['as-of'] }),
    },
    profile,
    freeText: given['with-free-text'],
    formats: formatsOf(given.format),
    out,
    engine,
    only: onlyOf(given.only, engine),
    replace: given.replace,
    key,
    words,
  };
}

function onlyOf(text: string | undefined, engine: Engine): 'decisions' | undefined {
  if (text === undefined) return undefined;
  if (text !== 'decisions') throw new UsageError('--only takes decisions: the table of answers.');
  if (engine !== 'duckdb') throw new UsageError('--only is for --engine duckdb.');
  return text;
}

/** Nobody gets identified rows by forgetting an option. */
function profileOf(text: string | undefined): Profile {
  const found = PROFILES.find((one) => one === text);
  if (!found) throw new UsageError(`Give --profile ${PROFILES.join('|')}.`);
  return found;
}

function formatsOf(text: string): readonly Format[] {
  const asked = text.split(',').map((one) => one.trim());
  const wrong = asked.find((one) => !FORMATS.some((format) => format === one));
  if (wrong !== undefined)
    throw new UsageError(`--format takes ${FORMATS.join(', ')}; not "${wrong}".`);
  return FORMATS.filter((format) => asked.includes(format));
}

function isWithin(file: string, folder: string): boolean {
  const path = relative(resolve(folder), resolve(file));
  return path === '' || !(path === '..' || path.startsWith(`..${sep}`));
}
